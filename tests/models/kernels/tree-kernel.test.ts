import { describe, expect, it } from 'vitest';
import { Rng } from '../../../src/math/rng';
import { openTreeKernel, type LaidOutTrees } from '../../../src/models/kernels/tree-kernel';
import { plainTrees } from '../../../src/models/trees/boosted';

const WIDTH = 7;

function growTrees(rng: Rng, nTrees: number, depth: number, nScores: number): LaidOutTrees {
  const nSplits = nTrees * (2 ** depth - 1);
  return {
    depth,
    nScores,
    feature: Uint16Array.from({ length: nSplits }, () => rng.int(WIDTH)),
    isRight: Uint8Array.from({ length: nSplits * 256 }, () => rng.int(2)),
    leaves: Float64Array.from({ length: nTrees * 2 ** depth }, () => rng.normal()),
  };
}

describe('boosted trees in WebAssembly', () => {
  it.each([
    { nTrees: 9, depth: 5, nScores: 1, nRows: 5003 },
    { nTrees: 8, depth: 3, nScores: 4, nRows: 3 },
    { nTrees: 6, depth: 1, nScores: 3, nRows: 2049 },
  ])('adds what plain trees add, to the last bit: $nRows rows, $nScores scores', ({ nRows, ...shape }) => {
    const rng = Rng.fromSeed(nRows);
    const trees = growTrees(rng, shape.nTrees, shape.depth, shape.nScores);
    const codes = Uint8Array.from({ length: nRows * WIDTH }, () => rng.int(256));
    const start = Float64Array.from({ length: nRows * shape.nScores }, () => rng.normal());
    const [wanted, found] = [start.slice(), start.slice()];
    plainTrees(trees)(codes, WIDTH, nRows, wanted);
    const addTrees = openTreeKernel(trees);
    expect(addTrees).not.toBeNull();
    addTrees?.(codes, WIDTH, nRows, found);
    expect(found).toEqual(wanted);
    expect(found).not.toEqual(start);
  });

  it('has rows of wider tables after narrower ones', () => {
    const rng = Rng.fromSeed('width');
    const trees = growTrees(rng, 2, 2, 1);
    const addTrees = openTreeKernel(trees);
    for (const width of [WIDTH, 400]) {
      const codes = Uint8Array.from({ length: 3000 * width }, () => rng.int(256));
      const [wanted, found] = [new Float64Array(3000), new Float64Array(3000)];
      plainTrees(trees)(codes, width, 3000, wanted);
      addTrees?.(codes, width, 3000, found);
      expect(found).toEqual(wanted);
    }
  });
});
