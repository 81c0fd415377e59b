import { FailureError } from './failure';
import type { RawTable } from './raw-column';
import { isModelled, type Schema } from './schema';
import type { Column, Table } from './table';
import type { ReadingRules } from './tally';
import { findRaw, toColumn } from './to-table';

/**
 * All rows of the columns that can be compared, as they stand: nothing is cut off, pooled or capped, and no number of rows
 * is too small. `keep` says where a finished column is put. Throws FailureError: `schema-invalid`, `value-invalid`, and
 * `nothing-to-model` where no column can be compared.
 */
export function readModelled(
  raw: RawTable,
  rules: ReadingRules,
  schema: Schema,
  keep: (column: Column) => Column = (column) => column,
): Table {
  const columns = schema.columns.filter(isModelled);
  if (columns.length === 0)
    throw new FailureError({
      code: 'nothing-to-model',
      message:
        'No column is left to evaluate: identifiers, texts and constants are not compared. Give a file with a column of numbers, categories or dates.',
    });
  return {
    nRows: raw.nRows,
    columns: columns.map((column) => keep(toColumn(findRaw(raw, column.name), column, rules))),
  };
}
