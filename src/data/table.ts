/**
 * Columns of typed arrays. Missing is NaN in numbers and −1 in codes: one array a column, no second mask to keep in
 * step (docs/decisions/0002). Tables are immutable by convention and share columns; plain objects, whose arrays lie in
 * memory that threads share where there is such memory (shared-column.ts).
 */

/** Integers, continuous values and datetimes (milliseconds since 1970-01-01 UTC of the civil time written). */
export interface NumberColumn {
  readonly kind: 'number';
  readonly name: string;
  /** One value a row; NaN = missing. */
  readonly values: Float64Array;
}

/** Categories and booleans: a code a row into `levels`. */
export interface LevelColumn {
  readonly kind: 'level';
  readonly name: string;
  /** Index into `levels`; −1 = missing. */
  readonly codes: Int32Array;
  readonly levels: readonly string[];
}

export type Column = NumberColumn | LevelColumn;

export interface Table {
  readonly nRows: number;
  readonly columns: readonly Column[];
}

/** The column of that name. Throws RangeError when there is none: names come from the schema, so that is our fault. */
export function getColumn(table: Table, name: string): Column {
  const column = table.columns.find((candidate) => candidate.name === name);
  if (column === undefined) throw new RangeError(`no column named "${name}"`);
  return column;
}

export function isMissing(column: Column, row: number): boolean {
  return column.kind === 'number' ? Number.isNaN(column.values[row]) : (column.codes[row] ?? -1) < 0;
}

/** The given rows, in the given order (repeats allowed). */
export function takeRows(table: Table, rows: ArrayLike<number>): Table {
  return { nRows: rows.length, columns: table.columns.map((column) => takeColumnRows(column, rows)) };
}

/** The given rows of one column, in the given order (repeats allowed). */
export function takeColumnRows(column: Column, rows: ArrayLike<number>): Column {
  if (column.kind === 'number') {
    const values = new Float64Array(rows.length);
    for (let i = 0; i < rows.length; i++) values[i] = column.values[rows[i] ?? 0] ?? NaN;
    return { ...column, values };
  }
  const codes = new Int32Array(rows.length);
  for (let i = 0; i < rows.length; i++) codes[i] = column.codes[rows[i] ?? 0] ?? -1;
  return { ...column, codes };
}

/** The named columns, in the given order. */
export function selectColumns(table: Table, names: readonly string[]): Table {
  return { nRows: table.nRows, columns: names.map((name) => getColumn(table, name)) };
}
