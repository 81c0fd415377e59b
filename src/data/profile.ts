import { findAlerts, type Alert } from './alerts';
import { countDuplicateRows } from './duplicate-rows';
import { findMissingness, type Missingness } from './missingness';
import { summariseColumn, type ColumnProfile } from './profile-column';
import type { RawTable } from './raw-column';
import type { Schema } from './schema';
import { tallyColumn, type ReadingRules } from './tally';
import { findRaw, toTable } from './to-table';

export interface Profile {
  readonly nRows: number;
  readonly nDuplicateRows: number;
  readonly columns: readonly ColumnProfile[];
  readonly alerts: readonly Alert[];
  readonly missingness: Missingness;
}

/** What the table looks like under a schema, for the person who confirms it. Throws FailureError as `toTable` does. */
export function profileTable(raw: RawTable, schema: Schema, rules: ReadingRules): Profile {
  const table = toTable(raw, schema, rules);
  const tallies = schema.columns.map((column) => tallyColumn(findRaw(raw, column.name), rules));
  const columns = schema.columns.map((column, i) => {
    const modelled = table.columns.find(({ name }) => name === column.name) ?? null;
    return summariseColumn(column, modelled, tallies[i] ?? tallyColumn(findRaw(raw, column.name), rules));
  });
  const nDuplicateRows = countDuplicateRows(raw);
  const facts = { raw, schema, table, tallies, columns, nDuplicateRows };
  return {
    nRows: raw.nRows,
    nDuplicateRows,
    columns,
    alerts: findAlerts(facts),
    missingness: findMissingness(raw, tallies),
  };
}
