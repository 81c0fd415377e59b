import type { ColumnProfile } from '../../../api/ingest';
import { isModelled, isTimeOfDay, type ColumnSchema, type ColumnType, type Role } from '../../../data/schema';
import { formatNumber, formatShare } from '../../parts/NumberText';

/** Types a person may choose; `empty` only where there is nothing else to choose. */
export const typeWords: Readonly<Record<ColumnType, string>> = {
  integer: 'Whole number',
  continuous: 'Number',
  categorical: 'Categories',
  boolean: 'Yes / no',
  datetime: 'Date or time',
  identifier: 'Identifier',
  text: 'Free text',
  constant: 'Constant',
  empty: 'Empty',
};

export const roleWords: Readonly<Record<Role, string>> = {
  none: 'No special role',
  identifier: 'Identifier',
  'quasi-identifier': 'Quasi-identifier',
  sensitive: 'Sensitive',
  target: 'Target',
};

export const roleHints: Readonly<Record<Role, string>> = {
  none: 'An ordinary variable.',
  identifier: 'Names a person or a record; never learned from.',
  'quasi-identifier': 'Could single someone out together with others, such as birth date and postcode.',
  sensitive: 'What must not be learned about a person, such as a diagnosis.',
  target: 'The outcome that a study would predict; one column at most.',
};

/** What the generator does with the column, in a few words. */
export function describeFate(column: ColumnSchema): string {
  if (column.type === 'text') return 'left out: free text';
  if (!column.included) return 'left out by you';
  if (column.type === 'identifier' || column.role === 'identifier')
    return 'not learned: surrogates are written';
  if (column.type === 'constant') return 'not learned: its one value is repeated';
  if (column.type === 'empty') return 'stays empty';
  return isModelled(column) ? 'learned' : 'left out';
}

/** A number, or for dates the civil time that its milliseconds stand for. */
export function formatValue(column: ColumnSchema, value: number): string {
  if (column.type !== 'datetime') return formatNumber(value);
  const iso = new Date(value).toISOString();
  if (isTimeOfDay(column)) return iso.slice(11, 16);
  return iso.endsWith('T00:00:00.000Z') ? iso.slice(0, 10) : iso.slice(0, 16).replace('T', ' ');
}

/** The column's values in a few words: both ends of the range of numbers, or the leading level of categories. */
export function describeValues(
  column: ColumnSchema,
  profile: ColumnProfile | undefined,
  nRows: number,
): readonly string[] {
  const summary = profile?.summary ?? null;
  if (profile === undefined || summary === null) return [];
  if (summary.kind === 'number') {
    return [formatValue(column, summary.min), formatValue(column, summary.max)];
  }
  const first = summary.top[0];
  const nPresent = nRows - profile.nMissing;
  return first === undefined || nPresent === 0
    ? []
    : [`${first.level.slice(0, 24)}: ${formatShare(first.count / nPresent, 0)}`];
}
