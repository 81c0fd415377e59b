/**
 * Texts of typed values, as a reader of a typed file (Parquet, a workbook) hands them on. Each text reads back to the
 * very value: nothing is rounded.
 */

/** A double in the fewest digits that read back to it; `NaN`, `Infinity` and `-Infinity` as words; no negative zero. */
export function doubleText(value: number): string {
  return String(value === 0 ? 0 : value);
}

/** A single-precision number in the fewest digits that read back to it: 0.1, not 0.10000000149011612. */
export function floatText(value: number): string {
  if (!Number.isFinite(value) || Number.isInteger(value)) return doubleText(value);
  for (let digits = 1; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return doubleText(short);
  }
  return doubleText(Number(value.toPrecision(9)));
}

/** `unscaled` · 10^−`scale`, every digit of the scale written: 1230 at scale 2 is `12.30`. */
export function decimalText(unscaled: bigint, scale: number): string {
  if (scale <= 0) return String(unscaled * 10n ** BigInt(-scale));
  const digits = String(unscaled < 0n ? -unscaled : unscaled).padStart(scale + 1, '0');
  const cut = digits.length - scale;
  return `${unscaled < 0n ? '-' : ''}${digits.slice(0, cut)}.${digits.slice(cut)}`;
}

/** Units of time a second is cut into. */
export type TimeUnit = 'ms' | 'us' | 'ns';

const PER_SECOND: Readonly<Record<TimeUnit, bigint>> = { ms: 1000n, us: 1_000_000n, ns: 1_000_000_000n };
const DIGITS: Readonly<Record<TimeUnit, number>> = { ms: 3, us: 6, ns: 9 };
const DAY_SECONDS = 86_400n;

/** Days since 1970-01-01 as `yyyy-MM-dd`, proleptic Gregorian; years outside 0–9999 get a sign and six digits. */
export function dateText(days: number): string {
  const { year, month, day } = civilFromDays(days);
  return `${yearText(year)}-${pad(month, 2)}-${pad(day, 2)}`;
}

/** Time since 1970-01-01T00:00 as `yyyy-MM-dd HH:mm:ss` with all digits of the unit after a point. */
export function timestampText(value: bigint, unit: TimeUnit): string {
  const perDay = PER_SECOND[unit] * DAY_SECONDS;
  const days = floorDivide(value, perDay);
  return `${dateText(Number(days))} ${timeText(value - days * perDay, unit)}`;
}

/** Time since midnight as `HH:mm:ss` with all digits of the unit after a point. */
export function timeText(value: bigint, unit: TimeUnit): string {
  const seconds = Number(value / PER_SECOND[unit]);
  const below = value % PER_SECOND[unit];
  const clock = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return `${clock.map((part) => pad(part, 2)).join(':')}.${String(below).padStart(DIGITS[unit], '0')}`;
}

/** How many digits after the point all these times need, in steps of three (0, 3, 6, 9). */
export function countFractionDigits(texts: readonly string[]): number {
  let most = 0;
  for (const text of texts) {
    const fraction = /\.(\d+)/.exec(text)?.[1]?.replace(/0+$/, '') ?? '';
    most = Math.max(most, fraction.length);
  }
  return Math.ceil(most / 3) * 3;
}

/** The time with that many digits after the point; the point goes with the last of them. */
export function cutFraction(text: string, nDigits: number): string {
  return text.replace(/\.(\d+)/, (_, digits: string) =>
    nDigits === 0 ? '' : `.${digits.slice(0, nDigits)}`,
  );
}

/** Bytes as lower-case hexadecimal digits. */
export function hexText(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += pad(byte, 2, 16);
  return text;
}

/** Sixteen bytes in the usual groups, `8-4-4-4-12`. */
export function uuidText(bytes: Uint8Array): string {
  return hexText(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** A two's-complement number, most significant byte first. */
export function bigEndianInteger(bytes: Uint8Array): bigint {
  if (bytes.length === 0) return 0n;
  return BigInt.asIntN(8 * bytes.length, BigInt(`0x${hexText(bytes)}`));
}

/** IEEE 754 half precision, least significant byte first. */
export function halfFloat(bytes: Uint8Array): number {
  const bits = (bytes[0] ?? 0) | ((bytes[1] ?? 0) << 8);
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** A half-precision number in the fewest digits that read back to it. */
export function halfText(value: number): string {
  if (!Number.isFinite(value) || Number.isInteger(value)) return doubleText(value);
  const unit = 2 ** (Math.max(-14, Math.floor(Math.log2(Math.abs(value)))) - 10);
  for (let digits = 1; digits < 6; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.abs(short - value) < unit / 2) return doubleText(short);
  }
  return floatText(value);
}

/** After Howard Hinnant, chrono-Compatible Low-Level Date Algorithms, `civil_from_days`. */
function civilFromDays(days: number): {
  readonly year: number;
  readonly month: number;
  readonly day: number;
} {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1;
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day };
}

function yearText(year: number): string {
  if (year >= 0 && year <= 9999) return pad(year, 4);
  return `${year < 0 ? '-' : '+'}${pad(Math.abs(year), 6)}`;
}

function floorDivide(value: bigint, by: bigint): bigint {
  const quotient = value / by;
  return value % by < 0n ? quotient - 1n : quotient;
}

function pad(value: number, width: number, radix = 10): string {
  return value.toString(radix).padStart(width, '0');
}
