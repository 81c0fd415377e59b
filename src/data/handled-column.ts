import type { HandlingEntry } from './handling';
import { nameCounted, type RowGroups } from './row-groups';
import { isNumeric, type ColumnSchema } from './schema';
import type { Column } from './table';

/** One column of train after handling. */
export interface HandledColumn {
  /** Null when nothing is left that could be learnt. */
  readonly column: Column | null;
  readonly schema: ColumnSchema;
  readonly log: readonly HandlingEntry[];
}

/** A column with too few values to be learnt; `nRows` of train have one, and `fewest` of what k counts are needed. */
export function dropColumn(
  schema: ColumnSchema,
  nRows: number,
  fewest: number,
  groups: RowGroups | null,
): HandledColumn {
  const note =
    nRows === 0
      ? 'No value in train; the column is written as missing.'
      : `Fewer than ${fewest} ${nameCounted(groups?.column ?? null)} have a value; the column is written as missing.`;
  const nItems = isNumeric(schema) ? 1 : (schema.levels?.length ?? 0);
  return { column: null, schema, log: [{ column: schema.name, action: 'dropped', nRows, nItems, note }] };
}
