import { findAlerts, type Alert } from './alerts';
import { cutRows } from './cut-rows';
import { countDuplicateRows } from './duplicate-rows';
import { gatherEvidence } from './identifiers/evidence';
import { findIdentifiers } from './identifiers/find-identifiers';
import type { IdentifierFinding } from './identifiers/finding';
import { DEFAULT_HANDLING, DEFAULT_SPLIT, type Handling, type SplitChoice } from './handling';
import { findMissingness, type Missingness } from './missingness';
import { summariseColumn, type ColumnProfile } from './profile-column';
import type { RawTable } from './raw-column';
import { isModelled, type ColumnSchema, type Schema } from './schema';
import { suggestGroupBy } from './suggest-group';
import type { Column } from './table';
import { tallyColumn, type ReadingRules, type Tally } from './tally';
import { findLeak, openTarget } from './target-leak';
import { findRaw, toColumn } from './to-table';

export interface Profile {
  readonly nRows: number;
  readonly nDuplicateRows: number;
  readonly columns: readonly ColumnProfile[];
  readonly alerts: readonly Alert[];
  readonly missingness: Missingness;
  /** Columns that hold or may hold an identifier, in file order. */
  readonly identifiers: readonly IdentifierFinding[];
}

/** The choices by which rare levels are counted. */
export interface ProfileChoices {
  readonly handling: Handling;
  readonly split: SplitChoice;
}

/**
 * What the table looks like under a schema, for the person who confirms it. Values are read a column at a time, so that
 * no second copy of the table stands in memory. Without choices, those are counted by that are proposed first. Throws FailureError as `toColumn` does.
 */
export function profileTable(
  raw: RawTable,
  schema: Schema,
  rules: ReadingRules,
  choices: ProfileChoices | null = null,
  inferred: Schema = schema,
): Profile {
  const tallies = schema.columns.map((column) => tallyColumn(findRaw(raw, column.name), rules));
  const { handling, split } = choices ?? {
    handling: DEFAULT_HANDLING,
    split: { ...DEFAULT_SPLIT, groupBy: suggestGroupBy(schema, tallies)?.column ?? null },
  };
  const read = (column: ColumnSchema, i: number): Column | null =>
    isModelled(column) ? toColumn(findRaw(raw, column.name), column, rules, tallies[i]) : null;
  const target = openTarget(schema, read);
  const leaks: Alert[] = [];
  const columns = schema.columns.map((column, i) => {
    const tally = tallies[i] ?? tallyColumn(findRaw(raw, column.name), rules);
    const modelled = read(column, i);
    if (modelled !== null && target !== null) leaks.push(...findLeak(modelled, target));
    return summariseColumn(column, modelled, tally);
  });
  const nDuplicateRows = countDuplicateRows(raw);
  return {
    nRows: raw.nRows,
    nDuplicateRows,
    columns,
    alerts: findAlerts({
      raw,
      schema,
      tallies,
      columns,
      nDuplicateRows,
      leaks,
      counting: { handling, cut: cutRows(raw, rules, schema, split) },
    }),
    missingness: findMissingness(raw, tallies),
    identifiers: findInBoth(schema, inferred, tallies),
  };
}

/**
 * Identifiers under the schema, and those that a column was inferred to hold before a person gave it another type: the type
 * alone is no answer to what is proposed for it.
 */
function findInBoth(schema: Schema, inferred: Schema, tallies: readonly Tally[]): Profile['identifiers'] {
  const found = findIdentifiers(gatherEvidence(schema, tallies));
  const typeOf = new Map(inferred.columns.map(({ name, type }) => [name, type]));
  const columns = schema.columns.map((column) => ({
    ...column,
    type: typeOf.get(column.name) ?? column.type,
  }));
  const isRetyped = ({ type }: ColumnSchema, i: number): boolean =>
    type !== 'identifier' && columns[i]?.type === 'identifier';
  if (!schema.columns.some(isRetyped)) return found;
  const before = findIdentifiers(gatherEvidence({ ...schema, columns }, tallies));
  return schema.columns.flatMap((column, i) => {
    const now = found.find((finding) => finding.column === column.name);
    const then = before.find((finding) => finding.column === column.name && finding.isDirect);
    const finding = isRetyped(column, i) && now?.isDirect !== true ? (then ?? now) : now;
    return finding === undefined ? [] : [finding];
  });
}
