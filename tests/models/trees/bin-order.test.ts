import { describe, expect, it } from 'vitest';
import { markLeft, orderByCode, orderByRank, partsRare } from '../../../src/models/trees/bin-order';
import { isMarked } from '../../../src/models/trees/marks';

/** Rows and hits of codes 0 to 6; code 3 has no row. */
const rows = Int32Array.of(40, 2, 30, 0, 1, 50, 2);
const hits = [10, 2, 27, 0, 0, 20, 1];
const rank = { part: (bin: number) => hits[bin] ?? 0, whole: (bin: number) => rows[bin] ?? 0, held: 0 };
const order = (least: number) =>
  orderByRank(orderByCode(rows, 0, rows.length), (bin) => rows[bin] ?? 0, rank, least);
const listLeft = (least: number, nLeft: number) => {
  const isLeft = markLeft(order(least), nLeft);
  return [...rows.keys()].filter((bin) => isMarked(isLeft, 0, bin));
};

describe('the order of codes in a node', () => {
  it('is that of the codes that some row has', () => {
    expect(orderByCode(rows, 0, rows.length).bins).toEqual([0, 1, 2, 4, 5, 6]);
    expect(orderByCode(rows, 1, 3).bins).toEqual([0, 1]);
  });

  it('is by rank, on a tie by code', () => {
    expect(order(1)).toEqual({ bins: [4, 0, 5, 6, 2, 1], rareAt: -1, nRare: 0 });
  });

  it('takes codes of few rows together, by the rank that they have together', () => {
    expect(order(10)).toEqual({ bins: [0, 5, 1, 4, 6, 2], rareAt: 2, nRare: 3 });
    expect([0, 1, 2, 3, 4, 5].map((place) => partsRare(order(10), place))).toEqual([
      false,
      false,
      true,
      true,
      false,
      false,
    ]);
  });

  it('can put them last, or be of them alone', () => {
    const all = order(100);
    expect(all.bins).toEqual([0, 1, 2, 4, 5, 6]);
    expect([all.rareAt, all.nRare]).toEqual([0, 6]);
    const low = orderByRank(
      orderByCode(rows, 0, 3),
      (bin) => rows[bin] ?? 0,
      { ...rank, part: (bin) => (bin === 1 ? 2 : 0) },
      10,
    );
    expect(low.bins).toEqual([0, 2, 1]);
  });

  it('sends codes that no row has with those of few rows', () => {
    expect(listLeft(10, 2)).toEqual([0, 5]);
    expect(listLeft(10, 5)).toEqual([0, 1, 3, 4, 5, 6]);
    expect(listLeft(1, 2)).toEqual([0, 4]);
  });
});
