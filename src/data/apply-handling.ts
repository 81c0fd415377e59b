import type { Rng } from '../math/rng';
import { capColumn } from './cap-extremes';
import type { HandledColumn } from './handled-column';
import type { Handling, HandlingEntry } from './handling';
import { poolColumn } from './pool-levels';
import type { RowGroups } from './row-groups';
import type { ColumnSchema } from './schema';
import type { Column, Table } from './table';

/** Train after handling, with the schema and the account that go with it. */
export interface Handled {
  readonly table: Table;
  readonly columns: readonly ColumnSchema[];
  readonly log: readonly HandlingEntry[];
}

/**
 * Pools rare levels and caps extremes of train, by rules fitted on train alone; k counts `groups` of rows where these are
 * given, else rows. What comes out is an ordinary table: its levels are the ones kept, its bounds those of the values
 * that are left (declared bounds stay).
 */
export function applyHandling(
  train: Table,
  columns: readonly ColumnSchema[],
  handling: Handling,
  rng: Rng,
  groups: RowGroups | null = null,
): Handled {
  const done = train.columns.map((column, i) => {
    const schema = columns[i];
    if (schema?.name !== column.name) throw new RangeError(`no schema for column "${column.name}"`);
    return handleColumn(column, schema, handling, rng, groups);
  });
  const kept = done.flatMap(({ column, schema }) => (column === null ? [] : [{ column, schema }]));
  return {
    table: { nRows: train.nRows, columns: kept.map(({ column }) => column) },
    columns: kept.map(({ schema }) => schema),
    log: done.flatMap(({ log }) => log),
  };
}

/** {@link applyHandling} for a single column; the others do not change what becomes of it. */
export function handleColumn(
  column: Column,
  schema: ColumnSchema,
  handling: Handling,
  rng: Rng,
  groups: RowGroups | null = null,
): HandledColumn {
  return column.kind === 'number'
    ? capColumn(column, schema, handling, groups)
    : poolColumn(column, schema, handling, groups, rng.fork(`pool/${column.name}`));
}
