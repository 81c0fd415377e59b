import type { CodedFeatures } from './features';
import {
  findSplit,
  hasCode,
  SET_BYTES,
  STRIDE,
  type NodeSums,
  type Split,
  type SplitLimits,
} from './find-split';
import { partitionRows } from './partition-rows';

/** A tree as plain arrays, one entry a node; node 0 is the root. */
export interface Tree {
  /** Column that a node asks for; −1 = leaf. */
  readonly feature: Int16Array;
  /** Set of the codes that go left, one a node. */
  readonly goesLeft: Uint8Array;
  readonly left: Int32Array;
  readonly right: Int32Array;
  /** What a leaf adds to the score. */
  readonly value: Float64Array;
}

export interface GrowthLimits extends SplitLimits {
  readonly maxLeaves: number;
}

/** A leaf that may still be cut: its rows are a range of the grower's row list. */
interface Leaf {
  readonly node: number;
  readonly start: number;
  readonly end: number;
  readonly sums: NodeSums;
  readonly histogram: Float64Array;
  split: Split | null;
}

/**
 * Grows trees over the same rows, always cutting the leaf that gains most (LightGBM's leaf-wise growth, Ke et al. 2017).
 * The histogram of the smaller child is counted, the other is its parent's less that.
 */
export class TreeGrower {
  private readonly rows: Int32Array;
  private readonly scratch: Int32Array;
  private readonly offsets: Int32Array;
  private readonly nCells: number;
  private readonly spare: Float64Array[] = [];
  /** Histogram cell of each code, row after row: a histogram reads whole rows. */
  private readonly byRow: Uint32Array;

  constructor(
    private readonly features: CodedFeatures,
    rows: Int32Array,
    private readonly limits: GrowthLimits,
  ) {
    this.rows = rows.slice();
    this.scratch = new Int32Array(rows.length);
    this.offsets = new Int32Array(features.binnings.length);
    let nCells = 0;
    features.binnings.forEach(({ nCodes }, f) => {
      this.offsets[f] = nCells;
      nCells += STRIDE * nCodes;
    });
    this.nCells = nCells;
    this.byRow = layOutByRow(features, this.offsets);
  }

  /** Fits gradients by one tree and adds `rate` times its values to the scores of the rows it was grown on. */
  grow(gradient: Float64Array, curvature: Float64Array, rate: number, scores: Float64Array): Tree {
    const { maxLeaves, lambda } = this.limits;
    const tree = allocateTree(2 * maxLeaves - 1);
    const leaves = [this.openRoot(gradient, curvature)];
    let nNodes = 1;
    while (leaves.length < maxLeaves) {
      const at = findBest(leaves);
      const leaf = leaves[at];
      if (leaf === undefined || leaf.split === null) break;
      const { split, node } = leaf;
      tree.feature[node] = split.feature;
      tree.goesLeft.set(split.goesLeft, node * SET_BYTES);
      tree.left[node] = nNodes;
      tree.right[node] = nNodes + 1;
      const [left, right] = this.cut(leaf, split, nNodes, gradient, curvature);
      leaves.splice(at, 1, left, right);
      nNodes += 2;
    }
    for (const { node, start, end, sums, histogram } of leaves) {
      const value = (-rate * sums.gradient) / (sums.curvature + lambda);
      tree.value[node] = value;
      for (let i = start; i < end; i++) {
        const row = this.rows[i] ?? 0;
        scores[row] = (scores[row] ?? 0) + value;
      }
      this.spare.push(histogram);
    }
    return trimTree(tree, nNodes);
  }

  private openRoot(gradient: Float64Array, curvature: Float64Array): Leaf {
    let [g, h] = [0, 0];
    for (const row of this.rows) {
      g += gradient[row] ?? 0;
      h += curvature[row] ?? 0;
    }
    const end = this.rows.length;
    const sums = { gradient: g, curvature: h, nRows: end };
    const histogram = this.count(0, end, gradient, curvature);
    return this.judge({ node: 0, start: 0, end, sums, histogram, split: null });
  }

  private cut(
    leaf: Leaf,
    split: Split,
    firstNode: number,
    gradient: Float64Array,
    curvature: Float64Array,
  ): readonly [Leaf, Leaf] {
    const middle = partitionRows(
      { features: this.features, rows: this.rows, scratch: this.scratch },
      leaf.start,
      leaf.end,
      split,
    );
    const { sums, start, end } = leaf;
    const right = {
      gradient: sums.gradient - split.left.gradient,
      curvature: sums.curvature - split.left.curvature,
      nRows: sums.nRows - split.left.nRows,
    };
    const leftIsSmaller = middle - start <= end - middle;
    const counted = leftIsSmaller
      ? this.count(start, middle, gradient, curvature)
      : this.count(middle, end, gradient, curvature);
    const rest = leaf.histogram;
    for (let i = 0; i < rest.length; i++) rest[i] = (rest[i] ?? 0) - (counted[i] ?? 0);
    const [leftCells, rightCells] = leftIsSmaller ? [counted, rest] : [rest, counted];
    return [
      this.judge({
        node: firstNode,
        start,
        end: middle,
        sums: split.left,
        histogram: leftCells,
        split: null,
      }),
      this.judge({
        node: firstNode + 1,
        start: middle,
        end,
        sums: right,
        histogram: rightCells,
        split: null,
      }),
    ];
  }

  private count(start: number, end: number, gradient: Float64Array, curvature: Float64Array): Float64Array {
    const { rows, byRow } = this;
    const nFeatures = this.offsets.length;
    const cells = this.spare.pop() ?? new Float64Array(this.nCells);
    cells.fill(0);
    for (let i = start; i < end; i++) {
      const row = rows[i] ?? 0;
      const g = gradient[row] ?? 0;
      const h = curvature[row] ?? 0;
      const first = row * nFeatures;
      for (let f = 0; f < nFeatures; f++) {
        const at = byRow[first + f] ?? 0;
        cells[at] = (cells[at] ?? 0) + g;
        cells[at + 1] = (cells[at + 1] ?? 0) + h;
        cells[at + 2] = (cells[at + 2] ?? 0) + 1;
      }
    }
    return cells;
  }

  private judge(leaf: Leaf): Leaf {
    if (leaf.sums.nRows < 2 * this.limits.minRows) return leaf;
    for (const [f, binning] of this.features.binnings.entries()) {
      const from = this.offsets[f] ?? 0;
      const split = findSplit(leaf.histogram, from, f, binning, leaf.sums, this.limits);
      if (split !== null && split.gain > (leaf.split?.gain ?? 0)) leaf.split = split;
    }
    return leaf;
  }
}

function layOutByRow({ codes, nRows }: CodedFeatures, offsets: Int32Array): Uint32Array {
  const byRow = new Uint32Array(nRows * codes.length);
  codes.forEach((column, f) => {
    const from = offsets[f] ?? 0;
    for (let row = 0; row < nRows; row++) byRow[row * codes.length + f] = from + STRIDE * (column[row] ?? 0);
  });
  return byRow;
}

/** Place of the leaf whose cut gains most; −1 where none can be cut. */
export function findBest(leaves: readonly { readonly split: Split | null }[]): number {
  let best = -1;
  leaves.forEach(({ split }, i) => {
    if (split !== null && split.gain > (leaves[best]?.split?.gain ?? 0)) best = i;
  });
  return best;
}

/** A tree of so many nodes, all leaves. */
export function allocateTree(nNodes: number): Tree {
  return {
    feature: new Int16Array(nNodes).fill(-1),
    goesLeft: new Uint8Array(nNodes * SET_BYTES),
    left: new Int32Array(nNodes),
    right: new Int32Array(nNodes),
    value: new Float64Array(nNodes),
  };
}

/** The first `nNodes` nodes of a tree. */
export function trimTree({ feature, goesLeft, left, right, value }: Tree, nNodes: number): Tree {
  return {
    feature: feature.slice(0, nNodes),
    goesLeft: goesLeft.slice(0, nNodes * SET_BYTES),
    left: left.slice(0, nNodes),
    right: right.slice(0, nNodes),
    value: value.slice(0, nNodes),
  };
}

/** Adds the tree's values for the given rows of coded columns to `scores`, which has one entry a row of the columns. */
export function addTree(
  tree: Tree,
  codes: readonly Uint8Array[],
  rows: Int32Array,
  scores: Float64Array,
): void {
  const { feature, goesLeft, left, right, value } = tree;
  for (const row of rows) {
    let node = 0;
    for (let f = feature[0] ?? -1; f >= 0; f = feature[node] ?? -1) {
      const code = codes[f]?.[row] ?? 0;
      node = (hasCode(goesLeft, node * SET_BYTES, code) ? left[node] : right[node]) ?? 0;
    }
    scores[row] = (scores[row] ?? 0) + (value[node] ?? 0);
  }
}
