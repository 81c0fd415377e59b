import type { Column, Table } from './table';

/** Rows of several tables of the same columns, one after the other. Throws RangeError for none. */
export function joinTables(tables: readonly Table[]): Table {
  const [first] = tables;
  if (first === undefined) throw new RangeError('there is no table to join');
  if (tables.length === 1) return first;
  const nRows = tables.reduce((sum, table) => sum + table.nRows, 0);
  const columns = first.columns.map((_, i) =>
    joinColumns(
      tables.flatMap((table) => table.columns[i] ?? []),
      nRows,
    ),
  );
  return { nRows, columns };
}

function joinColumns(columns: readonly Column[], nRows: number): Column {
  const [first] = columns;
  if (first === undefined) throw new RangeError('there is no column to join');
  if (first.kind === 'number') {
    const values = new Float64Array(nRows);
    let at = 0;
    for (const column of columns) {
      if (column.kind !== 'number') continue;
      values.set(column.values, at);
      at += column.values.length;
    }
    return { ...first, values };
  }
  const codes = new Int32Array(nRows);
  let at = 0;
  for (const column of columns) {
    if (column.kind !== 'level') continue;
    codes.set(column.codes, at);
    at += column.codes.length;
  }
  return { ...first, codes };
}
