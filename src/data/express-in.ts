import { FailureError } from './failure';
import type { ColumnSchema, Schema } from './schema';
import { getColumn, type Column, type Table } from './table';

/**
 * A table as read in the terms of a handled schema: numbers held within its bounds, levels by its list, and those that it
 * does not list in its pool of that label, else missing. Throws `schema-invalid` for a column of another kind.
 */
export function expressIn(schema: Schema, table: Table, pooledLabel: string): Table {
  const columns = schema.columns.map((column) =>
    expressColumn(column, getColumn(table, column.name), pooledLabel),
  );
  return { nRows: table.nRows, columns };
}

function expressColumn({ name, levels, bounds }: ColumnSchema, column: Column, pooledLabel: string): Column {
  if (column.kind === 'number') {
    if (bounds === null) return column;
    const { min, max } = bounds;
    return { ...column, values: column.values.map((value) => Math.min(max, Math.max(min, value))) };
  }
  if (levels === null)
    throw new FailureError({
      code: 'schema-invalid',
      message: `Column "${name}" has levels in the table and none in the schema; compare tables of one schema.`,
    });
  const places = new Map(levels.map((level, i) => [level, i]));
  const pool = places.get(pooledLabel) ?? -1;
  const own = column.levels.map((level) => places.get(level) ?? pool);
  return { ...column, levels, codes: column.codes.map((code) => (code < 0 ? -1 : (own[code] ?? -1))) };
}
