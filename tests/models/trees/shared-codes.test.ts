import { describe, expect, it } from 'vitest';
import { Rng } from '../../../src/math/rng';
import { CodeShares } from '../../../src/models/trees/code-shares';
import { poolCodes } from '../../../src/models/trees/shared-codes';
import { drawCode, type Tree } from '../../../src/models/trees/tree';
import { makeStump, repeat } from './parts';

const N_CODES = 6;

/** Two stumps under a root: leaves 3, 4 below node 1 and leaves 5, 6 below node 2. */
function makeTree(leaves: readonly (readonly number[])[]): Tree {
  const ends = leaves.map((_, i) => leaves.slice(0, i + 1).reduce((sum, leaf) => sum + leaf.length, 0));
  const [a = 0, b = 0, c = 0, d = 0] = ends;
  return {
    ...makeStump([], []),
    feature: Int16Array.of(0, 1, 1, -1, -1, -1, -1),
    threshold: Int16Array.of(1, 1, 1, -1, -1, -1, -1),
    marksAt: new Int32Array(7),
    leftChild: Int32Array.of(1, 3, 5, -1, -1, -1, -1),
    rightChild: Int32Array.of(2, 4, 6, -1, -1, -1, -1),
    parent: Int32Array.of(-1, 0, 0, 1, 1, 2, 2),
    start: Int32Array.of(0, 0, b, 0, a, b, c),
    end: Int32Array.of(d, b, d, a, b, c, d),
    codes: Int32Array.from(leaves.flat()),
  };
}

describe('codes that few rows of a node share', () => {
  const tree = makeTree([
    [...repeat(0, 5), 1, 1, 2],
    [...repeat(0, 6), 1],
    [...repeat(3, 7), 2, 4],
    [...repeat(0, 6), 2, 5],
  ]);
  const pools = poolCodes(tree, N_CODES, 3);
  const ownerOf = (code: number) =>
    [...pools.owner].filter((_, place) => tree.codes[place] === code).join(' ');

  it('are drawn at the nearest node above where enough do', () => {
    expect(ownerOf(3)).toBe(repeat(5, 7).join(' '));
    expect(ownerOf(1)).toBe('1 1 1');
    expect(ownerOf(2)).toBe('0 0 0');
  });

  it('stay at the root where nowhere enough do', () => {
    expect([ownerOf(4), ownerOf(5)]).toEqual(['0', '0']);
  });

  it('are drawn where they are when a single row is enough', () => {
    expect(poolCodes(tree, N_CODES, 1).pooled).toHaveLength(0);
  });

  it('keep their shares in the whole', () => {
    const weights = new Float64Array(7).fill(1);
    const shares = new CodeShares({ tree, weights, pools }, N_CODES);
    const n = tree.codes.length;
    for (let code = 0; code < N_CODES; code++) {
      const drawn = [3, 4, 5, 6].reduce((sum, leaf) => {
        const size = (tree.end[leaf] ?? 0) - (tree.start[leaf] ?? 0);
        return sum + (size / n) * shares.shareOf(leaf, code);
      }, 0);
      expect(drawn).toBeCloseTo(tree.codes.filter((one) => one === code).length / n, 12);
    }
  });

  it('are never tied to a leaf: a leaf draws all codes of its pool, and as often as the shares say', () => {
    const draw = { tree, weights: Float64Array.of(1, 0.5, 0.5, 0.8, 0.8, 0.6, 0.6), pools };
    const shares = new CodeShares(draw, N_CODES);
    const rng = Rng.fromSeed('pools');
    const counts = new Float64Array(N_CODES);
    const n = 40_000;
    for (let i = 0; i < n; i++) {
      const code = drawCode(draw, 5, rng);
      counts[code] = (counts[code] ?? 0) + 1;
    }
    counts.forEach((count, code) => {
      const share = shares.shareOf(5, code);
      expect(Math.abs(count / n - share)).toBeLessThanOrEqual(4.5 * Math.sqrt((share * (1 - share)) / n));
    });
    expect(shares.shareOf(5, 5)).toBeGreaterThan(0);
  });
});
