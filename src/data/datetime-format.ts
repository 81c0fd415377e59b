/**
 * Datetime patterns as texts, e.g. `yyyy-MM-dd'T'HH:mm:ss.SSS'Z'`.
 *
 * Parts: `yyyy`, `yy` (69–99 → 19xx, 00–68 → 20xx, as POSIX), `MM`, `M`, `MMM` (Jan), `MON` (JAN), `mon` (jan), `dd`,
 * `d`, `HH`, `H`, `hh`, `h` (12-hour, with `a` = AM or `aa` = am), `mm`, `ss`, `.S…` (fraction, optional when read),
 * `'literal'`, and `{+01:00}`: reads any offset or Z, keeps and writes the civil time at the offset named.
 * Time is civil time, held as milliseconds since 1970-01-01 as if it were UTC; no time-zone rules are applied.
 */
export interface DatetimeFormat {
  readonly pattern: string;
  /** Milliseconds, or NaN when the text does not follow the pattern or names no date that exists. */
  parse(text: string): number;
  /** The text of the nearest moment the pattern can express. `ms` must be finite and within years 0–9999. */
  format(ms: number): string;
}

interface Fields {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  /** Milliseconds below the second. */
  fraction: number;
  isAfternoon: boolean | null;
  /** Minutes east of the column's own offset to take off. */
  shift: number;
}

interface Part {
  /** Regular expression source with one group; literals have none. */
  readonly source: string;
  readonly read?: (text: string, into: Fields) => void;
  readonly write: (fields: Fields) => string;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const TOKEN =
  /yyyy|yy|MMM|MON|mon|MM|M|dd|d|HH|H|hh|h|mm|ss|[.,]S+|aa|a|\{[+-]\d\d:?\d\d\}|'[^']*'|[^A-Za-z'{}]/y;

const compiled = new Map<string, DatetimeFormat | null>();

/**
 * A pattern made usable, or null when it is not one: unknown letters, or neither a year nor a time of day alone. A time
 * of day is held as milliseconds since midnight.
 */
export function compileDatetimeFormat(pattern: string): DatetimeFormat | null {
  let format = compiled.get(pattern);
  if (format === undefined) {
    format = buildFormat(pattern);
    if (compiled.size < MAX_COMPILED) compiled.set(pattern, format);
  }
  return format;
}

/** Guessing tries the same few hundred patterns over and over. */
const MAX_COMPILED = 5000;

function buildFormat(pattern: string): DatetimeFormat | null {
  const tokens = splitPattern(pattern);
  if (tokens === null || !(tokens.some((token) => token.startsWith('yy')) || isTimeOfDay(tokens)))
    return null;
  const parts = tokens.map(makePart);
  const expression = new RegExp(`^${parts.map((part) => part.source).join('')}$`, 'i');
  const readers = parts.flatMap((part) => (part.read ? [part.read] : []));
  const unit = findUnit(tokens);
  return {
    pattern,
    parse: (text) => parseFields(expression.exec(text), readers),
    format: (ms) => {
      const fields = toFields(roundToUnit(ms, unit));
      return parts.map((part) => part.write(fields)).join('');
    },
  };
}

/** Hours and minutes without any part of a date. */
function isTimeOfDay(tokens: readonly string[]): boolean {
  const hasDate = tokens.some((token) => /^(?:M|mon$|d)/.test(token));
  return !hasDate && tokens.some((token) => /^[Hh]/.test(token)) && tokens.includes('mm');
}

function splitPattern(pattern: string): string[] | null {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < pattern.length) {
    const match = TOKEN.exec(pattern);
    if (match === null) return null;
    tokens.push(match[0]);
  }
  return tokens;
}

function makePart(token: string): Part {
  if (token.startsWith('.S') || token.startsWith(',S')) return fractionPart(token);
  if (token.startsWith('{')) return offsetPart(token.slice(1, -1));
  const named = namedPart(token);
  if (named !== null) return named;
  const literal = token.startsWith("'") ? token.slice(1, -1) : token;
  return { source: escapeExpression(literal), write: () => literal };
}

function namedPart(token: string): Part | null {
  switch (token) {
    case 'yyyy':
      return numberPart('(\\d{4})', 4, 'year');
    case 'yy':
      return {
        source: '(\\d{2})',
        read: (text, into) => (into.year = Number(text) + (Number(text) >= 69 ? 1900 : 2000)),
        write: (fields) => pad(fields.year % 100, 2),
      };
    case 'MM':
    case 'M':
      return numberPart(token === 'MM' ? '(\\d{2})' : '(\\d{1,2})', token.length, 'month');
    case 'MMM':
      return monthPart((name) => name);
    case 'MON':
      return monthPart((name) => name.toUpperCase());
    case 'mon':
      return monthPart((name) => name.toLowerCase());
    case 'dd':
    case 'd':
      return numberPart(token === 'dd' ? '(\\d{2})' : '(\\d{1,2})', token.length, 'day');
    case 'HH':
    case 'H':
      return numberPart(token === 'HH' ? '(\\d{2})' : '(\\d{1,2})', token.length, 'hour');
    case 'hh':
    case 'h':
      return {
        source: token === 'hh' ? '(0[1-9]|1[0-2])' : '([1-9]|1[0-2])',
        read: (text, into) => (into.hour = Number(text) % 12),
        write: (fields) => pad(fields.hour % 12 || 12, token.length),
      };
    case 'mm':
      return numberPart('(\\d{2})', 2, 'minute');
    case 'ss':
      return numberPart('(\\d{2})', 2, 'second');
    case 'a':
    case 'aa':
      return {
        source: '([ap]m)',
        read: (text, into) => (into.isAfternoon = text.toLowerCase() === 'pm'),
        write: ({ hour }) => (token === 'a' ? (hour < 12 ? 'AM' : 'PM') : hour < 12 ? 'am' : 'pm'),
      };
    default:
      return null;
  }
}

function numberPart(
  source: string,
  width: number,
  field: 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second',
): Part {
  return {
    source,
    read: (text, into) => (into[field] = Number(text)),
    write: (fields) => pad(fields[field], width),
  };
}

function monthPart(spell: (name: string) => string): Part {
  return {
    source: `(${MONTHS.join('|')})`,
    read: (text, into) => {
      into.month = MONTHS.findIndex((name) => name.toLowerCase() === text.toLowerCase()) + 1;
    },
    write: (fields) => spell(MONTHS[fields.month - 1] ?? ''),
  };
}

function fractionPart(token: string): Part {
  const mark = token[0] ?? '.';
  const digits = token.length - 1;
  return {
    source: `(?:${escapeExpression(mark)}(\\d{1,9}))?`,
    read: (text, into) => (into.fraction = text === '' ? 0 : Number(`0.${text}`) * 1000),
    write: ({ fraction }) => {
      const kept = Math.min(digits, MAX_FRACTION_DIGITS);
      const whole = Math.round(fraction * 10 ** (kept - 3));
      return mark + pad(whole, kept).padEnd(digits, '0');
    },
  };
}

function offsetPart(own: string): Part {
  return {
    source: '(z|[+-]\\d\\d:?\\d\\d)',
    read: (text, into) => (into.shift = readOffset(text) - readOffset(own)),
    write: () => own,
  };
}

/** Minutes east of UTC. */
function readOffset(text: string): number {
  if (/^z$/i.test(text)) return 0;
  const minutes = Number(text.slice(1, 3)) * 60 + Number(text.slice(-2));
  return text.startsWith('-') ? -minutes : minutes;
}

/** A double holds milliseconds of our era to about a quarter of a microsecond. */
const MAX_FRACTION_DIGITS = 6;

function parseFields(match: RegExpExecArray | null, readers: readonly NonNullable<Part['read']>[]): number {
  if (match === null) return NaN;
  const fields: Fields = { ...EMPTY_FIELDS };
  readers.forEach((read, i) => {
    read(match[i + 1] ?? '', fields);
  });
  if (fields.isAfternoon === true) fields.hour += 12;
  const { year, month, day, hour, minute, second } = fields;
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return NaN;
  if (hour > 23 || minute > 59 || second > 59) return NaN;
  return (
    civilMs(year, month, day) + ((hour * 60 + minute - fields.shift) * 60 + second) * 1000 + fields.fraction
  );
}

const EMPTY_FIELDS: Fields = {
  year: 1970,
  month: 1,
  day: 1,
  hour: 0,
  minute: 0,
  second: 0,
  fraction: 0,
  isAfternoon: null,
  shift: 0,
};

type Unit = { readonly every: number } | 'month' | 'year';

function findUnit(tokens: readonly string[]): Unit {
  const fraction = tokens.find((token) => /^[.,]S/.test(token));
  if (fraction !== undefined)
    return { every: 10 ** (3 - Math.min(fraction.length - 1, MAX_FRACTION_DIGITS)) };
  if (tokens.includes('ss')) return { every: 1000 };
  if (tokens.includes('mm')) return { every: 60_000 };
  if (tokens.some((token) => /^[Hh]/.test(token))) return { every: 3_600_000 };
  if (tokens.some((token) => /^d/.test(token))) return { every: 86_400_000 };
  return tokens.some((token) => /^m/i.test(token)) ? 'month' : 'year';
}

function roundToUnit(ms: number, unit: Unit): number {
  if (typeof unit === 'object') return Math.round(ms / unit.every) * unit.every;
  const { year, month } = toFields(ms);
  const below = unit === 'year' ? civilMs(year, 1, 1) : civilMs(year, month, 1);
  const above = unit === 'year' ? civilMs(year + 1, 1, 1) : civilMs(year, month + 1, 1);
  return ms - below < above - ms ? below : above;
}

function toFields(ms: number): Fields {
  const seconds = Math.floor(ms / 1000 + 1e-7);
  const date = new Date(seconds * 1000);
  return {
    ...EMPTY_FIELDS,
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    fraction: Math.max(0, ms - seconds * 1000),
  };
}

function civilMs(year: number, month: number, day: number): number {
  return new Date(0).setUTCFullYear(year, month - 1, day);
}

function daysInMonth(year: number, month: number): number {
  return new Date(civilMs(year, month + 1, 0)).getUTCDate();
}

function pad(value: number, width: number): string {
  return String(value).padStart(width, '0');
}

function escapeExpression(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
}
