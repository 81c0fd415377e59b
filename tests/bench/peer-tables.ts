import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import Papa from 'papaparse';
import type { ColumnSchema, Schema } from '../../src/data/schema';
import type { Column, Table } from '../../src/data/table';

const FOLDER = new URL('../../../shared/golden/tables/', import.meta.url);

/** Writes a file of the peers, such as `adult_train`, into a folder as CSV; answers its path. */
export function unpackPeerFile(name: string, folder: string): string {
  const path = join(folder, `${name}.csv`);
  writeFileSync(path, gunzipSync(readFileSync(new URL(`${name}.csv.gz`, FOLDER))));
  return path;
}

/** A peers' table as read: kinds from its metadata, missing as NaN or −1, nothing pooled or capped. */
export function loadPeerTable(
  name: string,
  part: 'train' | 'holdout' = 'train',
): { table: Table; schema: Schema } {
  const text = gunzipSync(readFileSync(new URL(`${name}_${part}.csv.gz`, FOLDER))).toString('utf8');
  const metadata = JSON.parse(readFileSync(new URL(`${name}_metadata.json`, FOLDER), 'utf8')) as {
    columns: Record<string, { sdtype: string }>;
  };
  const [header = [], ...lines] = Papa.parse<string[]>(text.trim()).data;
  const columns: Column[] = [];
  const schema: ColumnSchema[] = [];
  header.forEach((column, j) => {
    const cells = lines.map((line) => line[j] ?? '');
    const numeric = metadata.columns[column]?.sdtype === 'numerical';
    const built = numeric ? numberColumn(column, cells) : levelColumn(column, cells);
    columns.push(built.column);
    schema.push(built.entry);
  });
  return { table: { nRows: lines.length, columns }, schema: { version: 1, columns: schema } };
}

const isMissing = (cell: string) => cell === '' || cell === '?';

function baseEntry(name: string, cells: string[]) {
  return {
    name,
    role: 'none' as const,
    reason: 'from the metadata',
    included: true,
    format: null,
    constant: null,
    missingToken: '',
    nMissing: cells.filter(isMissing).length,
  };
}

function numberColumn(name: string, cells: string[]): { column: Column; entry: ColumnSchema } {
  const values = Float64Array.from(cells, (cell) => (isMissing(cell) ? NaN : Number(cell)));
  const decimals = Math.max(...cells.map((cell) => cell.split('.')[1]?.length ?? 0));
  const present = values.filter((value) => !Number.isNaN(value)).sort();
  const integer = present.every((value) => Number.isInteger(value));
  return {
    column: { kind: 'number', name, values },
    entry: {
      ...baseEntry(name, cells),
      type: integer ? 'integer' : 'continuous',
      decimals: integer ? 0 : decimals,
      bounds: { min: present[0] ?? 0, max: present[present.length - 1] ?? 0, declared: false },
      levels: null,
    },
  };
}

function levelColumn(name: string, cells: string[]): { column: Column; entry: ColumnSchema } {
  const counts = new Map<string, number>();
  for (const cell of cells) if (!isMissing(cell)) counts.set(cell, (counts.get(cell) ?? 0) + 1);
  const levels = [...counts].sort((a, b) => b[1] - a[1]).map(([level]) => level);
  const index = new Map(levels.map((level, i) => [level, i]));
  const codes = Int32Array.from(cells, (cell) => (isMissing(cell) ? -1 : (index.get(cell) ?? 0)));
  return {
    column: { kind: 'level', name, codes, levels },
    entry: { ...baseEntry(name, cells), type: 'categorical', decimals: null, bounds: null, levels },
  };
}
