import { hashRows } from './hash-rows';
import type { RawTable } from './raw-column';

/** Rows equal, cell by cell as written, to an earlier row, by {@link hashRows}. */
export function countDuplicateRows(table: RawTable): number {
  const hashes = hashRows(
    table.nRows,
    table.columns.map(({ codes }) => codes),
  );
  return table.nRows - new Set(hashes).size;
}
