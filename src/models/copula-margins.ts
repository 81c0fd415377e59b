import type { ColumnSchema } from '../data/schema';
import type { Column, LevelColumn, NumberColumn } from '../data/table';
import type { Rounding } from './encode/encoding';
import { chooseRounding, toValid } from './encode/rounding';

/**
 * One column's distribution as a list of cells in order, drawn by share. It holds no value that fewer than k rows of
 * train share: numbers shared by k rows or more are cells of their own, all others are cut, in order, into ranges of at
 * least k rows and drawn evenly within a range. Plain data.
 */
export type Margin = NumberMargin | LevelMargin;

interface MarginBase {
  readonly name: string;
  /** Share of missing rows, 0–1. */
  readonly missingShare: number;
  /** Cumulative shares of the cells among present rows, the last 1; empty when every row is missing. */
  readonly cumulative: Float64Array;
}

export interface NumberMargin extends MarginBase {
  readonly kind: 'number';
  /** Ends of each cell; equal for a single value. */
  readonly low: Float64Array;
  readonly high: Float64Array;
  readonly rounding: Rounding;
  readonly min: number;
  readonly max: number;
}

export interface LevelMargin extends MarginBase {
  readonly kind: 'level';
  readonly levels: readonly string[];
  /** Level of each cell. */
  readonly order: Int32Array;
}

export interface FittedMargin {
  readonly margin: Margin;
  /** Cell of each row, −1 = missing. */
  readonly cells: Int32Array;
}

/** Above this many ranges a column's ranges hold more than k rows each. */
const MAX_RANGES = 512;

export function fitMargin(column: Column, schema: ColumnSchema, k: number): FittedMargin {
  return column.kind === 'number' ? fitNumbers(column, schema, k) : fitLevels(column);
}

function fitLevels(column: LevelColumn): FittedMargin {
  const counts = new Float64Array(column.levels.length);
  for (const code of column.codes) if (code >= 0) counts[code] = (counts[code] ?? 0) + 1;
  const order = Int32Array.from(counts.keys())
    .filter((code) => (counts[code] ?? 0) > 0)
    .sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0) || a - b);
  return arrangeLevels(column, order);
}

/** The margin of a level column with its cells in the given order of levels. */
export function arrangeLevels(column: LevelColumn, order: Int32Array): FittedMargin {
  const cellOf = new Int32Array(column.levels.length).fill(-1);
  order.forEach((code, cell) => (cellOf[code] = cell));
  const cells = new Int32Array(column.codes.length);
  for (let row = 0; row < cells.length; row++) cells[row] = cellOf[column.codes[row] ?? -1] ?? -1;
  const margin: LevelMargin = {
    kind: 'level',
    name: column.name,
    levels: column.levels,
    order,
    ...countCells(cells, order.length),
  };
  return { margin, cells };
}

function fitNumbers(column: NumberColumn, schema: ColumnSchema, k: number): FittedMargin {
  const { values } = column;
  const present = values.filter((value) => !Number.isNaN(value)).sort();
  const bounds = findCells(present, k);
  const cellOfRow = new Int32Array(values.length);
  for (let row = 0; row < values.length; row++) cellOfRow[row] = bounds.cellOf(values[row] ?? NaN);
  const low = Float64Array.from(bounds.cells, (cell) => cell.low);
  const high = Float64Array.from(bounds.cells, (cell) => cell.high);
  const margin: NumberMargin = {
    kind: 'number',
    name: column.name,
    low,
    high,
    rounding: chooseRounding(schema, present),
    min: schema.bounds?.min ?? present[0] ?? NaN,
    max: schema.bounds?.max ?? present[present.length - 1] ?? NaN,
    ...countCells(cellOfRow, low.length),
  };
  return { margin, cells: cellOfRow };
}

function countCells(cells: Int32Array, nCells: number): { missingShare: number; cumulative: Float64Array } {
  const cumulative = new Float64Array(nCells);
  let nPresent = 0;
  for (const cell of cells) {
    if (cell < 0) continue;
    cumulative[cell] = (cumulative[cell] ?? 0) + 1;
    nPresent += 1;
  }
  let sum = 0;
  cumulative.forEach((count, cell) => (cumulative[cell] = (sum += count) / nPresent));
  return { missingShare: cells.length === 0 ? 0 : 1 - nPresent / cells.length, cumulative };
}

interface Cell {
  readonly low: number;
  readonly high: number;
}

/** Cells over ascending values, and the cell a value of train belongs to (−1 for missing and when too few values are present). */
function findCells(
  present: Float64Array,
  k: number,
): { readonly cells: readonly Cell[]; readonly cellOf: (value: number) => number } {
  const counts = countValues(present);
  const shared = [...counts].filter(([, count]) => count >= k).map(([value]) => value);
  const ranges = cutRanges(
    [...counts].filter(([, count]) => count < k),
    k,
  );
  const cells = [...shared.map((value) => ({ low: value, high: value })), ...ranges].sort(
    (a, b) => a.low + a.high - (b.low + b.high) || a.low - b.low,
  );
  const indexOf = new Map(cells.map((cell, i) => [cell, i]));
  const single = new Map(
    cells.flatMap((cell, i) => (cell.low === cell.high ? [[cell.low, i] as const] : [])),
  );
  const highs = Float64Array.from(ranges, (range) => range.high);
  const find = (value: number): number => {
    const range = ranges[findFirst(highs, (high) => high >= value)];
    return (
      single.get(value) ?? (range === undefined ? nearestCell(cells, value) : (indexOf.get(range) ?? -1))
    );
  };
  const found = new Map<number, number>(Array.from(counts.keys(), (value) => [value, find(value)]));
  return { cells, cellOf: (value) => found.get(value) ?? -1 };
}

function countValues(ascending: Float64Array): Map<number, number> {
  const counts = new Map<number, number>();
  for (const value of ascending) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

/** Consecutive values grouped until a group has k rows (more when there are many); a short last group joins its neighbour. */
function cutRanges(counts: readonly (readonly [value: number, count: number])[], k: number): Cell[] {
  const nRows = counts.reduce((sum, [, count]) => sum + count, 0);
  const size = Math.max(k, Math.ceil(nRows / MAX_RANGES));
  const ranges: Cell[] = [];
  let low = NaN;
  let n = 0;
  counts.forEach(([value, count]) => {
    if (n === 0) low = value;
    n += count;
    if (n < size) return;
    ranges.push({ low, high: value });
    n = 0;
  });
  const last = ranges.pop();
  if (last === undefined) return n >= k ? [{ low, high: counts[counts.length - 1]?.[0] ?? low }] : [];
  const high = n === 0 ? last.high : (counts[counts.length - 1]?.[0] ?? last.high);
  return [...ranges, { low: last.low, high }];
}

/** For the few rows whose values are too rare to make a range: the nearest cell stands for them. */
function nearestCell(cells: readonly Cell[], value: number): number {
  let nearest = -1;
  let smallest = Infinity;
  cells.forEach(({ low, high }, i) => {
    const distance = Math.max(low - value, value - high, 0);
    if (distance >= smallest) return;
    smallest = distance;
    nearest = i;
  });
  return nearest;
}

/** The value at cumulative probability `u` of the present part: a number on its grain and within bounds, or a level's code. */
export function readMargin(margin: Margin, u: number): number {
  const { cumulative } = margin;
  const cell = findFirst(cumulative, (share) => share > u);
  if (margin.kind === 'level') return margin.order[cell] ?? -1;
  const before = cell === 0 ? 0 : (cumulative[cell - 1] ?? 0);
  const within = (u - before) / ((cumulative[cell] ?? 1) - before);
  return placeNumber(margin, cell, within);
}

/** First index whose entry satisfies `isPast`, which must hold from some index on; the last index when none does. */
function findFirst(ascending: Float64Array, isPast: (entry: number) => boolean): number {
  let low = 0;
  let high = ascending.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isPast(ascending[middle] ?? Infinity)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function placeNumber(margin: NumberMargin, cell: number, within: number): number {
  const low = margin.low[cell] ?? NaN;
  const high = margin.high[cell] ?? NaN;
  if (low === high) return low;
  // Half a step on either side, so that after rounding the ends are as likely as the values between them.
  const step = margin.rounding.kind === 'multiples' ? margin.rounding.step : 10 ** -margin.rounding.decimals;
  const wide = low - step / 2 + within * (high - low + step);
  return toValid(Math.min(high, Math.max(low, wide)), margin);
}

/** A table column from numbers or level codes; NaN = missing. */
export function buildColumn(margin: Margin, values: Float64Array): Column {
  if (margin.kind === 'number') return { kind: 'number', name: margin.name, values };
  const codes = Int32Array.from(values, (value) => (Number.isNaN(value) ? -1 : value));
  return { kind: 'level', name: margin.name, codes, levels: margin.levels };
}
