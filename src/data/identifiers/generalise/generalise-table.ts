import { compileDatetimeFormat } from '../../datetime-format';
import { FailureError } from '../../failure';
import type { RawColumn, RawTable } from '../../raw-column';
import { gatherGroups } from '../../row-groups';
import { tallyColumn, type ReadingRules } from '../../tally';
import { generaliseAge } from './age-90';
import { generaliseToYear } from './date-to-year';
import { countDaysSinceFirst } from './days-since-first';
import type { Generalisation, GeneralisedCount } from './generalisation';
import type { Rewritten } from './rewrite-levels';
import { generaliseZip } from './zip3';

export interface GeneralisedTable {
  readonly table: RawTable;
  /** In the order of the columns. */
  readonly counts: readonly GeneralisedCount[];
}

type Dated = Extract<Generalisation, { rule: 'days-since-first' }>;

/**
 * The table with the chosen columns coarsened; the others are shared. Columns that the table lacks change nothing, so that
 * the same choices can be made on another file. Throws FailureError `option-invalid` for a pattern of dates that is none,
 * a key that the table lacks, and a column chosen twice; all problems are named.
 */
export function generaliseTable(
  raw: RawTable,
  choices: readonly Generalisation[],
  rules: ReadingRules,
): GeneralisedTable {
  const known = choices.filter(({ column }) => raw.columns.some(({ name }) => name === column));
  checkChoices(raw, known);
  const done = new Map<string, Rewritten>(rewriteDates(raw, known, rules));
  for (const choice of known) {
    const column = raw.columns.find(({ name }) => name === choice.column);
    const rewritten = column === undefined ? null : rewriteOne(column, choice, rules);
    if (rewritten !== null) done.set(choice.column, rewritten);
  }
  const counts = raw.columns.flatMap(({ name }) => {
    const choice = known.find(({ column }) => column === name);
    const { nRows = 0, nUnread = 0 } = done.get(name) ?? {};
    if (choice === undefined) return [];
    const { earliest = null } = choice.rule === 'year' ? choice : {};
    return [{ column: name, rule: choice.rule, nRows, nUnread, earliest }];
  });
  const columns = raw.columns.map((column) => done.get(column.name)?.column ?? column);
  return { table: { ...raw, columns }, counts };
}

function rewriteOne(raw: RawColumn, choice: Generalisation, rules: ReadingRules): Rewritten | null {
  switch (choice.rule) {
    case 'zip3':
      return generaliseZip(raw, rules.missingTokens);
    case 'age-90':
      return generaliseAge(raw, rules);
    case 'year':
      return generaliseToYear(raw, choice, rules.missingTokens);
    case 'days-since-first':
      return null;
  }
}

/** Dates counted by the same key share their first date. */
function rewriteDates(
  raw: RawTable,
  choices: readonly Generalisation[],
  rules: ReadingRules,
): (readonly [string, Rewritten])[] {
  const dated = choices.filter((choice): choice is Dated => choice.rule === 'days-since-first');
  return [...new Set(dated.map(({ key }) => key))].flatMap((key) => {
    const keyed = raw.columns.find(({ name }) => name === key);
    if (keyed === undefined) return [];
    const { textOfLevel } = tallyColumn(keyed, rules);
    const groups = gatherGroups(
      key,
      Int32Array.from(keyed.codes, (code) => textOfLevel[code] ?? -1),
    );
    const columns = raw.columns.flatMap((column) => {
      const choice = dated.find((candidate) => candidate.column === column.name && candidate.key === key);
      return choice === undefined ? [] : [{ raw: column, format: choice.format }];
    });
    return countDaysSinceFirst(columns, groups, rules.missingTokens).map(
      (rewritten) => [rewritten.column.name, rewritten] as const,
    );
  });
}

function checkChoices(raw: RawTable, choices: readonly Generalisation[]): void {
  const names = choices.map(({ column }) => column);
  const problems = choices.flatMap((choice, i) => [
    ...(names.indexOf(choice.column) < i ? [`column "${choice.column}" is coarsened twice`] : []),
    ...('format' in choice && compileDatetimeFormat(choice.format) === null
      ? [`the pattern of dates of column "${choice.column}" is none`]
      : []),
    ...('key' in choice && !raw.columns.some(({ name }) => name === choice.key)
      ? [`there is no column "${choice.key}" to tell the persons of column "${choice.column}" by`]
      : []),
  ]);
  if (problems.length === 0) return;
  throw new FailureError({
    code: 'option-invalid',
    message: `These columns cannot be coarsened as chosen: ${problems.join('; ')}. Undo the choice and make it again.`,
  });
}
