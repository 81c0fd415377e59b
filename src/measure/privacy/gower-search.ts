import { MISSING } from '../neighbours/points';
import type { GowerRows } from './gower-space';
import type { GowerTree, TreeNode } from './gower-tree';

/** Distances that differ by less, relatively, are ties: sums in different rows round differently. */
export const ROUNDING = 1e-9;

/** Bounds of nodes are sums in another order than those of rows: by less than this, relatively, they say nothing. */
const BOUND_ROUNDING = 1e-12;

/** Columns added up between two looks at whether the row is already too far. */
const BLOCK = 4;

/** Rows that a query looks at before tables are filled that leave most of the others out. */
const ROWS_BEFORE_TABLES = 1024;
/** Share of the rows after which the tree has left so little out that going through all of them in a line is faster. */
const SHARE_BEFORE_LINE = 1 / 8;

/**
 * Searches a tree for one row after another. Of rows at equal distance the one that is met first is kept; the order in which
 * they are met depends on the query and the tree alone, however much of it is left out.
 */
export class GowerSearch {
  /** Sums of column distances of the best so far, ascending, and their rows in the tree's order. */
  readonly sums: Float64Array;
  readonly places: Int32Array;
  /** What the node at hand is known to add in each column. */
  private readonly known: Float64Array;
  private worst = Infinity;
  /** The row asked about. */
  private query = 0;
  private readonly ownNumbers: Float64Array;
  private readonly ownLevels: Int32Array;
  private radius = 0;
  private nearer = 0;
  private asNear = 0;
  /** Rows to be measured, where they are known: places ascending. */
  private among: Uint32Array = new Uint32Array();
  private nLookedAt = 0;
  private limit = 0;
  private readonly nBeforeLine: number;
  private isInLine = false;

  /** @param k neighbours that are kept; 0 counts rows within a radius instead */
  constructor(
    private readonly tree: GowerTree,
    private readonly queries: GowerRows,
    private readonly k: number,
  ) {
    this.sums = new Float64Array(k);
    this.places = new Int32Array(k);
    this.known = new Float64Array(tree.space.nNumbers + tree.space.nLevels);
    this.ownNumbers = new Float64Array(tree.space.nNumbers);
    this.ownLevels = new Int32Array(tree.space.nLevels);
    this.nBeforeLine = Math.max(2 * ROWS_BEFORE_TABLES, SHARE_BEFORE_LINE * tree.rows.nRows);
  }

  private open(query: number): void {
    const { nNumbers, nLevels } = this.tree.space;
    this.query = query;
    this.ownNumbers.set(this.queries.numbers.subarray(query * nNumbers, (query + 1) * nNumbers));
    this.ownLevels.set(this.queries.levels.subarray(query * nLevels, (query + 1) * nLevels));
    this.known.fill(0);
    this.nLookedAt = 0;
    this.isInLine = false;
  }

  private forget(): void {
    this.sums.fill(Infinity);
    this.places.fill(-1);
    this.worst = Infinity;
    this.nearer = 0;
    this.asNear = 0;
  }

  /** Finds the k nearest of all rows, or of those at `places` (ascending), which must hold all that can be among them. */
  run(query: number, places: Uint32Array | null = null): void {
    this.open(query);
    this.forget();
    if (places === null) this.visit(0, 0);
    const among = this.isInLine ? this.passAll(this.worst) : places;
    if (among === null) return;
    this.forget();
    this.among = among;
    this.visitAmong(0, 0, among.length);
  }

  /** Counts the rows nearer than a radius and those no farther, of all rows or of those at `places`. */
  count(
    query: number,
    radius: number,
    places: Uint32Array | null = null,
  ): { readonly nearer: number; readonly asNear: number } {
    const worst = radius * Math.max(1, this.known.length) * (1 + 2 * ROUNDING) + Number.MIN_VALUE;
    this.open(query);
    this.forget();
    this.radius = radius;
    this.worst = worst;
    if (places === null) this.visit(0, 0);
    else for (const place of places) this.look(place);
    if (this.isInLine) {
      this.forget();
      this.worst = worst;
      this.passAll(worst);
    }
    return { nearer: this.nearer, asNear: this.asNear };
  }

  /** Looks at a node whose rows are at least `bound` away. */
  private visit(at: number, bound: number): void {
    const node = this.tree.nodes[at];
    if (node === undefined || this.isInLine) return;
    if (node.column < 0) {
      this.scan(node.start, node.end);
      return;
    }
    const { column } = node;
    const before = this.known[column] ?? 0;
    const left = Math.max(before, this.distanceTo(node, node.left, true));
    const right = Math.max(before, this.distanceTo(node, node.right, false));
    const leftFirst = left <= right;
    this.enter(leftFirst ? node.left : node.right, column, leftFirst ? left : right, before, bound);
    this.enter(leftFirst ? node.right : node.left, column, leftFirst ? right : left, before, bound);
    this.known[column] = before;
  }

  private enter(child: number, column: number, adds: number, before: number, bound: number): void {
    const next = bound - before + adds;
    if (this.isTooFar(next)) return;
    this.known[column] = adds;
    this.visit(child, next);
  }

  private isTooFar(bound: number): boolean {
    const { worst } = this;
    if (bound < worst) return false;
    return worst === 0 || this.tree.space.nNumbers === 0 || bound > worst * (1 + BOUND_ROUNDING);
  }

  /** Meets the rows from `from` to `to` of `among`, all of them in this node, in the order in which {@link visit} would. */
  private visitAmong(at: number, from: number, to: number): void {
    const node = this.tree.nodes[at];
    if (node === undefined || from >= to) return;
    if (node.column < 0) {
      for (let i = from; i < to; i++) this.look(this.among[i] ?? 0);
      return;
    }
    const { column } = node;
    const end = this.tree.nodes[node.left]?.end ?? node.start;
    let middle = from;
    while (middle < to && (this.among[middle] ?? 0) < end) middle++;
    const before = this.known[column] ?? 0;
    const left = Math.max(before, this.distanceTo(node, node.left, true));
    const right = Math.max(before, this.distanceTo(node, node.right, false));
    const enterLeft = () => {
      this.known[column] = left;
      this.visitAmong(node.left, from, middle);
    };
    if (left <= right) enterLeft();
    this.known[column] = right;
    this.visitAmong(node.right, middle, to);
    if (left > right) enterLeft();
    this.known[column] = before;
  }

  /** The least that a child's rows can be away in the column its parent asks for. */
  private distanceTo({ column, level }: TreeNode, childAt: number, isLeft: boolean): number {
    const { nNumbers } = this.tree.space;
    if (column >= nNumbers) {
      const own = this.ownLevels[column - nNumbers] ?? -1;
      return (own === level) === isLeft ? 0 : 1;
    }
    const child = this.tree.nodes[childAt];
    const value = this.ownNumbers[column] ?? MISSING;
    if (child === undefined) return 0;
    if (value === MISSING) return child.hasMissing ? 0 : 1;
    if (child.low > child.high) return 1;
    return Math.min(1, Math.max(0, child.low - value, value - child.high));
  }

  private scan(start: number, end: number): void {
    if (this.nLookedAt < ROWS_BEFORE_TABLES) {
      for (let row = start; row < end; row++) this.look(row);
      this.nLookedAt += end - start;
      if (this.nLookedAt < ROWS_BEFORE_TABLES) return;
      this.tree.bounds().open(this.queries, this.query);
      this.limit = this.tree.bounds().limitFor(this.worst);
      return;
    }
    const bounds = this.tree.bounds();
    for (
      let row = bounds.next(start, end, this.limit);
      row < end;
      row = bounds.next(row + 1, end, this.limit)
    ) {
      this.look(row);
      this.limit = bounds.limitFor(this.worst);
    }
    this.nLookedAt += end - start;
    this.isInLine = this.nLookedAt >= this.nBeforeLine;
  }

  /** Looks at all rows in their own order, and answers those that may be kept; none lies farther than `most`. */
  private passAll(most: number): Uint32Array {
    const bounds = this.tree.bounds();
    const { nRows } = this.tree.rows;
    const found: { readonly row: number; readonly sum: number }[] = [];
    if (this.k > 0) this.forget();
    let least = most;
    for (
      let row = bounds.next(0, nRows, bounds.limitFor(least));
      row < nRows;
      row = bounds.next(row + 1, nRows, bounds.limitFor(least))
    ) {
      // Rows as far as the farthest that is kept may be met before it.
      const sum = this.measure(row, least * (1 + ROUNDING) + Number.MIN_VALUE);
      if (sum > least) continue;
      found.push({ row, sum });
      if (sum < this.worst) this.keep(row, sum);
      if (this.worst < least) least = this.worst;
    }
    return Uint32Array.from(
      found.filter(({ sum }) => sum <= least),
      ({ row }) => row,
    );
  }

  /** Measures a row, and keeps it where it is near enough. */
  private look(row: number): void {
    const { worst } = this;
    const sum = this.measure(row, worst);
    if (sum < worst) this.keep(row, sum);
  }

  /** Sum of column distances to a row; where it is not below `worst`, a part of it that is not either. */
  private measure(row: number, worst: number): number {
    const { space, rows } = this.tree;
    const { nNumbers, nLevels } = space;
    const { numbers, levels } = rows;
    const { ownNumbers, ownLevels } = this;
    const nBlocked = nNumbers - (nNumbers % BLOCK);
    let sum = 0;
    let at = row * nLevels;
    for (let l = 0; l < nLevels; l++, at++) if (levels[at] !== ownLevels[l]) sum++;
    at = row * nNumbers;
    let n = 0;
    for (; n < nBlocked && sum < worst; n += BLOCK, at += BLOCK) {
      const a = Math.abs((ownNumbers[n] ?? 0) - (numbers[at] ?? 0));
      const b = Math.abs((ownNumbers[n + 1] ?? 0) - (numbers[at + 1] ?? 0));
      const c = Math.abs((ownNumbers[n + 2] ?? 0) - (numbers[at + 2] ?? 0));
      const d = Math.abs((ownNumbers[n + 3] ?? 0) - (numbers[at + 3] ?? 0));
      sum += (a < 1 ? a : 1) + (b < 1 ? b : 1) + ((c < 1 ? c : 1) + (d < 1 ? d : 1));
    }
    if (sum >= worst) return sum;
    for (; n < nNumbers; n++, at++) {
      const a = Math.abs((ownNumbers[n] ?? 0) - (numbers[at] ?? 0));
      sum += a < 1 ? a : 1;
    }
    return sum;
  }

  private keep(row: number, sum: number): void {
    const { sums, places, k } = this;
    if (k === 0) {
      const distance = sum / Math.max(1, this.known.length);
      if (distance < this.radius * (1 - ROUNDING)) this.nearer++;
      if (distance <= this.radius * (1 + ROUNDING)) this.asNear++;
      return;
    }
    let i = k - 1;
    for (; i > 0 && (sums[i - 1] ?? 0) > sum; i--) {
      sums[i] = sums[i - 1] ?? 0;
      places[i] = places[i - 1] ?? 0;
    }
    sums[i] = sum;
    places[i] = row;
    this.worst = sums[k - 1] ?? Infinity;
  }
}
