import type { Column, Table } from './table';

/** Puts tables with the same columns under each other. Level columns must share their `levels`; throws otherwise. */
export function joinTables(tables: readonly Table[]): Table {
  const first = tables[0];
  if (first === undefined) throw new RangeError('joinTables needs at least one table');
  const nRows = tables.reduce((sum, table) => sum + table.nRows, 0);
  return { nRows, columns: first.columns.map((column, index) => joinColumn(column, index, tables, nRows)) };
}

function joinColumn(first: Column, index: number, tables: readonly Table[], nRows: number): Column {
  const values = first.kind === 'number' ? new Float64Array(nRows) : new Int32Array(nRows);
  let offset = 0;
  for (const table of tables) {
    const column = table.columns[index];
    if (column === undefined || column.kind !== first.kind || column.name !== first.name) {
      throw new RangeError(`joinTables: column ${index} differs between the tables`);
    }
    if (column.kind === 'level' && first.kind === 'level' && !sameLevels(column.levels, first.levels)) {
      throw new RangeError(`joinTables: the levels of column "${first.name}" differ between the tables`);
    }
    values.set(column.kind === 'number' ? column.values : column.codes, offset);
    offset += table.nRows;
  }
  return first.kind === 'number'
    ? { ...first, values: values as Float64Array }
    : { ...first, codes: values as Int32Array };
}

function sameLevels(a: readonly string[], b: readonly string[]): boolean {
  return a === b || (a.length === b.length && a.every((level, i) => level === b[i]));
}
