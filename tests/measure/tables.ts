import type { Column, Table } from '../../src/data/table';
import { SCHEMA_VERSION } from '../../src/data/schema';
import type { ColumnSchema, Schema } from '../../src/data/schema';
import { makeColumnSchema } from '../column-schema';

/** A number column; null is missing. */
export function numbers(name: string, cells: readonly (number | null)[]): Column {
  return { kind: 'number', name, values: Float64Array.from(cells, (cell) => cell ?? NaN) };
}

/** A level column; null is missing. */
export function levels(name: string, cells: readonly (string | null)[]): Column {
  const known = [...new Set(cells.filter((cell) => cell !== null))];
  const codes = Int32Array.from(cells, (cell) => (cell === null ? -1 : known.indexOf(cell)));
  return { kind: 'level', name, codes, levels: known };
}

export function table(...columns: readonly Column[]): Table {
  const first = columns[0];
  const nRows = first === undefined ? 0 : first.kind === 'number' ? first.values.length : first.codes.length;
  return { nRows, columns };
}

/** A schema that fits the table: continuous or categorical, read off the data. */
export function schemaOf(source: Table): Schema {
  return { version: SCHEMA_VERSION, columns: source.columns.map(describe) };
}

function least(values: readonly number[]): number {
  return values.reduce((min, value) => Math.min(min, value), Infinity);
}

function describe(column: Column): ColumnSchema {
  const numeric = column.kind === 'number';
  const present = numeric ? [...column.values].filter((value) => !Number.isNaN(value)) : [];
  return makeColumnSchema(column.name, numeric ? 'continuous' : 'categorical', {
    reason: 'made for a test',
    decimals: numeric ? 3 : null,
    bounds: numeric
      ? { min: least(present), max: -least(present.map((value) => -value)), declared: false }
      : null,
    levels: numeric ? null : column.levels,
  });
}
