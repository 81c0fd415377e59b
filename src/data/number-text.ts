/** Numbers as they are written in cells. */

export type DecimalMark = '.' | ',';

/** Between groups of three digits: nothing, comma, point, apostrophe, space, no-break space, narrow no-break space. */
export type ThousandsMark = '' | ',' | '.' | "'" | ' ' | '\u00a0' | '\u202f';

const WITH_POINT = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?$/;
const WITH_COMMA = /^[+-]?(?:\d+(?:,\d*)?|,\d+)(?:[eE][+-]?\d{1,3})?$/;
const INTEGER = /^[+-]?\d+$/;

/** Digits after the mark beyond which a double holds nothing more. */
export const MAX_DECIMALS = 15;

/** True for a plain or scientific number in the given notation; no thousands marks, units, or words such as Infinity. */
export function isNumberText(text: string, mark: DecimalMark): boolean {
  return (mark === '.' ? WITH_POINT : WITH_COMMA).test(text);
}

export function isIntegerText(text: string): boolean {
  return INTEGER.test(text);
}

/** The number written, or NaN when the text is not one. */
export function parseNumber(text: string, mark: DecimalMark): number {
  if (!isNumberText(text, mark)) return NaN;
  return Number(mark === '.' ? text : text.replace(',', '.'));
}

/** Digits after the decimal mark that the text states, exponent included (`2.50e-01` → 3), at most {@link MAX_DECIMALS}. */
export function countDecimals(text: string, mark: DecimalMark): number {
  const [mantissa = '', exponent = '0'] = text.toLowerCase().split('e');
  const at = mantissa.indexOf(mark);
  const written = at < 0 ? 0 : mantissa.length - at - 1;
  return Math.min(MAX_DECIMALS, Math.max(0, written - Number(exponent)));
}

/** How a column of numbers is written. */
export interface NumberStyle {
  readonly mark: DecimalMark;
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
  return style.mark === '.' ? text : text.replace('.', ',');
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
