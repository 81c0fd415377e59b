import type { SchemaElement } from 'hyparquet';
import { compileDatetimeFormat } from '../../src/data/datetime-format';
import { FailureError } from '../../src/data/failure';
import { findOffset, type OutputType } from '../../src/data/output-type';
import type { ColumnSchema } from '../../src/data/schema';
import type { CellValue } from '../../src/data/write-cell';

/** A value as Parquet keeps it. */
export type Physical = string | number | bigint | boolean | null;

const INT32_MAX = 2 ** 31 - 1;
const DAY_MS = 86_400_000;

/** Physical and logical type of a column, as the Parquet format names them. */
export function describeParquetType(schema: ColumnSchema, type: OutputType): Omit<SchemaElement, 'name'> {
  switch (type) {
    case 'integer':
      return { type: isShort(schema) ? 'INT32' : 'INT64' };
    case 'number':
      return { type: 'DOUBLE' };
    case 'boolean':
      return { type: 'BOOLEAN' };
    case 'date':
      return { type: 'INT32', converted_type: 'DATE', logical_type: { type: 'DATE' } };
    case 'timestamp':
    case 'instant':
      return describeTimestamp(schema, type === 'instant');
    case 'text':
      return { type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' } };
  }
}

function isShort({ bounds, constant }: ColumnSchema): boolean {
  const { min, max } = bounds ?? { min: Number(constant), max: Number(constant) };
  return min >= -INT32_MAX - 1 && max <= INT32_MAX;
}

/** Converted types say UTC, so that civil time has the logical type alone. */
function describeTimestamp(schema: ColumnSchema, isAdjustedToUTC: boolean): Omit<SchemaElement, 'name'> {
  const unit = isFine(schema) ? 'MICROS' : 'MILLIS';
  const logical_type = { type: 'TIMESTAMP', isAdjustedToUTC, unit } as const;
  return isAdjustedToUTC
    ? { type: 'INT64', converted_type: `TIMESTAMP_${unit}`, logical_type }
    : { type: 'INT64', logical_type };
}

/** Fractions of a second below the millisecond. */
function isFine({ format }: ColumnSchema): boolean {
  return /[.,]S{4}/.test(format ?? '');
}

/** How cells of a column become what Parquet keeps. */
export function makePhysical(schema: ColumnSchema, type: OutputType): (value: CellValue) => Physical {
  if (type === 'integer' && !isShort(schema))
    return (value) => (typeof value === 'number' ? BigInt(value) : null);
  if (type === 'boolean') return (value) => demandBoolean(value, schema);
  if (type !== 'date' && type !== 'timestamp' && type !== 'instant') return (value) => value;
  const format = compileDatetimeFormat(schema.format ?? '');
  const read = (value: CellValue) => (typeof value === 'string' ? (format?.parse(value) ?? NaN) : NaN);
  if (type === 'date') return (value) => (value === null ? null : Math.round(read(value) / DAY_MS));
  const offsetMs = type === 'instant' ? (findOffset(schema.format ?? '') ?? 0) * 60_000 : 0;
  const perMs = isFine(schema) ? 1000 : 1;
  return (value) => (value === null ? null : BigInt(Math.round((read(value) - offsetMs) * perMs)));
}

/** Two rare answers may have become one label, which is neither yes nor no. */
function demandBoolean(value: CellValue, { name }: ColumnSchema): boolean | null {
  if (value === null || typeof value === 'boolean') return value;
  throw new FailureError({
    code: 'value-invalid',
    message: `Column "${name}" has a label that says neither yes nor no, which a Parquet file cannot hold beside yes and no; write CSV or NDJSON, or read the column as categories and train again.`,
  });
}
