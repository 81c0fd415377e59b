import type { Tree } from '../../../src/models/trees/tree';

/** A tree of one split on feature 0: codes up to 1 go left. `left` and `right` are the target codes of the leaves. */
export function makeStump(left: readonly number[], right: readonly number[]): Tree {
  const n = left.length + right.length;
  return {
    feature: Int16Array.of(0, -1, -1),
    threshold: Int16Array.of(1, -1, -1),
    marksAt: new Int32Array(3),
    marks: new Uint8Array(),
    leftChild: Int32Array.of(1, -1, -1),
    rightChild: Int32Array.of(2, -1, -1),
    parent: Int32Array.of(-1, 0, 0),
    start: Int32Array.of(0, 0, left.length),
    end: Int32Array.of(n, left.length, n),
    codes: Int32Array.from([...left, ...right]),
  };
}

/** `n` times the code. */
export const repeat = (code: number, n: number): number[] => new Array<number>(n).fill(code);
