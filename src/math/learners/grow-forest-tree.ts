import type { CodedFeatures } from './features';
import { findSplit, SET_BYTES, STRIDE, type NodeSums, type Split } from './find-split';
import { allocateTree, findBest, trimTree, type GrowthLimits, type Tree } from './grow-tree';
import { partitionRows } from './partition-rows';

/** A leaf that may still be cut: its rows are a range of the row list. */
interface Leaf {
  readonly node: number;
  readonly start: number;
  readonly end: number;
  readonly sums: NodeSums;
  split: Split | null;
}

/** Draws the columns that a leaf may be cut by. */
export type ColumnDraw = () => Int32Array;

/**
 * Grows trees of a forest by squared error: like {@link TreeGrower}, but each leaf counts only the columns drawn for it, so
 * that nothing is kept between leaves and a tree of many columns costs little more than one of few.
 */
export class ForestTreeGrower {
  private readonly scratch: Int32Array;
  private readonly cells: Float64Array;
  private rows: Int32Array = new Int32Array();

  constructor(
    private readonly features: CodedFeatures,
    private readonly gradient: Float64Array,
    private readonly limits: GrowthLimits,
    private readonly drawColumns: ColumnDraw,
  ) {
    const nCodes = features.binnings.reduce((most, binning) => Math.max(most, binning.nCodes), 0);
    this.cells = new Float64Array(nCodes * STRIDE);
    this.scratch = new Int32Array(features.nRows);
  }

  /** One tree over the given rows, which may repeat; leaf values are minus the mean gradient, drawn towards 0 by lambda. */
  grow(rows: Int32Array): Tree {
    this.rows = rows;
    const tree = allocateTree(2 * this.limits.maxLeaves - 1);
    const leaves = [this.open(0, 0, rows.length)];
    let nNodes = 1;
    while (leaves.length < this.limits.maxLeaves) {
      const at = findBest(leaves);
      const leaf = leaves[at];
      if (leaf === undefined || leaf.split === null) break;
      const { node, split, start, end } = leaf;
      tree.feature[node] = split.feature;
      tree.goesLeft.set(split.goesLeft, node * SET_BYTES);
      tree.left[node] = nNodes;
      tree.right[node] = nNodes + 1;
      const middle = partitionRows(
        { features: this.features, rows: this.rows, scratch: this.scratch },
        start,
        end,
        split,
      );
      leaves.splice(at, 1, this.open(nNodes, start, middle), this.open(nNodes + 1, middle, end));
      nNodes += 2;
    }
    for (const { node, sums } of leaves)
      tree.value[node] = -sums.gradient / (sums.curvature + this.limits.lambda);
    return trimTree(tree, nNodes);
  }

  private open(node: number, start: number, end: number): Leaf {
    let gradient = 0;
    for (let i = start; i < end; i++) gradient += this.gradient[this.rows[i] ?? 0] ?? 0;
    const nRows = end - start;
    const sums = { gradient, curvature: nRows, nRows };
    return {
      node,
      start,
      end,
      sums,
      split: nRows < 2 * this.limits.minRows ? null : this.choose(start, end, sums),
    };
  }

  private choose(start: number, end: number, sums: NodeSums): Split | null {
    let best: Split | null = null;
    for (const f of this.drawColumns()) {
      const binning = this.features.binnings[f];
      if (binning === undefined) continue;
      this.count(f, start, end, binning.nCodes);
      const split = findSplit(this.cells, 0, f, binning, sums, this.limits);
      if (split !== null && split.gain > (best?.gain ?? 0)) best = split;
    }
    return best;
  }

  /** Sums of gradients, curvatures (1 a row) and rows for each code of a column. */
  private count(feature: number, start: number, end: number, nCodes: number): void {
    const { cells, rows, gradient } = this;
    const codes = this.features.codes[feature] ?? new Uint8Array();
    cells.fill(0, 0, nCodes * STRIDE);
    for (let i = start; i < end; i++) {
      const row = rows[i] ?? 0;
      const at = STRIDE * (codes[row] ?? 0);
      cells[at] = (cells[at] ?? 0) + (gradient[row] ?? 0);
      cells[at + 1] = (cells[at + 1] ?? 0) + 1;
      cells[at + 2] = (cells[at + 2] ?? 0) + 1;
    }
  }
}
