import type { SchemaElement } from 'hyparquet';
import {
  bigEndianInteger,
  dateText,
  decimalText,
  doubleText,
  floatText,
  halfFloat,
  halfText,
  hexText,
  timestampText,
  timeText,
  uuidText,
  type TimeUnit,
} from '../../../src/data/value-text';

/** How the values of one leaf of a Parquet schema become texts. */
export interface LeafText {
  /** The text of a stored value that is not null. Throws NotText for bytes that are no text under `asText`. */
  readonly toText: (value: unknown) => string;
  /** True when the texts have a fraction of a second to be cut to what the column needs. */
  readonly isTime: boolean;
  /** How the texts stand in JSON, inside a list: numbers and booleans bare, the rest quoted. */
  readonly isBare: boolean;
  /** True when the bytes are of no declared type: they may be text or not. */
  readonly isUndeclared: boolean;
  /** True when the texts are hexadecimal digits. */
  readonly isHex: boolean;
}

/** Bytes taken for text that are not UTF-8, or that hold control characters no text has. */
export class NotText extends Error {}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Declared text. Throws TypeError where the bytes are not UTF-8. */
export function textOfBytes(value: unknown): string {
  return decoder.decode(asBytes(value));
}

/**
 * How a leaf is written, by its logical type, its older converted type, or its stored type. `asHex` writes undeclared
 * bytes as hexadecimal digits instead of text. Source: Apache Parquet, LogicalTypes.md.
 */
export function describeLeaf(element: SchemaElement, asHex: boolean): LeafText {
  const logical = element.logical_type;
  switch (logical?.type) {
    case 'DECIMAL':
      return decimal(logical.scale);
    case 'TIMESTAMP':
      return timestamp(UNITS[logical.unit], logical.isAdjustedToUTC);
    case 'TIME':
      return timeOfDay(UNITS[logical.unit]);
    case 'DATE':
      return other((value) => dateText(Number(value)));
    case 'INTEGER':
      return integer(logical.bitWidth, logical.isSigned);
    case 'UUID':
      return other((value) => uuidText(asBytes(value)));
    case 'FLOAT16':
      return bare((value) => halfText(halfFloat(asBytes(value))));
    case 'STRING':
    case 'ENUM':
    case 'JSON':
      return other(textOfBytes);
    default:
      return describeConverted(element, asHex);
  }
}

const UNITS: Readonly<Record<'MILLIS' | 'MICROS' | 'NANOS', TimeUnit>> = {
  MILLIS: 'ms',
  MICROS: 'us',
  NANOS: 'ns',
};

function describeConverted(element: SchemaElement, asHex: boolean): LeafText {
  const unsigned = /^(U?)INT_(\d+)$/.exec(element.converted_type ?? '');
  if (unsigned !== null) return integer(Number(unsigned[2]), unsigned[1] === '');
  switch (element.converted_type) {
    case 'UTF8':
    case 'ENUM':
    case 'JSON':
      return other(textOfBytes);
    case 'DECIMAL':
      return decimal(element.scale ?? 0);
    case 'DATE':
      return other((value) => dateText(Number(value)));
    case 'TIME_MILLIS':
      return timeOfDay('ms');
    case 'TIME_MICROS':
      return timeOfDay('us');
    // Before logical types there was no way to say that a time is local, so that these say nothing of a zone.
    case 'TIMESTAMP_MILLIS':
      return timestamp('ms', false);
    case 'TIMESTAMP_MICROS':
      return timestamp('us', false);
    case 'INTERVAL':
      return other(intervalText);
    default:
      return describeStored(element, asHex);
  }
}

function describeStored({ type }: SchemaElement, asHex: boolean): LeafText {
  switch (type) {
    case 'BOOLEAN':
      return bare((value) => (value === true ? 'true' : 'false'));
    case 'INT32':
    case 'INT64':
      return bare(String);
    case 'INT96':
      return { ...timestamp('ns', false), toText: (value) => timestampText(wrapNanoseconds(value), 'ns') };
    case 'FLOAT':
      return bare((value) => floatText(Number(value)));
    case 'DOUBLE':
      return bare((value) => doubleText(Number(value)));
    case 'BYTE_ARRAY':
      return { ...(asHex ? hexadecimal : other(guessText)), isUndeclared: true };
    default:
      return hexadecimal;
  }
}

function bare(toText: LeafText['toText']): LeafText {
  return { toText, isTime: false, isBare: true, isUndeclared: false, isHex: false };
}

function other(toText: LeafText['toText']): LeafText {
  return { toText, isTime: false, isBare: false, isUndeclared: false, isHex: false };
}

const hexadecimal: LeafText = { ...other((value) => hexText(asBytes(value))), isHex: true };

function integer(bits: number, isSigned: boolean): LeafText {
  if (isSigned) return bare(String);
  return bare((value) => String(BigInt.asUintN(bits, BigInt(asWhole(value)))));
}

function decimal(scale: number): LeafText {
  return bare((value) =>
    decimalText(value instanceof Uint8Array ? bigEndianInteger(value) : BigInt(asWhole(value)), scale),
  );
}

function timestamp(unit: TimeUnit, isUtc: boolean): LeafText {
  const zone = isUtc ? 'Z' : '';
  const toText = (value: unknown) => timestampText(BigInt(asWhole(value)), unit) + zone;
  return { toText, isTime: true, isBare: false, isUndeclared: false, isHex: false };
}

function timeOfDay(unit: TimeUnit): LeafText {
  const toText = (value: unknown) => timeText(BigInt(asWhole(value)), unit);
  return { toText, isTime: true, isBare: false, isUndeclared: false, isHex: false };
}

/**
 * Writers that count microseconds in 64 bits wrapped around when they wrote years beyond ±290,000 as INT96; the same
 * wrapping gives their date back.
 */
function wrapNanoseconds(value: unknown): bigint {
  const nanoseconds = BigInt(asWhole(value));
  const below = ((nanoseconds % 1000n) + 1000n) % 1000n;
  return BigInt.asIntN(64, (nanoseconds - below) / 1000n) * 1000n + below;
}

/** Months, days and milliseconds, each four bytes, as an ISO 8601 duration. */
function intervalText(value: unknown): string {
  const bytes = asBytes(value);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [months, days, ms] = [0, 4, 8].map((at) => view.getUint32(at, true));
  return `P${months ?? 0}M${days ?? 0}DT${(ms ?? 0) / 1000}S`;
}

// Control characters but tab and line ends: text that people write has none of them.
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/;

function guessText(value: unknown): string {
  let text;
  try {
    text = textOfBytes(value);
  } catch {
    throw new NotText();
  }
  if (CONTROL.test(text)) throw new NotText();
  return text;
}

function asBytes(value: unknown): Uint8Array {
  if (value instanceof Uint8Array) return value;
  throw new TypeError(`bytes expected, ${typeof value} found`);
}

function asWhole(value: unknown): bigint | number {
  if (typeof value === 'bigint' || typeof value === 'number') return value;
  throw new TypeError(`number expected, ${typeof value} found`);
}
