/** Numbers as they are written in cells. */

export type DecimalMark = '.' | ',';

/** Between groups of three digits: nothing, comma, point, apostrophe, space, no-break space, narrow no-break space. */
export type ThousandsMark = '' | ',' | '.' | "'" | ' ' | '\u00a0' | '\u202f';

/** How the numbers of a file are written. */
export interface NumberNotation {
  readonly decimalMark: DecimalMark;
  /** Never the decimal mark. */
  readonly thousandsMark: ThousandsMark;
}

export const POINT: NumberNotation = { decimalMark: '.', thousandsMark: '' };
export const COMMA: NumberNotation = { decimalMark: ',', thousandsMark: '' };

const WITH_POINT = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?$/;
const WITH_COMMA = /^[+-]?(?:\d+(?:,\d*)?|,\d+)(?:[eE][+-]?\d{1,3})?$/;
const INTEGER = /^[+-]?\d+$/;
/** A whole part in groups of three; codes begin with zeros, numbers of this kind do not. */
const GROUPS: Readonly<Record<Exclude<ThousandsMark, ''>, RegExp>> = {
  ',': /^[+-]?[1-9]\d{0,2}(?:,\d{3})+$/,
  '.': /^[+-]?[1-9]\d{0,2}(?:\.\d{3})+$/,
  "'": /^[+-]?[1-9]\d{0,2}(?:'\d{3})+$/,
  ' ': /^[+-]?[1-9]\d{0,2}(?: \d{3})+$/,
  '\u00a0': /^[+-]?[1-9]\d{0,2}(?:\u00a0\d{3})+$/,
  '\u202f': /^[+-]?[1-9]\d{0,2}(?:\u202f\d{3})+$/,
};

/** Digits after the mark beyond which a double holds nothing more. */
export const MAX_DECIMALS = 15;

/** True for a plain, grouped or scientific number in the given notation; no units, no words such as Infinity. */
export function isNumberText(text: string, notation: NumberNotation): boolean {
  return isPlain(text, notation.decimalMark) || isGrouped(text, notation);
}

/** True for what some notation without thousands marks reads as a number. */
export function isAnyNumberText(text: string): boolean {
  return isPlain(text, '.') || isPlain(text, ',');
}

function isPlain(text: string, mark: DecimalMark): boolean {
  return (mark === '.' ? WITH_POINT : WITH_COMMA).test(text);
}

/** True for a number whose whole part is cut into groups of three by the thousands mark. */
export function isGrouped(text: string, { decimalMark, thousandsMark }: NumberNotation): boolean {
  if (thousandsMark === '' || !text.includes(thousandsMark)) return false;
  const [whole = '', decimals = '', more] = text.split(decimalMark);
  return more === undefined && /^\d*$/.test(decimals) && GROUPS[thousandsMark].test(whole);
}

export function isIntegerText(text: string): boolean {
  return INTEGER.test(text);
}

/** The number written, or NaN when the text is not one. */
export function parseNumber(text: string, notation: NumberNotation): number {
  const { decimalMark, thousandsMark } = notation;
  if (isPlain(text, decimalMark)) return Number(decimalMark === '.' ? text : text.replace(',', '.'));
  if (!isGrouped(text, notation)) return NaN;
  return Number(text.replaceAll(thousandsMark, '').replace(decimalMark, '.'));
}

/** Digits after the decimal mark that the text states, exponent included (`2.50e-01` → 3), at most {@link MAX_DECIMALS}. */
export function countDecimals(text: string, { decimalMark }: Pick<NumberNotation, 'decimalMark'>): number {
  const [mantissa = '', exponent = '0'] = text.toLowerCase().split('e');
  const at = mantissa.indexOf(decimalMark);
  const written = at < 0 ? 0 : mantissa.length - at - 1;
  return Math.min(MAX_DECIMALS, Math.max(0, written - Number(exponent)));
}

/** How a column of numbers is written. */
export interface NumberStyle extends NumberNotation {
  /** Digits after the mark that values are rounded to. */
  readonly decimals: number;
  /** Trailing zeros are dropped down to this many digits. */
  readonly minDecimals: number;
}

/** A number as text: rounded to `decimals`, never in scientific notation, no negative zero. */
export function formatNumber(value: number, style: NumberStyle): string {
  const decimals = Math.min(style.decimals, MAX_DECIMALS);
  const zeros = Math.max(0, style.minDecimals - decimals);
  let text = toFixedPlain(value, decimals);
  if (zeros > 0) text += (decimals === 0 ? '.' : '') + '0'.repeat(zeros);
  else text = dropZeros(text, decimals - style.minDecimals);
  if (/^-[0.]*$/.test(text)) text = text.slice(1);
  const [whole = '', ...rest] = text.split('.');
  return [groupDigits(whole, style.thousandsMark), ...rest].join(style.decimalMark);
}

function groupDigits(whole: string, mark: ThousandsMark): string {
  return mark === '' ? whole : whole.replace(/\d(?=(?:\d{3})+$)/g, (digit) => digit + mark);
}

function toFixedPlain(value: number, decimals: number): string {
  if (Math.abs(value) < 1e21) return value.toFixed(decimals);
  return BigInt(value).toString();
}

function dropZeros(text: string, atMost: number): string {
  let end = text.length;
  for (let dropped = 0; dropped < atMost && text[end - 1] === '0'; dropped++) end--;
  return text[end - 1] === '.' ? text.slice(0, end - 1) : text.slice(0, end);
}
