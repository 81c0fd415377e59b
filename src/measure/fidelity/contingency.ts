import { measureCramersV } from '../../math/statistics';

/** Codes of one column of a pair. */
export interface Coding {
  readonly codes: Int32Array;
  readonly nCodes: number;
}

/** Rows of each combination of two codes; empty cells are not stored. */
export interface Contingency {
  readonly nRows: number;
  readonly nColumnCodes: number;
  readonly cells: ReadonlyMap<number, number>;
}

/** Above this many possible cells a map counts them, below it a flat array does. */
const MAX_FLAT_CELLS = 1 << 20;

/** Counts pairs of codes. `nColumnCodes` must be the same for the two tables that will be compared. */
export function countPairs(rows: Coding, columns: Coding, nColumnCodes: number): Contingency {
  const nRows = rows.codes.length;
  const nCells = rows.nCodes * nColumnCodes;
  const cells =
    nCells <= MAX_FLAT_CELLS
      ? countFlat(rows, columns, nColumnCodes, nCells)
      : countSparse(rows, columns, nColumnCodes);
  return { nRows, nColumnCodes, cells };
}

function countFlat(rows: Coding, columns: Coding, width: number, nCells: number): Map<number, number> {
  const counts = new Int32Array(nCells);
  const { codes: a } = rows;
  const { codes: b } = columns;
  for (let i = 0; i < a.length; i++) {
    const key = (a[i] ?? 0) * width + (b[i] ?? 0);
    counts[key] = (counts[key] ?? 0) + 1;
  }
  const cells = new Map<number, number>();
  counts.forEach((count, key) => {
    if (count > 0) cells.set(key, count);
  });
  return cells;
}

function countSparse(rows: Coding, columns: Coding, width: number): Map<number, number> {
  const cells = new Map<number, number>();
  rows.codes.forEach((row, i) => {
    const key = row * width + (columns.codes[i] ?? 0);
    cells.set(key, (cells.get(key) ?? 0) + 1);
  });
  return cells;
}

/** 1 − total variation distance of two tables' cell shares, missing being a category; null when one has no rows. */
export function measureContingencySimilarity(train: Contingency, other: Contingency): number | null {
  if (train.nRows === 0 || other.nRows === 0) return null;
  let distance = 0;
  for (const [key, count] of train.cells) {
    distance += Math.abs(count / train.nRows - (other.cells.get(key) ?? 0) / other.nRows);
  }
  for (const [key, count] of other.cells) {
    if (!train.cells.has(key)) distance += count / other.nRows;
  }
  return 1 - distance / 2;
}

/** Cramér's V of the table; see {@link measureCramersV}. */
export function measureAssociation(table: Contingency): number | null {
  return measureCramersV(table.cells, table.nColumnCodes);
}
