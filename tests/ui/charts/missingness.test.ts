import { describe, expect, it } from 'vitest';
import { describeMissingness, layOutMissingness, MAX_COLUMNS } from '../../../src/ui/charts/missingness';
import type { MissingnessFacts } from '../../../src/ui/charts/missingness';

const column = (name: string, nMissing: number) => ({ name, nMissing, nDistinct: 2, summary: null });

/** Ten rows: a and b missing together in 2, b alone in 1, nothing in 7. */
const facts: MissingnessFacts = {
  nRows: 10,
  columns: [column('id', 0), column('a', 2), column('b', 3)],
  missingness: {
    columns: ['a', 'b'],
    patterns: [
      { mask: [0, 0], count: 7 },
      { mask: [1, 1], count: 2 },
      { mask: [0, 1], count: 1 },
    ],
    nPatterns: 3,
  },
};

/** The same with a column that has no value at all. */
const withEmpty: MissingnessFacts = {
  ...facts,
  columns: [...facts.columns, column('void', 10)],
  missingness: {
    columns: ['a', 'b', 'void'],
    patterns: facts.missingness.patterns.map(({ mask, count }) => ({ mask: [...mask, 1], count })),
    nPatterns: 3,
  },
};

const plain = (text: string) => text.replaceAll('\u202f', ' ');

describe('patterns of missing values', () => {
  it('become rows with shares and words', () => {
    expect(layOutMissingness(facts).rows).toEqual([
      { mask: [0, 0], count: 7, share: 0.7, words: 'nothing missing' },
      { mask: [1, 1], count: 2, share: 0.2, words: 'a, b' },
      { mask: [0, 1], count: 1, share: 0.1, words: 'b' },
    ]);
  });

  it('are told in a sentence', () => {
    expect(plain(describeMissingness(facts))).toBe(
      'Values are missing in 2 columns, in 3 patterns. 70 % of the rows are complete.',
    );
  });

  it('leave out columns without any value', () => {
    expect(layOutMissingness(withEmpty).columns).toEqual(['a', 'b']);
    expect(plain(describeMissingness(withEmpty))).toBe(
      'Values are missing in 2 columns, in 3 patterns. 70 % of the rows are complete. 1 column has no value at all.',
    );
  });

  it('say when no row is complete, and hedge when not all patterns are known', () => {
    const { missingness } = facts;
    const broken = { ...facts, missingness: { ...missingness, patterns: missingness.patterns.slice(1) } };
    expect(
      describeMissingness({ ...broken, missingness: { ...broken.missingness, nPatterns: 2 } }),
    ).toContain('No row is complete.');
    expect(describeMissingness(broken)).toContain('Hardly any row is complete.');
  });

  it('keep the columns that are missing most often when there are many', () => {
    const names = Array.from({ length: MAX_COLUMNS + 5 }, (_, i) => `c${i}`);
    const picture = layOutMissingness({
      nRows: 10,
      columns: names.map((name) => column(name, 1)),
      missingness: {
        columns: names,
        patterns: [
          { mask: names.map((_, i) => (i < 5 ? 0 : 1)), count: 6 },
          { mask: names.map(() => 1), count: 1 },
        ],
        nPatterns: 2,
      },
    });
    expect(picture.columns).toHaveLength(MAX_COLUMNS);
    expect(picture.columns[0]).toBe('c5');
    expect(picture.nHidden).toBe(5);
    expect(picture.rows[0]?.words).toBe('c5, c6, c7, c8 and 61 more'.replace('61', String(MAX_COLUMNS - 4)));
  });

  it('need no picture when nothing is missing', () => {
    const whole = { ...facts, missingness: { columns: [], patterns: [], nPatterns: 0 } };
    expect(describeMissingness(whole)).toBe('No value is missing.');
    expect(layOutMissingness(whole)).toEqual({ columns: [], rows: [], nHidden: 0 });
  });
});
