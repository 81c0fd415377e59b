import { describe, expect, it } from 'vitest';
import { Rng } from '../../../src/math/rng';
import { CodeShares } from '../../../src/models/trees/code-shares';
import { poolCodes } from '../../../src/models/trees/shared-codes';
import { drawCode } from '../../../src/models/trees/tree';
import { holdBack, weighSplits } from '../../../src/models/trees/weigh-splits';
import { makeStump, repeat } from './parts';

describe('weights of splits', () => {
  it('are the rows of the smaller child against the strength, and 1 for the root', () => {
    const tree = makeStump(repeat(1, 8), repeat(2, 24));
    expect([...holdBack(tree, 8)]).toEqual([1, 0.5, 0.5]);
    expect([...holdBack(tree, 0)]).toEqual([1, 1, 1]);
  });

  it('leave a split that tells the code all that strength allows', () => {
    const { weights } = weighSplits(makeStump(repeat(1, 40), repeat(2, 60)), 3, 8);
    expect(weights[1]).toBeCloseTo(40 / 48, 2);
    expect(weights[2]).toBe(weights[1]);
  });

  it('take the say of a split that tells nothing', () => {
    const half = [...repeat(1, 20), ...repeat(2, 20)];
    expect(weighSplits(makeStump(half, half), 3, 8).weights[1]).toBeLessThan(0.05);
  });

  it('take the say of a leaf that only repeats codes of its own rows', () => {
    const left = Array.from({ length: 30 }, (_, i) => i);
    const right = Array.from({ length: 30 }, (_, i) => 30 + i);
    expect(weighSplits(makeStump(left, right), 60, 0).weights[1]).toBeLessThan(0.05);
  });

  it('find the maximum of the leave-one-out likelihood that a fine grid finds', () => {
    const [left, right] = [
      [...repeat(1, 30), ...repeat(2, 20)],
      [...repeat(1, 20), ...repeat(2, 30)],
    ];
    const codes = [...left, ...right];
    const others = (rows: readonly number[], code: number) =>
      (rows.filter((other) => other === code).length - 1) / (rows.length - 1);
    const logLikelihood = (weight: number) =>
      codes.reduce((sum, code, i) => {
        const own = others(i < 50 ? left : right, code);
        return sum + Math.log(weight * own + (1 - weight) * others(codes, code));
      }, 0);
    const grid = Array.from({ length: 1001 }, (_, i) => i / 1000);
    const best = grid.reduce((a, b) => (logLikelihood(b) > logLikelihood(a) ? b : a));
    expect(weighSplits(makeStump(left, right), 3, 0).weights[1]).toBeCloseTo(best, 2);
  });
});

describe('shares of codes', () => {
  const tree = makeStump([...repeat(1, 6), ...repeat(2, 2)], [...repeat(2, 3), ...repeat(0, 9)]);
  const weights = Float64Array.of(1, 0.75, 0.75);
  const plain = { tree, weights, pools: poolCodes(tree, 4, 1) };
  const pooled = { tree, weights, pools: poolCodes(tree, 4, 4) };

  it('mix the leaf and what is above it', () => {
    const shares = new CodeShares(plain, 4);
    expect(shares.shareOf(1, 1)).toBeCloseTo(0.75 * (6 / 8) + 0.25 * (6 / 20), 12);
    expect(shares.shareOf(2, 1)).toBeCloseTo(0.25 * (6 / 20), 12);
    expect(shares.shareOf(1, 3)).toBe(0);
  });

  it('take what is pooled above a leaf by its share in the pool', () => {
    const shares = new CodeShares(pooled, 4);
    const leaf = 0.75 * (2 / 8);
    expect(shares.shareOf(1, 2)).toBeCloseTo(leaf * 1 + 0.25 * (5 / 20), 12);
    expect(shares.shareOf(1, 1)).toBeCloseTo(0.75 * (6 / 8) + 0.25 * (6 / 20), 12);
  });

  it.each([
    { name: 'one by one', draw: plain },
    { name: 'from pools', draw: pooled },
  ])('are how often codes are drawn $name', ({ draw }) => {
    const shares = new CodeShares(draw, 4);
    const rng = Rng.fromSeed('draws');
    const counts = new Float64Array(4);
    const n = 40_000;
    for (let i = 0; i < n; i++) {
      const code = drawCode(draw, 1, rng);
      counts[code] = (counts[code] ?? 0) + 1;
    }
    for (let code = 0; code < 4; code++) {
      const share = shares.shareOf(1, code);
      const error = Math.sqrt((share * (1 - share)) / n);
      expect(Math.abs((counts[code] ?? 0) / n - share)).toBeLessThanOrEqual(4.5 * error);
    }
  });
});
