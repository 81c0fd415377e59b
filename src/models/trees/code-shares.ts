import { rankRowsByCode } from './rank-rows';
import type { Tree } from './tree';

/** Share that is left to nodes further up, below which they no longer count. */
const NEGLIGIBLE = 1e-12;

/**
 * Probability with which a leaf's draw gives a code: its share in the leaf and in the nodes above it, weighed exactly as
 * {@link drawCode} does. Counts are found by bisection among the places of a code, so that no node needs a histogram.
 */
export class CodeShares {
  private readonly starts: Int32Array;
  private readonly places: Int32Array;

  constructor(
    private readonly tree: Tree,
    private readonly weights: Float64Array,
    nCodes: number,
  ) {
    ({ starts: this.starts, places: this.places } = rankRowsByCode(tree.codes, nCodes));
  }

  /** 0 for a code that no row of train has. */
  shareOf(leaf: number, code: number): number {
    const { start, end, parent } = this.tree;
    let [node, left, sum] = [leaf, 1, 0];
    while (left >= NEGLIGIBLE) {
      const [from, to] = [start[node] ?? 0, end[node] ?? 0];
      const weight = this.weights[node] ?? 1;
      if (to > from) sum += (left * weight * this.count(code, from, to)) / (to - from);
      left *= 1 - weight;
      node = parent[node] ?? 0;
    }
    return sum;
  }

  /** Places of the code in [from, to). */
  private count(code: number, from: number, to: number): number {
    return this.countBelow(code, to) - this.countBelow(code, from);
  }

  private countBelow(code: number, place: number): number {
    let low = this.starts[code] ?? 0;
    let high = this.starts[code + 1] ?? low;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.places[middle] ?? 0) < place) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
