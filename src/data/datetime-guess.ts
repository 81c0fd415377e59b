import { compileDatetimeFormat, type DatetimeFormat } from './datetime-format';

/** Which way round day and month stand. */
type Order = 'day-first' | 'month-first' | 'plain';

interface DatePattern {
  readonly pattern: string;
  readonly order: Order;
}

const plain = (pattern: string): DatePattern => ({ pattern, order: 'plain' });
const slashed = (separator: string): DatePattern[] =>
  ['yyyy', 'yy'].flatMap((year) => [
    { pattern: ['dd', 'MM', year].join(separator), order: 'day-first' },
    { pattern: ['MM', 'dd', year].join(separator), order: 'month-first' },
    { pattern: ['d', 'M', year].join(separator), order: 'day-first' },
    { pattern: ['M', 'd', year].join(separator), order: 'month-first' },
  ]);
const spelled = ['MMM', 'MON', 'mon'].flatMap((month) => [
  ...['-', ' ', '/', ''].flatMap((separator) =>
    ['yyyy', 'yy'].flatMap((year) => ['dd', 'd'].map((day) => plain([day, month, year].join(separator)))),
  ),
  ...[', ', ' '].flatMap((gap) => ['d', 'dd'].map((day) => plain(`${month} ${day}${gap}yyyy`))),
]);

/** Patterns of dates that bare digits cannot be taken for, the more usual first. */
const DATE_PATTERNS: readonly DatePattern[] = [
  plain('yyyy-MM-dd'),
  plain('yyyy/MM/dd'),
  plain('yyyy.MM.dd'),
  plain('yyyy-M-d'),
  plain('yyyy/M/d'),
  ...slashed('/'),
  ...slashed('.'),
  ...slashed('-'),
  ...spelled,
  plain('yyyy-MM'),
  plain('yyyy/MM'),
];

export interface DatetimeGuess {
  readonly pattern: string;
  /** True when days and months could be the other way round for every value. */
  readonly ambiguous: boolean;
}

const SPLIT =
  /^([^:]*?\d{2,4}|\d{8})(?:(T| )(\d{1,2}):(\d{2})(?::(\d{2})([.,]\d{1,9})?)?( ?)([AaPp][Mm])?(Z| ?[+-]\d{2}:?\d{2})?)?$/;

/**
 * The pattern that every text follows, or null. Among several, the one that writes most texts back as they stand.
 * `dayFirst` breaks the tie when all days are 12 or less.
 */
export function guessDatetime(texts: readonly string[], dayFirst: boolean): DatetimeGuess | null {
  const exemplar = pickExemplar(texts);
  const shape = SPLIT.exec(exemplar);
  if (shape === null) return null;
  const dates = DATE_PATTERNS.filter(({ pattern }) => readsDate(pattern, shape[1] ?? ''));
  const offsets = new Set(texts.map((text) => SPLIT.exec(text)?.[9] ?? ''));
  const times = listTimePatterns(shape, offsets);
  const fitting = dates.flatMap((date) =>
    times.flatMap((time) => {
      const format = compileDatetimeFormat(date.pattern + time);
      return format !== null && texts.every((text) => !Number.isNaN(format.parse(text)))
        ? [{ date, format, exact: countExact(format, texts) }]
        : [];
    }),
  );
  if (fitting.length === 0) return null;
  const orders = new Set(fitting.map(({ date }) => date.order));
  const ambiguous = orders.has('day-first') && orders.has('month-first');
  const unwanted: Order = dayFirst ? 'month-first' : 'day-first';
  const choice = fitting
    .filter(({ date }) => !ambiguous || date.order !== unwanted)
    .reduce((best, candidate) => (candidate.exact > best.exact ? candidate : best));
  return { pattern: choice.format.pattern, ambiguous };
}

/** Texts that are looked at to find the pattern of most. */
const SAMPLE = 200;
const MOST = 0.9;

/** A test for the one date pattern that most of the first texts follow; null when they follow none. */
export function guessMostDatetimes(
  texts: readonly string[],
  dayFirst: boolean,
): ((text: string) => boolean) | null {
  const sample = texts.slice(0, SAMPLE);
  const dated = sample.filter(parseDatePart);
  if (dated.length < MOST * sample.length) return null;
  const found = guessDatetime(dated, dayFirst);
  const format = found && compileDatetimeFormat(found.pattern);
  return format && ((text) => !Number.isNaN(format.parse(text)));
}

/** True when the text alone reads as a date (bare digits do not). */
export function parseDatePart(text: string): boolean {
  return /\d/.test(text) && text.length <= 40 && guessDatetime([text], true) !== null;
}

/** Pattern of bare digits that every text follows and that names years 1850–2150, or null. */
export function guessDigitDate(texts: readonly string[]): 'yyyyMMdd' | 'yyyy' | null {
  for (const pattern of ['yyyyMMdd', 'yyyy'] as const) {
    const format = compileDatetimeFormat(pattern);
    const fits = (text: string) => {
      const year = Number(text.slice(0, 4));
      return year >= 1850 && year <= 2150 && !Number.isNaN(format?.parse(text) ?? NaN);
    };
    if (texts.length > 0 && texts.every(fits)) return pattern;
  }
  return null;
}

const TIME_PATTERNS = ['HH', 'H'].flatMap((hour) => [`${hour}:mm`, `${hour}:mm:ss`]);

/** The pattern of a time of day on its own that reads every text and writes it back as it stands, or null. */
export function guessTimeOfDay(texts: readonly string[]): string | null {
  const fits = (pattern: string) => {
    const format = compileDatetimeFormat(pattern);
    return (
      format !== null &&
      texts.every((text) => {
        const ms = format.parse(text);
        return !Number.isNaN(ms) && format.format(ms) === text;
      })
    );
  };
  return texts.length === 0 ? null : (TIME_PATTERNS.find(fits) ?? null);
}

function pickExemplar(texts: readonly string[]): string {
  let exemplar = '';
  for (const text of texts.slice(0, 200)) if (text.length > exemplar.length) exemplar = text;
  return exemplar;
}

function readsDate(pattern: string, text: string): boolean {
  return !Number.isNaN(compileDatetimeFormat(pattern)?.parse(text) ?? NaN);
}

function listTimePatterns(shape: RegExpExecArray, offsets: ReadonlySet<string>): string[] {
  const [, , separator, hour, , second, fraction, gap = '', half] = shape;
  if (separator === undefined || hour === undefined) return [''];
  const lead = separator === 'T' ? "'T'" : ' ';
  const tail =
    (second === undefined ? '' : ':ss') + (fraction ? fraction[0] + 'S'.repeat(fraction.length - 1) : '');
  const zone = describeZone(offsets);
  if (half === undefined) {
    return gap === '' ? ['HH', 'H'].map((part) => `${lead}${part}:mm${tail}${zone}`) : [];
  }
  const mark = half === half.toLowerCase() ? 'aa' : 'a';
  return ['hh', 'h'].map((part) => `${lead}${part}:mm${tail}${gap}${mark}${zone}`);
}

/** One offset throughout is part of the text; several are read to the first of them. */
function describeZone(offsets: ReadonlySet<string>): string {
  const [first = ''] = offsets;
  if (offsets.size === 1) return first === '' ? '' : `'${first}'`;
  const named = [...offsets].find((offset) => /^[+-]/.test(offset)) ?? '+00:00';
  return `{${named}}`;
}

function countExact(format: DatetimeFormat, texts: readonly string[]): number {
  let n = 0;
  for (const text of texts) if (format.format(format.parse(text)) === text) n++;
  return n;
}
