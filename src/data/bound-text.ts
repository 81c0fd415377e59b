import { isTimeOfDay, type ColumnSchema } from './schema';

/** A bound as a person types it: the plain number, an ISO date with the time where there is one, or a time of day. */
export function writeBound(column: ColumnSchema, value: number): string {
  if (column.type !== 'datetime') return String(value);
  const iso = new Date(value).toISOString();
  if (isTimeOfDay(column)) return iso.slice(11, iso.endsWith(':00.000Z') ? 16 : 19);
  return iso.endsWith('T00:00:00.000Z') ? iso.slice(0, 10) : iso.slice(0, 19).replace('T', ' ');
}

/** How a person is told to type a bound. */
export function hintBound(column: ColumnSchema): string {
  if (column.type !== 'datetime') return 'A number with a decimal point';
  return isTimeOfDay(column) ? 'As HH:mm' : 'As yyyy-MM-dd or yyyy-MM-dd HH:mm';
}

const FIRST_DAY = '1970-01-01 ';
const DATE = /^(\d{4})-(\d{2})-(\d{2})(?:[ T](\d{2}):(\d{2})(?::(\d{2}))?)?$/;

/** The number that was meant, or null when it cannot be told. */
export function readBound(column: ColumnSchema, text: string): number | null {
  const trimmed = text.trim();
  if (column.type !== 'datetime') {
    const value = Number(trimmed.replace('−', '-'));
    return trimmed === '' || !Number.isFinite(value) ? null : value;
  }
  const parts = DATE.exec(isTimeOfDay(column) ? FIRST_DAY + trimmed : trimmed)
    ?.slice(1)
    .map((part) => Number(part ?? 0));
  if (parts === undefined) return null;
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = parts;
  const date = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  const isThatDay = date.getUTCMonth() === month - 1 && date.getUTCDate() === day && hour < 24 && minute < 60;
  return isThatDay && second < 60 ? date.getTime() : null;
}
