import { describe, expect, it } from 'vitest';
import { STATEMENT_IDS } from '../../../src/release/statements';
import { readStatements } from '../../../src/ui/state/statements-file';

describe('a file of statements', () => {
  it('is read, one text for each thing that is asked', () => {
    const all = STATEMENT_IDS.map((id) => [id, `About ${id}.`] as const);
    expect(readStatements(JSON.stringify(Object.fromEntries(all)))).toEqual({ ok: true, value: all });
    expect(readStatements('{}')).toEqual({ ok: true, value: [] });
  });

  it.each([
    ['[', /not a JSON object/],
    ['["purpose"]', /not a JSON object/],
    ['null', /not a JSON object/],
    ['{"porpoise":"x","__proto__":"y"}', /nothing is asked under "porpoise", "__proto__"/],
    ['{"purpose":5}', /"purpose" must be text/],
  ])('is refused with what is wrong: %s', (text, why) => {
    const read = readStatements(text);
    expect(read.ok ? '' : read.failure.message).toMatch(why);
    expect(read.ok ? '' : read.failure.message).toMatch(/What may be stated: purpose, recipient/);
  });
});
