import { formatShare } from './format-share';
import { DEFAULT_HANDLING } from './handling';
import { judgeIdentifierName } from './identifier-names';
import { CHOSEN } from './edits/apply-schema';
import { describeMeasurements } from './measurement-text';
import { MIN_TRAIN_ROWS } from './prepare';
import type { ColumnProfile } from './profile-column';
import type { RawTable } from './raw-column';
import { isModelled, type ColumnSchema, type Schema } from './schema';
import { suggestGroupBy } from './suggest-group';
import type { Tally } from './tally';

export interface Alert {
  readonly kind:
    | 'constant'
    | 'empty'
    | 'high-cardinality'
    | 'rare-levels'
    | 'identifier'
    | 'identifier-by-values'
    | 'free-text'
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

export interface AlertFacts {
  readonly raw: RawTable;
  readonly schema: Schema;
  readonly tallies: readonly Tally[];
  readonly columns: readonly ColumnProfile[];
  readonly nDuplicateRows: number;
  /** Columns that almost decide the target. */
  readonly leaks: readonly Alert[];
}

/** Everything worth a person's eye before training: first the table, then its columns in file order. */
export function findAlerts(facts: AlertFacts): Alert[] {
  const { schema, tallies, raw } = facts;
  const ofColumns = schema.columns.flatMap((column, i) => {
    const tally = tallies[i];
    return tally === undefined ? [] : judgeColumn(column, tally, raw.nRows);
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
      `The table has ${raw.nRows} rows; at least ${MIN_TRAIN_ROWS} must be left to train on.`,
    );
  } else if (raw.nRows < FEW_ROWS) {
    say(
      'too-few-rows',
      'warning',
      `The table has ${raw.nRows} rows: few to learn from, and each person weighs much.`,
    );
  }
  if (nDuplicateRows > 0) {
    const rows = nDuplicateRows === 1 ? '1 row repeats' : `${nDuplicateRows} rows repeat`;
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

function judgeColumn(column: ColumnSchema, tally: Tally, nRows: number): Alert[] {
  const alerts: Alert[] = [];
  const say = (kind: Alert['kind'], severity: Alert['severity'], message: string) =>
    alerts.push({ kind, column: column.name, severity, message });
  if (column.type === 'empty') say('empty', 'info', 'Has no value at all; it stays empty.');
  if (column.type === 'constant') say('constant', 'info', 'Has one value in every row; it is repeated.');
  if (column.type === 'text') alerts.push(judgeText(column, tally));
  if (column.type === 'identifier') alerts.push(judgeIdentifier(column));
  const isMostlyMissing = column.type !== 'empty' && tally.nMissing > 0.5 * nRows;
  if (isMostlyMissing)
    say('mostly-missing', 'info', `Is missing in ${formatShare(tally.nMissing / nRows)} of the rows.`);
  if (isModelled(column) && column.levels !== null) alerts.push(...judgeLevels(column, tally));
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

function judgeLevels(column: ColumnSchema, tally: Tally): Alert[] {
  const alerts: Alert[] = [];
  const { k } = DEFAULT_HANDLING;
  const nLevels = tally.texts.length;
  if (nLevels > MANY_LEVELS) {
    const message = `Has ${nLevels} levels: slow to learn, and most are rare.`;
    alerts.push({ kind: 'high-cardinality', column: column.name, severity: 'warning', message });
  }
  const rare = tally.counts.filter((count) => count < k);
  if (rare.length > 0) {
    alerts.push(describeRareLevels(column.name, rare, tally));
  }
  return alerts;
}

function describeRareLevels(column: string, rare: Uint32Array, tally: Tally): Alert {
  const { k } = DEFAULT_HANDLING;
  const nRare = rare.reduce((sum, count) => sum + count, 0);
  const levels = rare.length === 1 ? '1 level has' : `${rare.length} levels have`;
  const share = formatShare(nRare / tally.nPresent);
  const found = `${levels} fewer than ${k} rows (${share} of the rows with a value)`;
  const about = { kind: 'rare-levels', column } as const;
  const nKept = tally.texts.length - rare.length;
  if (nKept > 1) {
    const severity = nRare > 0.1 * tally.nPresent ? 'warning' : 'info';
    return { ...about, severity, message: `${found}; they are pooled by default.` };
  }
  const fate =
    nKept === 1
      ? 'pooled by default, they leave one level, which all rows with a value will get'
      : 'pooled by default, all rows with a value will get one level';
  const ownLevel = nKept === 1 && nRare >= k ? ', or pool rare levels into one level of their own' : '';
  return { ...about, severity: 'warning', message: `${found}; ${fate}. Choose a smaller k${ownLevel}.` };
}
