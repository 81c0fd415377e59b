import type { Rng } from '../../math/rng';
import type { CodedRows } from './features';
import { isMarked } from './marks';
import type { CodePools } from './shared-codes';

/**
 * A binary tree over feature codes, as flat arrays; node 0 is the root and a parent comes before its children. Each node
 * owns the slice [start, end) of `codes`, the target codes of its rows of train in some order. Plain data.
 */
export interface Tree {
  /** Feature a node splits on; −1 = leaf. */
  readonly feature: Int16Array;
  /** Codes up to this go left; −1 = the codes marked in `left` do. */
  readonly threshold: Int16Array;
  /** Byte at which a node's set of codes begins in `marks` (marks.ts). */
  readonly marksAt: Int32Array;
  readonly marks: Uint8Array;
  readonly leftChild: Int32Array;
  readonly rightChild: Int32Array;
  readonly parent: Int32Array;
  readonly start: Int32Array;
  readonly end: Int32Array;
  readonly codes: Int32Array | Uint16Array | Uint8Array;
}

/** The leaf that each row ends in. */
export function findLeaves(tree: Tree, { codes, width, nRows }: CodedRows): Int32Array<ArrayBuffer> {
  const { feature, threshold, marksAt, marks, leftChild, rightChild } = tree;
  const leaves = new Int32Array(nRows);
  for (let row = 0, from = 0; row < nRows; row++, from += width) {
    let node = 0;
    for (let f = feature[0] ?? -1; f >= 0; f = feature[node] ?? -1) {
      const code = codes[from + f] ?? 0;
      const most = threshold[node] ?? -1;
      const goesLeft = most >= 0 ? code <= most : isMarked(marks, marksAt[node] ?? 0, code);
      node = (goesLeft ? leftChild[node] : rightChild[node]) ?? 0;
    }
    leaves[row] = node;
  }
  return leaves;
}

/** What a column's codes are drawn from. Plain data. */
export interface TreeDraw {
  readonly tree: Tree;
  /** How much each node has to say against its parent, 0–1 (weigh-splits.ts). */
  readonly weights: Float64Array;
  readonly pools: CodePools;
}

/**
 * A target code for a row: that of a random row of its leaf with the leaf's weight, else as the parent draws. A code that
 * too few rows of the node share stands for one of its pool.
 */
export function drawCode({ tree, weights, pools }: TreeDraw, leaf: number, rng: Rng): number {
  const { codes, start, end, parent } = tree;
  let node = leaf;
  while (rng.float() >= (weights[node] ?? 1)) node = parent[node] ?? 0;
  const from = start[node] ?? 0;
  const place = from + Math.floor(rng.float() * ((end[node] ?? 0) - from));
  const owner = pools.owner[place] ?? 0;
  // Both lie on the way from a leaf to the root, where parents come first.
  if (owner >= node) return codes[place] ?? 0;
  const first = pools.starts[owner] ?? 0;
  const size = (pools.starts[owner + 1] ?? first) - first;
  return codes[pools.pooled[first + Math.floor(rng.float() * size)] ?? 0] ?? 0;
}

/**
 * A target code for each row, by the leaves that the rows end in. Where there is nothing to tell rows apart by, codes are
 * spread evenly over the shares of train instead of falling where they may: what is drawn first decides all else.
 */
export function drawCodes(draw: TreeDraw, leaves: Int32Array, rng: Rng): Int32Array<ArrayBuffer> {
  const { tree } = draw;
  if (tree.feature.length <= 1) return spreadCodes(tree.codes.slice().sort(), leaves.length, rng);
  const drawn = new Int32Array(leaves.length);
  for (let i = 0; i < leaves.length; i++) drawn[i] = drawCode(draw, leaves[i] ?? 0, rng);
  return drawn;
}

/** As many codes as wanted, evenly over the shares that they have among the given ones, in random order. */
export function spreadCodes(sorted: ArrayLike<number>, n: number, rng: Rng): Int32Array<ArrayBuffer> {
  const drawn = new Int32Array(n);
  const order = rng.permutation(n);
  for (let i = 0; i < n; i++)
    drawn[i] = sorted[Math.floor((((order[i] ?? 0) + rng.float()) / n) * sorted.length)] ?? 0;
  return drawn;
}
