import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import Papa from 'papaparse';
import { SCHEMA_VERSION } from '../../src/data/schema';
import type { ColumnSchema, Schema } from '../../src/data/schema';
import type { Column, Table } from '../../src/data/table';
import type { ColumnKind } from '../../src/measure/fidelity/column-kinds';
import { makeColumnSchema } from '../column-schema';

/** Golden tables and scores live beside the repository; tests that need them skip where they are absent. */
export const GOLDEN = resolve(import.meta.dirname, '../../../shared/golden');
export const hasGolden = existsSync(GOLDEN);

export function loadGoldenJson<T>(path: string): T {
  return JSON.parse(readFileSync(resolve(GOLDEN, path), 'utf8')) as T;
}

/** Kinds of a golden data set (`adult`, `support2`), in metadata order. */
export function loadGoldenKinds(dataset: string): readonly ColumnKind[] {
  const metadata = loadGoldenJson<{ columns: Record<string, { sdtype: ColumnKind['kind'] }> }>(
    `tables/${dataset}_metadata.json`,
  );
  return Object.entries(metadata.columns).map(([name, { sdtype }]) => ({ name, kind: sdtype }));
}

/** A golden table by file stem, e.g. `adult_train`; `missing` are the cell texts read as missing. */
export function loadGoldenTable(
  stem: string,
  kinds: readonly ColumnKind[],
  missing: readonly string[],
): Table {
  const text = gunzipSync(readFileSync(resolve(GOLDEN, `tables/${stem}.csv.gz`))).toString('utf8');
  const [header = [], ...rows] = Papa.parse<string[]>(text, { skipEmptyLines: true }).data;
  const columns = kinds.map((kind) => {
    const at = header.indexOf(kind.name);
    return buildColumn(
      kind,
      rows.map((row) => row[at] ?? ''),
      missing,
    );
  });
  return { nRows: rows.length, columns };
}

/** A column from cell texts. */
export function buildColumn(kind: ColumnKind, cells: readonly string[], missing: readonly string[]): Column {
  const isMissing = (cell: string): boolean => missing.includes(cell);
  if (kind.kind === 'numerical') {
    const values = Float64Array.from(cells, (cell) => (isMissing(cell) ? NaN : Number(cell)));
    return { kind: 'number', name: kind.name, values };
  }
  const levels = new Map<string, number>();
  const codes = Int32Array.from(cells, (cell) => {
    if (isMissing(cell)) return -1;
    const code = levels.get(cell) ?? levels.size;
    levels.set(cell, code);
    return code;
  });
  return { kind: 'level', name: kind.name, codes, levels: [...levels.keys()] };
}

/** A schema for a golden table, with decimals and bounds as its cells show them. */
export function describeGolden(source: Table): Schema {
  return { version: SCHEMA_VERSION, columns: source.columns.map(describeColumn) };
}

function describeColumn(column: Column): ColumnSchema {
  const numeric = column.kind === 'number';
  const present = numeric ? column.values.filter((value) => !Number.isNaN(value)).sort() : new Float64Array();
  const decimals = present.reduce((most, value) => Math.max(most, countDecimals(value)), 0);
  return makeColumnSchema(
    column.name,
    numeric ? (decimals === 0 ? 'integer' : 'continuous') : 'categorical',
    {
      reason: 'read off the golden table',
      decimals: numeric ? decimals : null,
      bounds: numeric ? { min: present[0] ?? 0, max: present.at(-1) ?? 0, declared: false } : null,
      levels: numeric ? null : column.levels,
    },
  );
}

function countDecimals(value: number): number {
  const [, fraction = '', exponent = '0'] = /^-?\d+(?:\.(\d+))?(?:e([-+]\d+))?$/.exec(String(value)) ?? [];
  return Math.max(0, fraction.length - Number(exponent));
}
