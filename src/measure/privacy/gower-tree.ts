import type { Table } from '../../data/table';
import { LowerBounds } from '../neighbours/lower-bounds';
import { MISSING } from '../neighbours/points';
import { placeRows, type GowerRows, type GowerSpace } from './gower-space';

/** Rows arranged so that the nearest to a query are found without looking at most of the others. */
export interface GowerTree {
  readonly space: GowerSpace;
  /** Rows in the order of the leaves. */
  readonly rows: GowerRows;
  /** Row of the table that each of `rows` is. */
  readonly sources: Int32Array;
  readonly nodes: readonly TreeNode[];
  /** Bounds of the distances to `rows`, made when first asked for. */
  readonly bounds: () => LowerBounds;
}

/** Part of the tree: what all its rows have in common in the column its parent asked for, and its children. */
export interface TreeNode {
  /** Rows of the node: a range of the tree's rows. */
  start: number;
  end: number;
  /** Column that tells the children apart: numbers first, then levels; −1 = leaf. */
  column: number;
  /** Level of the left child; the right one has all others. Unused for numbers. */
  level: number;
  left: number;
  right: number;
  /** Smallest and largest present value of the parent's number; low > high where all are missing. */
  low: number;
  high: number;
  hasMissing: boolean;
}

const LEAF_ROWS = 16;
/** Rows looked at to choose how to cut a node. */
const N_LOOKED_AT = 48;

/** Where to cut a node, and how far apart that puts its halves. */
interface Cut {
  readonly column: number;
  readonly gain: number;
  /** Numbers: values up to here go left. */
  readonly at: number;
  readonly level: number;
}

/**
 * Builds a tree over an aligned table's rows: each node is cut where it puts most distance between its halves (a number at
 * its median or at "is missing", levels at the most frequent one). After Bentley 1975's k-d tree, for mixed columns.
 */
export function growGowerTree(space: GowerSpace, table: Table): GowerTree {
  const placed = placeRows(space, table);
  const order = Int32Array.from({ length: table.nRows }, (_, row) => row);
  const nodes: TreeNode[] = [openNode(0, table.nRows)];
  for (let at = 0; at < nodes.length; at++) {
    const node = nodes[at];
    if (node === undefined || node.end - node.start <= LEAF_ROWS) continue;
    const cut = chooseCut(space, placed, order, node);
    if (cut === null) continue;
    const middle = partition(space, placed, order, node, cut);
    node.column = cut.column;
    node.level = cut.level;
    node.left = nodes.length;
    node.right = nodes.length + 1;
    nodes.push(openNode(node.start, middle), openNode(middle, node.end));
    if (cut.column < space.nNumbers)
      for (const child of nodes.slice(-2)) noteRange(space, placed, order, child, cut.column);
  }
  const rows = reorder(space, placed, order);
  let bounds: LowerBounds | null = null;
  return { space, rows, sources: order, nodes, bounds: () => (bounds ??= new LowerBounds(rows, 'clipped')) };
}

function openNode(start: number, end: number): TreeNode {
  return {
    start,
    end,
    column: -1,
    level: -1,
    left: -1,
    right: -1,
    low: Infinity,
    high: -Infinity,
    hasMissing: false,
  };
}

function chooseCut(
  space: GowerSpace,
  rows: GowerRows,
  order: Int32Array,
  { start, end }: TreeNode,
): Cut | null {
  const step = Math.max(1, (end - start) / N_LOOKED_AT);
  const seen: number[] = [];
  for (let at = start; at < end; at += step) seen.push(order[Math.floor(at)] ?? 0);
  let best: Cut | null = null;
  for (let column = 0; column < space.nNumbers + space.nLevels; column++) {
    const cut =
      column < space.nNumbers ? cutNumber(space, rows, seen, column) : cutLevels(space, rows, seen, column);
    if (cut !== null && cut.gain > (best?.gain ?? 0)) best = cut;
  }
  return best;
}

function cutNumber(
  { nNumbers }: GowerSpace,
  { numbers }: GowerRows,
  seen: readonly number[],
  column: number,
): Cut | null {
  const present: number[] = [];
  for (const row of seen) {
    const value = numbers[row * nNumbers + column] ?? MISSING;
    if (value !== MISSING) insertSorted(present, value);
  }
  const share = present.length / seen.length;
  const ofMissing = 2 * share * (1 - share);
  const [low, middle, high] = [0.25, 0.5, 0.75].map(
    (q) => present[Math.floor(q * (present.length - 1))] ?? 0,
  );
  const ofMedian = share * Math.min(1, (high ?? 0) - (low ?? 0)) * 0.5;
  if (ofMissing >= ofMedian && share > 0 && share < 1)
    return { column, gain: ofMissing, at: MISSING / 2, level: -1 };
  const top = present[present.length - 1] ?? 0;
  const below = (middle ?? 0) < top ? middle : present.filter((value) => value < top).at(-1);
  return below === undefined ? null : { column, gain: Math.max(ofMedian, 1e-12), at: below, level: -1 };
}

/** Faster than sorting so few afterwards. */
function insertSorted(ascending: number[], value: number): void {
  let at = ascending.length;
  ascending.push(value);
  for (; at > 0 && (ascending[at - 1] ?? 0) > value; at--) ascending[at] = ascending[at - 1] ?? 0;
  ascending[at] = value;
}

function cutLevels(
  { nNumbers, nLevels }: GowerSpace,
  { levels }: GowerRows,
  seen: readonly number[],
  column: number,
): Cut | null {
  const counts = new Map<number, number>();
  for (const row of seen) {
    const code = levels[row * nLevels + column - nNumbers] ?? -1;
    counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  let [level, most] = [-1, 0];
  for (const [code, count] of counts)
    if (count > most || (count === most && code < level)) [level, most] = [code, count];
  const share = most / seen.length;
  return counts.size < 2 ? null : { column, gain: 2 * share * (1 - share), at: NaN, level };
}

function partition(
  space: GowerSpace,
  rows: GowerRows,
  order: Int32Array,
  { start, end }: TreeNode,
  cut: Cut,
): number {
  const { nNumbers, nLevels } = space;
  const isNumber = cut.column < nNumbers;
  const right: number[] = [];
  let next = start;
  for (let at = start; at < end; at++) {
    const row = order[at] ?? 0;
    const goesLeft = isNumber
      ? (rows.numbers[row * nNumbers + cut.column] ?? MISSING) <= cut.at
      : rows.levels[row * nLevels + cut.column - nNumbers] === cut.level;
    if (goesLeft) order[next++] = row;
    else right.push(row);
  }
  order.set(right, next);
  return next;
}

function noteRange(
  { nNumbers }: GowerSpace,
  { numbers }: GowerRows,
  order: Int32Array,
  node: TreeNode,
  column: number,
): void {
  for (let at = node.start; at < node.end; at++) {
    const value = numbers[(order[at] ?? 0) * nNumbers + column] ?? MISSING;
    if (value === MISSING) {
      node.hasMissing = true;
      continue;
    }
    if (value < node.low) node.low = value;
    if (value > node.high) node.high = value;
  }
}

function reorder({ nNumbers, nLevels }: GowerSpace, rows: GowerRows, order: Int32Array): GowerRows {
  const numbers = new Float64Array(rows.numbers.length);
  const levels = new Int32Array(rows.levels.length);
  order.forEach((row, at) => {
    for (let n = 0; n < nNumbers; n++)
      numbers[at * nNumbers + n] = rows.numbers[row * nNumbers + n] ?? MISSING;
    for (let l = 0; l < nLevels; l++) levels[at * nLevels + l] = rows.levels[row * nLevels + l] ?? -1;
  });
  return { nRows: rows.nRows, nNumbers, nLevels, numbers, levels };
}
