import { parseBoolean } from './boolean-text';
import { isModelled, isTimeOfDay, type ColumnSchema } from './schema';

/**
 * What a typed file holds a column as. `date` and `timestamp` are milliseconds of civil time; `instant` is a timestamp
 * whose zone the pattern names. Dates without a day and times of day are texts.
 */
export type OutputType = 'integer' | 'number' | 'boolean' | 'date' | 'timestamp' | 'instant' | 'text';

/** True for columns that a synthetic file has: all included ones but free text. */
export function isWritten(column: ColumnSchema): boolean {
  return column.included && column.type !== 'text';
}

/** The type of a column in files that have types. Identifiers are texts, so that leading zeros stay. */
export function findOutputType(column: ColumnSchema): OutputType {
  if (column.type === 'constant') return typeConstant(column.constant ?? '');
  if (!isModelled(column)) return 'text';
  if (column.type === 'integer') return 'integer';
  if (column.type === 'continuous') return 'number';
  if (column.type === 'boolean') return column.levels?.every(isBooleanText) === true ? 'boolean' : 'text';
  return column.type === 'datetime' ? typeDatetime(column) : 'text';
}

function isBooleanText(text: string): boolean {
  return parseBoolean(text) !== null;
}

/** A constant is a number only where its text is the plain spelling of that number. */
function typeConstant(text: string): OutputType {
  if (String(Number(text)) !== text || !Number.isFinite(Number(text))) return 'text';
  return Number.isSafeInteger(Number(text)) ? 'integer' : 'number';
}

function typeDatetime(column: ColumnSchema): OutputType {
  const bare = (column.format ?? '').replace(/'[^']*'/g, '');
  const hasDay = /d/.test(bare) && /M|mon/.test(bare);
  if (isTimeOfDay(column) || !hasDay) return 'text';
  if (findOffset(column.format ?? '') !== null) return 'instant';
  return /[Hh]/.test(bare) ? 'timestamp' : 'date';
}

/** Minutes east of UTC that a datetime pattern names for all its values; null when it names none. */
export function findOffset(pattern: string): number | null {
  const found = /(?:' ?(Z)'$|[{'] ?([+-]\d\d):?(\d\d)['}]$)/.exec(pattern);
  if (found === null) return null;
  const [, zulu, hours = '', minutes] = found;
  if (zulu !== undefined) return 0;
  return Number(hours) * 60 + (hours.startsWith('-') ? -1 : 1) * Number(minutes);
}
