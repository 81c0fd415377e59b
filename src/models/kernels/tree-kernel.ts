import text from './assembly/boosted.ts?kernel';
import { growTo, openWasm } from './wasm';

/** Full binary trees laid out for many rows: `2^depth − 1` splits and `2^depth` leaves a tree, those of the scores in turn. */
export interface LaidOutTrees {
  readonly depth: number;
  readonly nScores: number;
  /** Column of each split. */
  readonly feature: Uint16Array;
  /** [split, 256]: 1 = the code goes right. */
  readonly isRight: Uint8Array;
  readonly leaves: Float64Array;
}

/** Adds what trees say of rows to `scores` [nRows, nScores]; `codes` is [nRows, width]. */
export type AddTrees = (codes: Uint8Array, width: number, nRows: number, scores: Float64Array) => void;

interface Exports {
  addTrees(...places: number[]): void;
}

/** Rows that are looked up together: their codes stay in the nearest caches while tree after tree looks at them. */
const BLOCK = 2048;

/** The trees in WebAssembly, in a memory of their own; null where that does not run. */
export function openTreeKernel(trees: LaidOutTrees): AddTrees | null {
  const open = openWasm<Exports>(text);
  if (open === null) return null;
  const { exports, memory } = open;
  const { depth, nScores, feature, isRight, leaves } = trees;
  const nTrees = leaves.length / 2 ** depth;
  let top = 0;
  const take = (nBytes: number): number => {
    const at = top;
    top = (top + nBytes + 15) & ~15;
    growTo(memory, top);
    return at;
  };
  const put = (list: Uint16Array | Uint8Array | Float64Array): number => {
    const at = take(list.byteLength);
    const bytes = new Uint8Array(list.buffer, list.byteOffset, list.byteLength);
    new Uint8Array(memory.buffer, at, list.byteLength).set(bytes);
    return at;
  };
  const [features, turns, values] = [put(feature), put(isRight), put(leaves)];
  const scoresAt = take(8 * BLOCK * nScores);
  const codesAt = top;
  return (codes, width, nRows, scores) => {
    growTo(memory, codesAt + BLOCK * width);
    for (let from = 0; from < nRows; from += BLOCK) {
      const n = Math.min(BLOCK, nRows - from);
      new Uint8Array(memory.buffer, codesAt).set(codes.subarray(from * width, (from + n) * width));
      const own = scores.subarray(from * nScores, (from + n) * nScores);
      const held = new Float64Array(memory.buffer, scoresAt, n * nScores);
      held.set(own);
      exports.addTrees(nTrees, depth, features, turns, values, codesAt, width, n, scoresAt, nScores);
      own.set(held);
    }
  };
}
