/** A column as the order sees it: a code a row, and whether the codes are ordered. */
export interface OrderColumn {
  readonly codes: Uint8Array;
  readonly nCodes: number;
  readonly isNominal: boolean;
}

/** In which order columns are drawn. */
export type OrderRule = 'association' | 'levels-first';

/** Columns from which those of levels are drawn first. */
export const LEVELS_FIRST_FROM = 30;
/** Classes that each column is cut into before associations are measured. */
const N_CLASSES = 12;
/** Rows that associations are measured on, evenly spaced. */
const MAX_ROWS = 20_000;

export interface ColumnOrder {
  readonly order: Int32Array;
  /** Ascending places before each place. */
  readonly parents: readonly (readonly number[])[];
}

/** Columns that one is learnt from at most: more of them cost time and tell rows apart, and say hardly more. */
export const MAX_PARENTS = 24;
/** The same for a target, whose prediction rests on many small things. */
const MAX_TARGET_PARENTS = 48;

/** Codes above which a number is hard to learn from other columns and easy to learn them from. */
const MANY_CODES = 32;

/**
 * Columns in the order in which they are drawn, each next to one it depends on: first the column most associated with all
 * others, then always the one most associated with any before it. By `association` the first is a number of many values
 * where there is one, for a tree of levels over ages is finer than a tree of ages over levels; by `levels-first` those of
 * levels come before numbers. The target, where there is one, comes last.
 *
 * @returns the order, and for each place in it the places before it that its column is learnt from: all, or those most
 *   associated with it where there are more than {@link MAX_PARENTS}, so that wide tables take time by column
 */
export function orderColumns(
  columns: readonly OrderColumn[],
  nRows: number,
  rule: OrderRule,
  target: number | null,
): ColumnOrder {
  const information = measureAssociations(columns, nRows);
  const d = columns.length;
  const at = (i: number, j: number) => information[i * d + j] ?? 0;
  const left = new Set(columns.keys());
  if (target !== null) left.delete(target);
  const placed: number[] = [];
  const isFine = (i: number) => columns[i]?.isNominal === false && (columns[i]?.nCodes ?? 0) > MANY_CODES;
  const isEarly = (i: number) => {
    if (rule === 'levels-first') return columns[i]?.isNominal === true;
    return placed.length > 0 || isFine(i);
  };
  while (left.size > 0) {
    const early = [...left].filter(isEarly);
    const candidates = early.length > 0 ? early : [...left];
    const others = placed.length === 0 ? [...columns.keys()] : placed;
    const merit = (i: number) =>
      placed.length === 0
        ? others.reduce((sum, j) => sum + (i === j ? 0 : at(i, j)), 0)
        : others.reduce((most, j) => Math.max(most, at(i, j)), -Infinity);
    let best = candidates[0] ?? 0;
    let most = -Infinity;
    for (const i of candidates) {
      const value = merit(i);
      if (value > most) [best, most] = [i, value];
    }
    placed.push(best);
    left.delete(best);
  }
  const order = Int32Array.from(target === null ? placed : [...placed, target]);
  const parents = Array.from(order, (column, place) => {
    const places = Array.from({ length: place }, (_, earlier) => earlier);
    const most = column === target ? MAX_TARGET_PARENTS : MAX_PARENTS;
    if (place <= most) return places;
    const strength = (earlier: number) => at(column, order[earlier] ?? 0);
    return places
      .sort((a, b) => strength(b) - strength(a) || a - b)
      .slice(0, most)
      .sort((a, b) => a - b);
  });
  return { order, parents };
}

/** Mutual information of each pair in nats, less its expectation under independence ((a − 1)(b − 1) / 2n). */
export function measureAssociations(columns: readonly OrderColumn[], nRows: number): Float64Array {
  const n = Math.min(nRows, MAX_ROWS);
  const rows = Int32Array.from({ length: n }, (_, i) => Math.floor((i * nRows) / n));
  const classed = columns.map((column) => classify(column, rows));
  const d = columns.length;
  const information = new Float64Array(d * d);
  for (let i = 0; i < d; i++) {
    for (let j = 0; j < i; j++) {
      const [a, b] = [classed[i], classed[j]];
      if (a === undefined || b === undefined) continue;
      information[i * d + j] = information[j * d + i] = measurePair(a, b);
    }
  }
  return information;
}

/** Class of each row: ranks in even parts, or the most frequent levels and the rest; 0 = missing. */
function classify({ codes, nCodes, isNominal }: OrderColumn, rows: Int32Array): Uint8Array {
  const counts = new Int32Array(nCodes);
  for (const row of rows) {
    const code = codes[row] ?? 0;
    counts[code] = (counts[code] ?? 0) + 1;
  }
  const classOf = new Uint8Array(nCodes);
  if (isNominal) {
    const order = Int32Array.from(counts.keys())
      .slice(1)
      .sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0));
    order.forEach((code, rank) => (classOf[code] = Math.min(rank, N_CLASSES - 1) + 1));
  } else {
    const nPresent = rows.length - (counts[0] ?? 0);
    let below = 0;
    for (let code = 1; code < nCodes; code++) {
      const share = (below + (counts[code] ?? 0) / 2) / Math.max(1, nPresent);
      classOf[code] = 1 + Math.min(N_CLASSES - 1, Math.floor(share * N_CLASSES));
      below += counts[code] ?? 0;
    }
  }
  return Uint8Array.from(rows, (row) => classOf[codes[row] ?? 0] ?? 0);
}

function measurePair(a: Uint8Array, b: Uint8Array): number {
  const side = N_CLASSES + 1;
  const joint = new Float64Array(side * side);
  for (let i = 0; i < a.length; i++) {
    const cell = (a[i] ?? 0) * side + (b[i] ?? 0);
    joint[cell] = (joint[cell] ?? 0) + 1;
  }
  const [left, right] = [new Float64Array(side), new Float64Array(side)];
  joint.forEach((n, cell) => {
    const [i, j] = [Math.floor(cell / side), cell % side];
    left[i] = (left[i] ?? 0) + n;
    right[j] = (right[j] ?? 0) + n;
  });
  const n = a.length;
  let sum = 0;
  joint.forEach((count, cell) => {
    const expected = ((left[Math.floor(cell / side)] ?? 0) * (right[cell % side] ?? 0)) / n;
    if (count > 0) sum += count * Math.log(count / expected);
  });
  const degrees = (left.filter((x) => x > 0).length - 1) * (right.filter((x) => x > 0).length - 1);
  return sum / n - degrees / (2 * n);
}
