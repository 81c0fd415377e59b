import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shareOut, splitRows } from '../../src/data/split';

const choice = (fraction: number, seed = 1) => ({ fraction, seed, stratifyBy: null, groupBy: null });
const NONE = { stratum: null, group: null };

describe('splitRows', () => {
  it('holds out the exact number, ascending, each row once', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 500 }),
        fc.double({ min: 0, max: 0.5, noNaN: true }),
        (n, fraction) => {
          const { train, holdout } = splitRows(n, choice(fraction), NONE);
          expect(holdout).toHaveLength(Math.round(n * fraction));
          expect([...train, ...holdout].sort((a, b) => a - b)).toEqual(
            Array.from({ length: n }, (_, i) => i),
          );
          expect([...holdout]).toEqual([...holdout].sort((a, b) => a - b));
        },
      ),
    );
  });

  it('is the same for the same seed and another for another', () => {
    const cut = (seed: number) => [...splitRows(1000, choice(0.2, seed), NONE).holdout];
    expect(cut(7)).toEqual(cut(7));
    expect(cut(7)).not.toEqual(cut(8));
  });

  it('keeps the share of every stratum to within a row, missing keys included', () => {
    const stratum = Array.from({ length: 1000 }, (_, i) => (i % 10 === 0 ? -1 : i % 37 === 0 ? 1 : 0));
    const { holdout } = splitRows(1000, choice(0.2), { stratum, group: null });
    expect(holdout).toHaveLength(200);
    for (const key of [-1, 0, 1]) {
      const all = stratum.filter((value) => value === key).length;
      const held = [...holdout].filter((row) => stratum[row] === key).length;
      expect(Math.abs(held - 0.2 * all)).toBeLessThan(1);
    }
  });

  it('never parts a group; rows without a key stand alone', () => {
    const group = Array.from({ length: 600 }, (_, i) => (i < 500 ? i % 83 : -1));
    const { holdout, train } = splitRows(600, choice(0.25), { stratum: null, group });
    const keys = (rows: Uint32Array) =>
      new Set([...rows].map((row) => group[row] ?? -1).filter((key) => key >= 0));
    const held = keys(holdout);
    expect([...keys(train)].filter((key) => held.has(key))).toEqual([]);
    const nUnitsHeld = held.size + [...holdout].filter((row) => group[row] === -1).length;
    expect(nUnitsHeld).toBe(Math.round(0.25 * (83 + 100)));
  });

  it('stratifies groups by their first row', () => {
    const group = Array.from({ length: 400 }, (_, i) => i >> 2);
    const stratum = group.map((key) => (key < 20 ? 1 : 0));
    const { holdout } = splitRows(400, choice(0.2), { stratum, group });
    expect([...holdout].filter((row) => stratum[row] === 1)).toHaveLength(16);
    expect(holdout).toHaveLength(80);
  });
});

describe('shareOut', () => {
  it.each([
    [[10, 10], 5, [3, 2]],
    [[1, 1, 1], 3, [1, 1, 1]],
    [[90, 9, 1], 20, [18, 2, 0]],
    [[], 0, []],
  ])('%j into %i', (sizes, total, quotas) => {
    expect(shareOut(sizes, total)).toEqual(quotas);
  });
});
