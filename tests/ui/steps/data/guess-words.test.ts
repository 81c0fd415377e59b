import { describe, expect, it } from 'vitest';
import {
  delimiters,
  offerDelimiters,
  readTokens,
  withValue,
} from '../../../../src/ui/steps/data/guess-words';
import { nameProject } from '../../../../src/ui/state/begin-project';

describe('missing tokens', () => {
  it('are separated by spaces or commas, each once', () => {
    expect(readTokens(' NA, ? NA\t-9 ')).toEqual(['NA', '?', '-9']);
    expect(readTokens('  ')).toEqual([]);
  });
});

describe('options of a guess', () => {
  it('name the present value even when it is an unusual one', () => {
    expect(withValue(delimiters, '~').at(-1)).toEqual({ value: '~', words: '~' });
    expect(withValue(delimiters, ';')).toBe(delimiters);
  });
});

describe('the delimiter', () => {
  const none = { value: ',', reason: 'No delimiter was found.', chosen: false };

  it('is none for a table of one column, and can still be chosen', () => {
    const { guess, options } = offerDelimiters(none, 1);
    expect(options.find(({ value }) => value === guess.value)?.words).toBe('None (one column)');
    expect(options.slice(1)).toEqual(delimiters);
  });

  it('is the one in force where there are more columns, or where a person chose it', () => {
    expect(offerDelimiters(none, 2)).toEqual({ guess: none, options: delimiters });
    expect(offerDelimiters({ ...none, chosen: true }, 1).guess.value).toBe(',');
  });
});

describe('the name of a project that nobody has named', () => {
  const now = new Date(2026, 10, 28, 9).getTime();

  it('is the day, and a number where that is taken, and nothing of its file', () => {
    expect(nameProject({ now, taken: [] })).toBe('Synthetic records of 28 November 2026');
    const taken = ['Synthetic records of 28 November 2026', 'Ward 3'];
    expect(nameProject({ now, taken })).toBe('Synthetic records of 28 November 2026 (2)');
    expect(nameProject({ now, taken: [...taken, 'Synthetic records of 28 November 2026 (2)'] })).toBe(
      'Synthetic records of 28 November 2026 (3)',
    );
  });
});
