import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import type { Column, LevelColumn, Table } from '../../src/data/table';
import { MODEL_IDS } from '../../src/models/synthesizer';
import { printHead, printSize } from './fit-growth';

const FILE = new URL('../../../shared/data/ssa_names/ssa_baby_names.csv.gz', import.meta.url);
const N_SHORT = 100;

/**
 * Whether a column of some hundred thousand levels blows a model up: the first names of the US Social Security Administration,
 * and beside it the same table with all names but a hundred as one. Options: --models trees,argn --every 1 (each n-th row).
 */
export async function main(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { models: { type: 'string', default: 'trees,argn' }, every: { type: 'string', default: '1' } },
  });
  if (!existsSync(FILE)) {
    console.log('Skipped: ../shared/data/ssa_names is not there.');
    return;
  }
  const long = readNames(Number(values.every));
  const short = { ...long, columns: long.columns.map(shorten) };
  printHead();
  for (const id of MODEL_IDS.filter((one) => values.models.split(',').includes(one)))
    for (const table of [short, long])
      await printSize(id, table, `${table.nRows}, ${countLevels(table)} names`);
}

function readNames(every: number): Table {
  const lines = gunzipSync(readFileSync(FILE)).toString('utf8').trim().split('\n').slice(1);
  const rows = lines.filter((_, i) => i % every === 0).map((line) => line.split(','));
  const numbers = (name: string, at: number): Column => ({
    kind: 'number',
    name,
    values: Float64Array.from(rows, (row) => Number(row[at])),
  });
  const levels = (name: string, at: number): Column => {
    const codeOf = new Map<string, number>();
    const codes = Int32Array.from(rows, (row) => {
      const level = row[at] ?? '';
      const code = codeOf.get(level) ?? codeOf.size;
      codeOf.set(level, code);
      return code;
    });
    return { kind: 'level', name, codes, levels: [...codeOf.keys()] };
  };
  const columns = [numbers('year', 0), levels('sex', 1), levels('name', 2), numbers('count', 3)];
  return { nRows: rows.length, columns };
}

/** The same column with all levels after the first hundred as one. */
function shorten(column: Column): Column {
  if (column.kind === 'number' || column.levels.length <= N_SHORT) return column;
  const codes = column.codes.map((code) => Math.min(code, N_SHORT));
  return { ...column, codes, levels: [...column.levels.slice(0, N_SHORT), 'other'] };
}

function countLevels({ columns }: Table): number {
  const names = columns.find((column): column is LevelColumn => column.name === 'name');
  return names?.levels.length ?? 0;
}
