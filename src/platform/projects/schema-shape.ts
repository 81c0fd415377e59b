import type { Bounds, ColumnSchema, ColumnType, Role, Schema } from '../../data/schema';
import { count, fields, flag, listOf, nullable, number, oneOf, text } from './shape';

const columnType = oneOf<ColumnType>({
  integer: true,
  continuous: true,
  categorical: true,
  boolean: true,
  datetime: true,
  identifier: true,
  text: true,
  constant: true,
  empty: true,
});

const role = oneOf<Role>({
  none: true,
  identifier: true,
  'quasi-identifier': true,
  sensitive: true,
  target: true,
});

const column = fields<ColumnSchema>({
  name: text,
  type: columnType,
  role,
  reason: text,
  included: flag,
  decimals: nullable(count),
  bounds: nullable(fields<Bounds>({ min: number, max: number, declared: flag })),
  levels: nullable(listOf(text)),
  format: nullable(text),
  constant: nullable(text),
  missingToken: text,
  nMissing: count,
});

/** A schema as it is kept. */
export const schema = fields<Schema>({ version: count, columns: listOf(column) });
