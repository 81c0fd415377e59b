import { DEFAULT_HANDLING } from './handling';
import { CHOSEN } from './history';
import { describeMeasurements } from './measurement-text';
import { MIN_TRAIN_ROWS } from './prepare';
import type { ColumnProfile } from './profile-column';
import type { RawTable } from './raw-column';
import { isModelled, type ColumnSchema, type Schema } from './schema';
import { suggestGroupBy } from './suggest-group';
import type { Table } from './table';
import type { Tally } from './tally';
import { findLeaks } from './target-leak';

export interface Alert {
  readonly kind:
    | 'constant'
    | 'empty'
    | 'high-cardinality'
    | 'rare-levels'
    | 'identifier'
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
  readonly table: Table;
  readonly tallies: readonly Tally[];
  readonly columns: readonly ColumnProfile[];
  readonly nDuplicateRows: number;
}

/** Everything worth a person's eye before training: first the table, then its columns in file order. */
export function findAlerts(facts: AlertFacts): Alert[] {
  const { schema, tallies, raw } = facts;
  const ofColumns = schema.columns.flatMap((column, i) => {
    const tally = tallies[i];
    return tally === undefined ? [] : judgeColumn(column, tally, raw.nRows);
  });
  return [...judgeTable(facts), ...ofColumns, ...findLeaks(facts.table, schema)];
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
  if (column.type === 'identifier')
    say('identifier', 'info', 'Is an identifier; fresh surrogates are written instead.');
  const isMostlyMissing = column.type !== 'empty' && tally.nMissing > 0.5 * nRows;
  if (isMostlyMissing)
    say('mostly-missing', 'info', `Is missing in ${formatShare(tally.nMissing / nRows)} of the rows.`);
  if (isModelled(column) && column.type === 'categorical') alerts.push(...judgeLevels(column, tally));
  return alerts;
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
    const nRare = rare.reduce((sum, count) => sum + count, 0);
    const levels = rare.length === 1 ? '1 level has' : `${rare.length} levels have`;
    const share = formatShare(nRare / tally.nPresent);
    const severity = nRare > 0.1 * tally.nPresent ? 'warning' : 'info';
    const message = `${levels} fewer than ${k} rows (${share} of the rows with a value); they are pooled by default.`;
    alerts.push({ kind: 'rare-levels', column: column.name, severity, message });
  }
  return alerts;
}

function formatShare(share: number): string {
  const percent = share * 100;
  if (percent > 0 && percent < 0.1) return 'under 0.1 %';
  return percent < 10 ? `${percent.toFixed(1)} %` : `${Math.round(percent)} %`;
}
