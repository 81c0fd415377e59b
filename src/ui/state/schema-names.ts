import { fail, succeed, type Outcome } from '../../data/failure';
import type { Schema } from '../../data/schema';
import { formatItems } from '../parts/NumberText';

/** Names spelled out in a sentence. */
const N_NAMED = 3;

/**
 * A schema whose columns are those of the table, by name; `schema-invalid` with one sentence of how many are not, which
 * ones, and what to do, so that the schema of another table does not end in a line a column.
 */
export function matchNames(schema: Schema, present: readonly string[]): Outcome<Schema> {
  const inTable = new Set(present);
  const described = new Set(schema.columns.map((column) => column.name));
  const absent = [...described].filter((name) => !inTable.has(name));
  const left = present.filter((name) => !described.has(name));
  const parts = [
    ...(absent.length === 0
      ? []
      : [
          `names ${formatItems(absent.length, 'column')} that the table does not have (${listNames(absent)})`,
        ]),
    ...(left.length === 0
      ? []
      : [`leaves ${formatItems(left.length, 'column')} of it undescribed (${listNames(left)})`]),
  ];
  if (parts.length === 0) return succeed(schema);
  return fail(
    'schema-invalid',
    `The schema file is not of this table: it ${parts.join(' and ')}; give the schema.json that was written for this table, or none to have it inferred.`,
  );
}

function listNames(names: readonly string[]): string {
  const first = names.slice(0, N_NAMED).map((name) => `"${name}"`);
  return `${first.join(', ')}${names.length > N_NAMED ? ' …' : ''}`;
}
