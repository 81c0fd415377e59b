import { describe, expect, it } from 'vitest';
import type { Table } from '../../../src/data/table';
import { meets } from '../../../src/data/wishes/meets';
import { addWish, listWishes, NO_WISHES, removeWish, type Wish } from '../../../src/data/wishes/wishes';

const table: Table = {
  nRows: 5,
  columns: [
    { kind: 'level', name: 'city', codes: Int32Array.of(0, 1, -1, 0, 1), levels: ['Ulm', 'Bern'] },
    { kind: 'number', name: 'low', values: Float64Array.of(1, 2, NaN, 4, 5) },
    { kind: 'number', name: 'high', values: Float64Array.of(2, 2, 3, NaN, 4) },
  ],
};
const marks = (...wishes: Wish[]) => [...meets(table, wishes.reduce(addWish, NO_WISHES))];

describe('rows that meet wishes', () => {
  it.each<[string, Wish, number[]]>([
    ['levels', { kind: 'levels', column: 'city', levels: ['Bern'] }, [0, 1, 0, 0, 1]],
    [
      'a range as a condition, missing refused',
      { kind: 'within', column: 'low', min: 2, max: 4 },
      [0, 1, 0, 1, 0],
    ],
    [
      'a range as a rule, missing let through',
      { kind: 'range', column: 'low', min: 2, max: 4 },
      [0, 1, 1, 1, 0],
    ],
    ['missing', { kind: 'missing', column: 'city' }, [0, 0, 1, 0, 0]],
    ['present', { kind: 'present', column: 'high' }, [1, 1, 1, 0, 1]],
    ['an order', { kind: 'order', before: 'low', after: 'high', orEqual: false }, [1, 0, 1, 1, 0]],
    ['an order or equal', { kind: 'order', before: 'low', after: 'high', orEqual: true }, [1, 1, 1, 1, 0]],
    [
      'combinations',
      {
        kind: 'combinations',
        columns: ['city', 'low'],
        k: 2,
        allowed: [
          ['Ulm', 4],
          [null, null],
        ],
      },
      [0, 0, 1, 1, 0],
    ],
    [
      'shares',
      {
        kind: 'shares',
        column: 'city',
        shares: [
          { level: 'Ulm', share: 1 },
          { level: 'Bern', share: 0 },
        ],
      },
      [1, 0, 0, 1, 0],
    ],
    [
      'shares of missing',
      { kind: 'shares', column: 'city', shares: [{ level: null, share: 1 }] },
      [0, 0, 1, 0, 0],
    ],
  ])('holds %s', (_, wish, expected) => {
    expect(marks(wish)).toEqual(expected);
  });

  it('holds all of several', () => {
    const bern: Wish = { kind: 'levels', column: 'city', levels: ['Bern'] };
    expect(marks(bern, { kind: 'order', before: 'low', after: 'high', orEqual: true })).toEqual([
      0, 1, 0, 0, 0,
    ]);
  });

  it('refuses combinations that nobody learnt', () => {
    expect(() => marks({ kind: 'combinations', columns: ['city', 'low'], k: 2, allowed: null })).toThrow(
      /must be learnt/,
    );
  });
});

describe('the list of wishes', () => {
  it('loses the one that is taken out and no other', () => {
    const made: Wish[] = [
      { kind: 'present', column: 'low' },
      { kind: 'range', column: 'low', min: 0, max: null },
      { kind: 'shares', column: 'city', shares: [{ level: 'Ulm', share: 1 }] },
    ];
    const wishes = made.reduce(addWish, NO_WISHES);
    made.forEach((_, at) => {
      expect(listWishes(removeWish(wishes, at))).toEqual(made.filter((_wish, i) => i !== at));
    });
  });
});
