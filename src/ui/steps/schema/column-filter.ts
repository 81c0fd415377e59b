import type { Alert } from '../../../api/ingest';
import { isModelled, type ColumnSchema } from '../../../data/schema';

/** Which columns of a wide table to look at. */
export type ColumnFilter = 'all' | 'alerts' | 'learned' | 'not-learned' | 'missing' | 'roles' | 'edited';

export const filterWords: Readonly<Record<ColumnFilter, string>> = {
  all: 'All columns',
  alerts: 'With a warning',
  learned: 'Learned',
  'not-learned': 'Not learned',
  missing: 'With missing values',
  roles: 'With a role',
  edited: 'Changed by you',
};

const tests: Readonly<
  Record<ColumnFilter, (column: ColumnSchema, warned: boolean, edited: boolean) => boolean>
> = {
  all: () => true,
  alerts: (_, warned) => warned,
  learned: (column) => isModelled(column),
  'not-learned': (column) => !isModelled(column),
  missing: (column) => column.nMissing > 0,
  roles: (column) => column.role !== 'none',
  edited: (_, __, edited) => edited,
};

/** The columns that pass the filter and whose name contains the words, in file order. */
export function filterColumns(
  columns: readonly ColumnSchema[],
  choice: { readonly filter: ColumnFilter; readonly words: string },
  facts: { readonly alerts: readonly Alert[]; readonly edited: ReadonlySet<string> },
): readonly ColumnSchema[] {
  const warned = new Set(
    facts.alerts.filter((alert) => alert.severity === 'warning').map((alert) => alert.column),
  );
  const words = choice.words.trim().toLowerCase();
  return columns.filter(
    (column) =>
      column.name.toLowerCase().includes(words) &&
      tests[choice.filter](column, warned.has(column.name), facts.edited.has(column.name)),
  );
}
