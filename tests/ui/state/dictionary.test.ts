import { expect, it } from 'vitest';
import { NO_GUARANTEE } from '../../../src/ui/state/evaluation-account';
import { writeDictionary } from '../../../src/ui/state/dictionary';
import { makeColumnSchema } from '../../column-schema';
import { sampleRecord } from '../../platform/projects/sample-record';

it('goes by the title and not by the file of the source, and names the program and what has not been tested', () => {
  const [run] = sampleRecord().runs;
  if (run === undefined) throw new Error('no run');
  const age = makeColumnSchema('age', 'integer', {
    decimals: 0,
    bounds: { min: 1, max: 99, declared: false },
  });
  const basis = { ...run.basis, schema: { version: 1, columns: [age] } } as const;
  const { csv, markdown } = writeDictionary(
    { ...run, basis },
    { schema: basis.schema },
    ['Age *'],
    '9.9.9',
    null,
    { title: 'Heart_failure', toRead: ['Mind *this*.'], ofOverride: [] },
  );
  expect(markdown).toContain('Understudy 9.9.9');
  expect(markdown).toContain('“Heart\\_failure”');
  expect(markdown).toContain('Mind \\*this\\*.');
  expect(markdown + csv).not.toContain(run.basis.source.name);
  expect(markdown).toContain(NO_GUARANTEE);
  expect(markdown).toContain('- Range: 1 to 99\n');
  expect(csv.split('\r\n')[1]).toContain('1,age,Age *,whole number,none,integer,,0,1,99,');
});
