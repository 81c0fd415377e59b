import { getColumn, type Table } from '../table';
import { bindWish } from './bind-wish';
import { listWishes, type Wishes } from './wishes';

/** For each row 1 where it meets every wish, else 0. How many rows of a level there are is no matter of one row. */
export function meets(table: Table, wishes: Wishes): Uint8Array {
  const marks = new Uint8Array(table.nRows).fill(1);
  for (const wish of listWishes(wishes)) {
    const isMet = bindWish(wish, (name) => getColumn(table, name));
    for (let row = 0; row < table.nRows; row++) if (marks[row] === 1 && !isMet(row)) marks[row] = 0;
  }
  return marks;
}
