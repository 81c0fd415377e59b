import { countText } from './count-text';
import { formatShare } from './format-share';
import { DEFAULT_HANDLING, DEFAULT_SPLIT } from './handling';
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

function judgeColumn(column: ColumnSchema, tally: Tally, nRows: number): Alert[] {
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

/** Numbers or dates that a few cells keep from being read as such, which the reason of the inferred type says. */
function isMixed({ reason }: ColumnSchema): boolean {
  return /^(?:Nearly all|Most) values are (?:numbers|dates) but /.test(reason);
}

function judgeLevels(column: ColumnSchema, tally: Tally): Alert[] {
  const alerts: Alert[] = [];
  const { k } = DEFAULT_HANDLING;
  const nLevels = tally.texts.length;
  if (nLevels > MANY_LEVELS) {
    const nRare = tally.counts.filter((count) => count < k).length;
    const message = `Has ${countText(nLevels)} levels, ${countText(nRare)} of them with fewer than ${k} rows: slow to learn.`;
    alerts.push({ kind: 'high-cardinality', column: column.name, severity: 'warning', message });
  }
  const rare = tally.counts.filter((count) => count < k);
  if (rare.length > 0) {
    alerts.push(describeRareLevels(column.name, rare, tally));
  }
  return alerts;
}

/** Share of a column's rows from which pooling asks for a decision. */
const MANY_ROWS_POOLED = 0.1;

function sumBelow({ counts }: Tally, floor: number): number {
  return counts.reduce((sum, count) => (count < floor ? sum + count : sum), 0);
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
    const nInTrain = sumBelow(tally, k / (1 - DEFAULT_SPLIT.fraction));
    if (nInTrain <= MANY_ROWS_POOLED * tally.nPresent)
      return { ...about, severity: 'info', message: `${found}; they are pooled by default.` };
    const pooled = formatShare(nInTrain / tally.nPresent);
    const message = `${found}; pooled by default, about ${pooled} of the column's rows would lose their value once the holdout is cut. Choose another type, a smaller k, or leave the column out.`;
    return { ...about, severity: 'warning', message };
  }
  const fate =
    nKept === 1
      ? 'pooled by default, they leave one level, which all rows with a value will get'
      : 'pooled by default, all rows with a value will get one level';
  const ownLevel = nKept === 1 && nRare >= k ? ', or pool rare levels into one level of their own' : '';
  return { ...about, severity: 'warning', message: `${found}; ${fate}. Choose a smaller k${ownLevel}.` };
}
