import type { Column, Table } from '../../data/table';
import { takeRows } from '../../data/table';
import type { Rng } from '../../math/rng';

/** The same columns, each in its own random order: every distribution is kept and every relation lost. */
export function shuffleColumns(table: Table, rng: Rng): Table {
  const columns = table.columns.map((column): Column => {
    const order = rng.fork(column.name).permutation(table.nRows);
    return takeRows({ nRows: table.nRows, columns: [column] }, order).columns[0] ?? column;
  });
  return { nRows: table.nRows, columns };
}
