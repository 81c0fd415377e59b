import { countText, groupDigits } from '../../data/count-text';

/** Numbers as texts for a person: one place, so that the same quantity reads the same on every step. */

const THIN_SPACE = '\u202f';

/** Whole numbers with thin spaces between thousands, from five digits on. */
export const formatCount = countText;

/** `1 row`, `12 rows`. */
export function formatItems(value: number, one: string, many = `${one}s`): string {
  return `${formatCount(value)} ${value === 1 ? one : many}`;
}

/** A fraction 0–1 as per cent; values that would round to 0 or 100 without being it say so. */
export function formatShare(fraction: number, decimals = 1): string {
  const step = 10 ** -decimals;
  const percent = fraction * 100;
  if (percent > 0 && percent < step / 2)
    return `<${THIN_SPACE}${trimZeros(step.toFixed(decimals))}${THIN_SPACE}%`;
  if (percent < 100 && percent > 100 - step / 2)
    return `>${THIN_SPACE}${(100 - step).toFixed(decimals)}${THIN_SPACE}%`;
  return `${trimZeros(percent.toFixed(decimals))}${THIN_SPACE}%`;
}

/** A value of a column or a setting: about `digits` significant digits, never in exponents unless it has to be. */
export function formatNumber(value: number, digits = 4): string {
  if (!Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e12)) return value.toExponential(2).replace('-', '−');
  const decimals = size === 0 ? 0 : Math.max(0, digits - 1 - Math.floor(Math.log10(size)));
  const [whole = '0', rest = ''] = trimZeros(size.toFixed(Math.min(decimals, 12))).split('.');
  return `${value < 0 ? '−' : ''}${groupDigits(whole)}${rest === '' ? '' : `.${rest}`}`;
}

/** A measure 0–1 with a fixed number of decimals, so that columns of them line up. */
export function formatScore(value: number, decimals = 3): string {
  return value.toFixed(decimals);
}

/** Milliseconds as the largest sensible unit: `0.4 s`, `12 s`, `3 min 20 s`, `1 h 5 min`. */
export function formatDuration(ms: number): string {
  if (!Number.isFinite(ms) || ms < 0) return '–';
  const seconds = ms / 1000;
  if (seconds < 10) return `${trimZeros(seconds.toFixed(1))} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 10) return join(minutes, 'min', whole % 60, 's');
  const wholeMinutes = Math.round(whole / 60);
  if (wholeMinutes < 60) return `${wholeMinutes} min`;
  return join(Math.floor(wholeMinutes / 60), 'h', wholeMinutes % 60, 'min');
}

function join(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
}

/** Bytes in decimal units, as file managers show them. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return formatItems(bytes, 'byte');
  const units = ['kB', 'MB', 'GB', 'TB'];
  let value = bytes / 1000;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${value < 9.95 ? value.toFixed(1) : Math.round(value)} ${units[unit] ?? ''}`;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/**
 * A moment in this device's time zone: `23 Nov 2026, 22:42`. By hand: the first use of a date format of the browser
 * loads its calendars, which holds the page up for some 50 ms.
 */
export function formatMoment(ms: number): string {
  const date = new Date(ms);
  const [hours, minutes] = [date.getHours(), date.getMinutes()].map((part) => String(part).padStart(2, '0'));
  return `${date.getDate()} ${MONTHS[date.getMonth()] ?? ''} ${date.getFullYear()}, ${hours}:${minutes}`;
}

/** A moment out of a file, which may be no moment at all: then as it stands there. */
export function writeMomentOf(text: string): string {
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? text : formatMoment(ms);
}

function trimZeros(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}
