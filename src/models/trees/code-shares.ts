import { countBelow } from '../../math/bisect';
import { rankRowsByCode } from './rank-rows';
import type { TreeDraw } from './tree';

/** A node on the way from a leaf to the root: its places, and the part of the leaf's draws that falls on each of them. */
interface Step {
  readonly node: number;
  readonly from: number;
  readonly to: number;
  readonly part: number;
}

/**
 * Probability with which a leaf's draw gives a code: its share in the leaf and in the nodes above it, weighed and pooled
 * exactly as `drawCode` does. Counts are found by bisection among places, so that no node needs a histogram.
 */
export class CodeShares {
  private readonly ranked: ReturnType<typeof rankRowsByCode>;
  private readonly pooled: ReadonlyMap<number, readonly number[]>;

  constructor(
    private readonly draw: TreeDraw,
    private readonly nCodes: number,
  ) {
    this.ranked = rankRowsByCode(draw.tree.codes, nCodes);
    this.pooled = this.groupPools();
  }

  /** 0 for a code that no row of train has. */
  shareOf(leaf: number, code: number): number {
    const { starts, places } = this.ranked;
    const steps = this.walk(leaf);
    const first = starts[code] ?? 0;
    let sum = 0;
    for (const { from, to, part } of steps)
      sum += part * countBetween(places, first, starts[code + 1] ?? first, from, to);
    steps.forEach(({ node }, above) => {
      const own = this.pooled.get(this.keyOf(node, code));
      if (own !== undefined) sum += this.addPool(node, own, steps.slice(0, above));
    });
    return sum;
  }

  /** What the pool of a node adds to a code for which it holds `own` places, for draws at nodes below it. */
  private addPool(node: number, own: readonly number[], below: readonly Step[]): number {
    const { starts, pooled } = this.draw.pools;
    const [first, end] = [starts[node] ?? 0, starts[node + 1] ?? 0];
    let sum = 0;
    for (const { from, to, part } of below) {
      const lifted = countBetween(pooled, first, end, from, to);
      sum += part * ((lifted * own.length) / (end - first) - countBetween(own, 0, own.length, from, to));
    }
    return sum;
  }

  /** The leaf, then the nodes above it up to the root. */
  private walk(leaf: number): readonly Step[] {
    const { tree, weights } = this.draw;
    const steps: Step[] = [];
    let left = 1;
    for (let node = leaf; node >= 0; node = tree.parent[node] ?? -1) {
      const [from, to] = [tree.start[node] ?? 0, tree.end[node] ?? 0];
      const weight = weights[node] ?? 1;
      steps.push({ node, from, to, part: to > from ? (left * weight) / (to - from) : 0 });
      left *= 1 - weight;
    }
    return steps;
  }

  /** Places of each code in each pool, ascending. */
  private groupPools(): Map<number, number[]> {
    const { tree, pools } = this.draw;
    const groups = new Map<number, number[]>();
    for (const place of pools.pooled) {
      const key = this.keyOf(pools.owner[place] ?? 0, tree.codes[place] ?? 0);
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [place]);
      else group.push(place);
    }
    return groups;
  }

  private keyOf(node: number, code: number): number {
    return node * this.nCodes + code;
  }
}

/** How many of the ascending `sorted[first … end)` are in [from, to). */
function countBetween(
  sorted: ArrayLike<number>,
  first: number,
  end: number,
  from: number,
  to: number,
): number {
  return countBelow(sorted, to, first, end) - countBelow(sorted, from, first, end);
}
