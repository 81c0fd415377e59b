import type { Table } from '../../data/table';
import { MISSING, placeRows, type GowerRows } from './gower-space';
import type { GowerTree, TreeNode } from './gower-tree';

/** The k nearest rows of a tree for each row asked about, nearest first. */
export interface Nearest {
  readonly k: number;
  /** k distances a row, each in [0, 1]; Infinity where the tree has fewer rows than k. */
  readonly distances: Float64Array;
  /** Row of the tree's table at that distance; −1 where there is none. */
  readonly rows: Int32Array;
}

/**
 * Exact k nearest neighbours by branch and bound: a part of the tree is left out when what its rows have in common already
 * puts them as far away as the best found, and a row as soon as its first columns do. `table` is aligned with the tree's.
 */
export function findNearest(tree: GowerTree, table: Table, k = 1): Nearest {
  const queries = placeRows(tree.space, table);
  const search = new Search(tree, queries, k);
  const distances = new Float64Array(table.nRows * k);
  const rows = new Int32Array(table.nRows * k);
  const nColumns = Math.max(1, tree.space.nNumbers + tree.space.nLevels);
  for (let query = 0; query < table.nRows; query++) {
    search.run(query);
    for (let i = 0; i < k; i++) {
      distances[query * k + i] = (search.sums[i] ?? Infinity) / nColumns;
      const at = search.places[i] ?? -1;
      rows[query * k + i] = at < 0 ? -1 : (tree.sources[at] ?? -1);
    }
  }
  return { k, distances, rows };
}

/** For each row asked about: rows of the tree nearer than its radius, and rows no farther. */
export interface Within {
  readonly nearer: Int32Array;
  readonly asNear: Int32Array;
}

/** Counts the rows of a tree within a radius of each row of `table`, which is aligned with the tree's. */
export function countWithin(tree: GowerTree, table: Table, radii: Float64Array): Within {
  const search = new Search(tree, placeRows(tree.space, table), 0);
  const nearer = new Int32Array(table.nRows);
  const asNear = new Int32Array(table.nRows);
  for (let query = 0; query < table.nRows; query++) {
    const counts = search.count(query, radii[query] ?? 0);
    nearer[query] = counts.nearer;
    asNear[query] = counts.asNear;
  }
  return { nearer, asNear };
}

/** Distances that differ by less, relatively, are ties: sums in different rows round differently. */
const ROUNDING = 1e-9;

/** Columns added up between two looks at whether the row is already too far. */
const BLOCK = 4;

class Search {
  /** Sums of column distances of the best so far, ascending, and their rows in the tree's order. */
  readonly sums: Float64Array;
  readonly places: Int32Array;
  /** What the node at hand is known to add in each column. */
  private readonly known: Float64Array;
  private worst = Infinity;
  /** The row asked about. */
  private readonly ownNumbers: Float64Array;
  private readonly ownLevels: Int32Array;
  private radius = 0;
  private nearer = 0;
  private asNear = 0;

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
  }

  private open(query: number): void {
    const { nNumbers, nLevels } = this.tree.space;
    this.ownNumbers.set(this.queries.numbers.subarray(query * nNumbers, (query + 1) * nNumbers));
    this.ownLevels.set(this.queries.levels.subarray(query * nLevels, (query + 1) * nLevels));
    this.known.fill(0);
  }

  run(query: number): void {
    this.open(query);
    this.sums.fill(Infinity);
    this.places.fill(-1);
    this.worst = Infinity;
    this.visit(0, 0);
  }

  /** Counts instead of keeping: k is 0, and what is far enough to be left out stays as it is. */
  count(query: number, radius: number): { readonly nearer: number; readonly asNear: number } {
    this.open(query);
    this.radius = radius;
    this.nearer = 0;
    this.asNear = 0;
    this.worst = radius * Math.max(1, this.known.length) * (1 + 2 * ROUNDING) + Number.MIN_VALUE;
    this.visit(0, 0);
    return { nearer: this.nearer, asNear: this.asNear };
  }

  /** Looks at a node whose rows are at least `bound` away. */
  private visit(at: number, bound: number): void {
    const node = this.tree.nodes[at];
    if (node === undefined) return;
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
    if (next >= this.worst) return;
    this.known[column] = adds;
    this.visit(child, next);
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
    const { space, rows } = this.tree;
    const { nNumbers, nLevels } = space;
    const { numbers, levels } = rows;
    const { ownNumbers, ownLevels } = this;
    const nBlocked = nNumbers - (nNumbers % BLOCK);
    let { worst } = this;
    for (let row = start; row < end; row++) {
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
      if (sum >= worst) continue;
      for (; n < nNumbers; n++, at++) {
        const a = Math.abs((ownNumbers[n] ?? 0) - (numbers[at] ?? 0));
        sum += a < 1 ? a : 1;
      }
      if (sum >= worst) continue;
      this.keep(row, sum);
      worst = this.worst;
    }
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
