import { countText } from './count-text';
import { formatShare } from './format-share';
import type { CutRows } from './cut-rows';
import type { Handling } from './handling';
import { judgeIdentifierName } from './identifier-names';
import { CHOSEN } from './edits/apply-schema';
import { describeMeasurements } from './measurement-text';
import { MIN_TRAIN_ROWS } from './prepare';
import type { ColumnProfile } from './profile-column';
import { countRareLevels, describeRareLevels } from './rare-levels';
import type { RawColumn, RawTable } from './raw-column';
import { nameCounted } from './row-groups';
import { isModelled, type ColumnSchema, type Schema } from './schema';
import { suggestGroupBy } from './suggest-group';
import type { Tally } from './tally';
import { findRaw } from './to-table';

export interface Alert {
  readonly kind:
    | 'constant'
    | 'empty'
    | 'high-cardinality'
    | 'rare-levels'
    | 'identifier'
    | 'identifier-by-values'
    | 'free-text'
    | 'mixed-values'
    | 'duplicate-rows'
    | 'target-leak'
    | 'mostly-missing'
    | 'too-few-rows';
  /** Column concerned, null for the whole table. */
  readonly column: string | null;
  readonly severity: 'info' | 'warning';
  /** Counts and column names, never cell values. */
  readonly message: string;
}

/** How rare levels will be counted: over train, as the handling has it. */
export interface Counting {
  readonly handling: Handling;
  readonly cut: CutRows;
}

export interface AlertFacts {
  readonly raw: RawTable;
  readonly schema: Schema;
  readonly tallies: readonly Tally[];
  readonly columns: readonly ColumnProfile[];
  readonly nDuplicateRows: number;
  readonly counting: Counting;
  /** Columns that almost decide the target. */
  readonly leaks: readonly Alert[];
}

/** Everything worth a person's eye before training: first the table, then its columns in file order. */
export function findAlerts(facts: AlertFacts): Alert[] {
  const { schema, tallies } = facts;
  const ofColumns = schema.columns.flatMap((column, i) => {
    const tally = tallies[i];
    return tally === undefined ? [] : judgeColumn(column, tally, facts);
  });
  return [...judgeTable(facts), ...ofColumns, ...facts.leaks];
}

/** The same alerts, the advice to cut the holdout by `groupBy` turned into a remark, since it is followed. */
export function settleGroupAlert(alerts: readonly Alert[], groupBy: string | null): Alert[] {
  return alerts.map((alert) =>
    alert.kind === 'identifier' && alert.severity === 'warning' && alert.column === groupBy
      ? { ...alert, severity: 'info', message: `${alert.message} It is.` }
      : alert,
  );
}

/** Rows with which a generator starts to learn pairs and not only single columns. */
const FEW_ROWS = 500;
const MANY_LEVELS = 100;

function judgeTable({ raw, nDuplicateRows, schema, tallies }: AlertFacts): Alert[] {
  const alerts: Alert[] = [];
  const say = (kind: Alert['kind'], severity: Alert['severity'], message: string) =>
    alerts.push({ kind, column: null, severity, message });
  if (raw.nRows < MIN_TRAIN_ROWS) {
    say(
      'too-few-rows',
      'warning',
      `The table has ${countText(raw.nRows)} rows; at least ${MIN_TRAIN_ROWS} must be left to train on.`,
    );
  } else if (raw.nRows < FEW_ROWS) {
    say(
      'too-few-rows',
      'warning',
      `The table has ${countText(raw.nRows)} rows: few to learn from, and each person weighs much.`,
    );
  }
  if (nDuplicateRows > 0) {
    const rows = nDuplicateRows === 1 ? '1 row repeats' : `${countText(nDuplicateRows)} rows repeat`;
    const share = formatShare(nDuplicateRows / raw.nRows);
    say(
      'duplicate-rows',
      nDuplicateRows > 0.05 * raw.nRows ? 'warning' : 'info',
      `${rows} an earlier row exactly (${share}).`,
    );
  }
  const group = suggestGroupBy(schema, tallies);
  if (group !== null) {
    const message = `${group.rowsPerValue.toFixed(1)} rows share a value of "${group.column}" on average: cut the holdout by it, so that one person's rows stay on one side.`;
    alerts.push({ kind: 'identifier', column: group.column, severity: 'warning', message });
  }
  return alerts;
}

function judgeColumn(column: ColumnSchema, tally: Tally, facts: AlertFacts): Alert[] {
  const { nRows } = facts.raw;
  const alerts: Alert[] = [];
  const say = (kind: Alert['kind'], severity: Alert['severity'], message: string) =>
    alerts.push({ kind, column: column.name, severity, message });
  if (column.type === 'empty') say('empty', 'info', 'Has no value at all; it stays empty.');
  if (column.type === 'constant') say('constant', 'info', 'Has one value in every row; it is repeated.');
  if (column.type === 'text' && !isMixed(column)) alerts.push(judgeText(column, tally));
  if (column.type === 'identifier') alerts.push(judgeIdentifier(column));
  const isMostlyMissing = column.type !== 'empty' && tally.nMissing > 0.5 * nRows;
  if (isMostlyMissing)
    say('mostly-missing', 'info', `Is missing in ${formatShare(tally.nMissing / nRows)} of the rows.`);
  if (isMixed(column)) say('mixed-values', 'warning', column.reason);
  if (isModelled(column) && column.levels !== null)
    alerts.push(...judgeLevels(column, tally, findRaw(facts.raw, column.name), facts.counting));
  return alerts;
}

/** An identifier that only its values speak for may be something to learn from; a name or a person settles it. */
function judgeIdentifier(column: ColumnSchema): Alert {
  const isSettled = column.reason === CHOSEN || judgeIdentifierName(column.name) !== null;
  return isSettled
    ? {
        kind: 'identifier',
        column: column.name,
        severity: 'info',
        message: 'Is an identifier; fresh surrogates are written instead.',
      }
    : {
        kind: 'identifier-by-values',
        column: column.name,
        severity: 'warning',
        message:
          'Is taken for an identifier by its values alone, not by its name; fresh surrogates are written instead. If its values mean something, choose another type.',
      };
}

/** A column of measurements that nobody chose to leave out asks for a decision; free text does not. */
function judgeText(column: ColumnSchema, tally: Tally): Alert {
  const about = { kind: 'free-text', column: column.name } as const;
  const measured = column.reason === CHOSEN ? null : describeMeasurements(column.name, tally.texts);
  return measured === null
    ? { ...about, severity: 'info', message: 'Is free text; it is left out.' }
    : { ...about, severity: 'warning', message: `Is left out. ${measured}` };
}

/** Numbers or dates that a few cells keep from being read as such, which the reason of the inferred type says. */
function isMixed({ reason }: ColumnSchema): boolean {
  return /^(?:Nearly all|Most) values are (?:numbers|dates) but /.test(reason);
}

function judgeLevels(column: ColumnSchema, tally: Tally, raw: RawColumn, counting: Counting): Alert[] {
  const alerts: Alert[] = [];
  const { handling, cut } = counting;
  const nLevels = tally.texts.length;
  const rare = countRareLevels(raw, tally, cut, handling.k);
  const countedKey = cut.groups?.column ?? null;
  if (nLevels > MANY_LEVELS) {
    const message = `Has ${countText(nLevels)} levels, ${countText(rare.nRare)} of them with fewer than ${handling.k} ${nameCounted(countedKey)}: slow to learn.`;
    alerts.push({ kind: 'high-cardinality', column: column.name, severity: 'warning', message });
  }
  if (rare.nRare > 0)
    alerts.push({
      kind: 'rare-levels',
      column: column.name,
      ...describeRareLevels(rare, handling, countedKey),
    });
  return alerts;
}
