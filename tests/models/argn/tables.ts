import type { ColumnSchema, Schema } from '../../../src/data/schema';
import type { Column, Table } from '../../../src/data/table';
import { Rng } from '../../../src/math/rng';
import { argn } from '../../../src/models/argn/argn';
import type { ModelConfig } from '../../../src/models/synthesizer';
import { makeColumnSchema } from '../../column-schema';
import { recordRun } from '../copula-run';

export interface Input {
  readonly table: Table;
  readonly schema: Schema;
}

export const numbers = (name: string, values: Float64Array): Column => ({ kind: 'number', name, values });
export const levels = (name: string, codes: Int32Array, names: readonly string[]): Column => ({
  kind: 'level',
  name,
  codes,
  levels: names,
});

/** A table with a schema that fits it: four decimals, levels as given, the last column the target if it has levels. */
export function describeTable(columns: readonly Column[], decimals = 4): Input {
  const entries = columns.map((column, i): ColumnSchema => {
    if (column.kind === 'level') {
      const role = i === columns.length - 1 ? 'target' : 'none';
      return makeColumnSchema(column.name, 'categorical', { levels: column.levels, role });
    }
    const present = column.values.filter((value) => !Number.isNaN(value)).sort();
    const bounds =
      present.length === 0 ? null : { min: present[0] ?? 0, max: present.at(-1) ?? 0, declared: false };
    return makeColumnSchema(column.name, 'continuous', { decimals, bounds });
  });
  const first = columns[0];
  const nRows = first === undefined ? 0 : first.kind === 'level' ? first.codes.length : first.values.length;
  return { table: { nRows, columns }, schema: { version: 1, columns: entries } };
}

/** A ward, a lab of the ward with gaps, a dose that rises with the lab, and an outcome that ward and lab decide together. */
export function makeStays(nRows: number, seed = 'stays'): Input {
  const rng = Rng.fromSeed(seed);
  const ward = Int32Array.from({ length: nRows }, () => rng.int(4));
  const fine = (value: number) => Math.round(1e4 * value) / 1e4;
  const lab = Float64Array.from(ward, (code) =>
    rng.float() < 0.15 ? NaN : fine(20 + 12 * code + 3 * rng.normal()),
  );
  const dose = lab.map((value) => fine(Number.isNaN(value) ? 5 + rng.normal() : value / 4 + rng.normal()));
  // High doses kill in the first two wards and save in the others: no pair of columns shows it.
  const died = Int32Array.from(ward, (code, i) => {
    const isHigh = (dose[i] ?? 0) > 5 + 3 * code - 0.2;
    return rng.float() < (isHigh === code < 2 ? 0.85 : 0.1) ? 1 : 0;
  });
  return describeTable([
    levels('ward', ward, ['a', 'b', 'c', 'd']),
    numbers('lab', lab),
    numbers('dose', dose),
    levels('died', died, ['no', 'yes']),
  ]);
}

/** Numbers of four decimals, each leaning on the one before it. */
export function makeLabs(nRows: number, nColumns: number): Input {
  const rng = Rng.fromSeed('labs');
  const columns: Column[] = [];
  let before = new Float64Array(nRows);
  for (let c = 0; c < nColumns; c++) {
    before = before.map((value) => Math.round(1e4 * (0.7 * value + rng.normal())) / 1e4);
    columns.push(numbers(`lab ${c}`, before));
  }
  return describeTable(columns);
}

export async function draw(input: Input, config: ModelConfig = {}, seed = 1): Promise<Table> {
  const model = await argn.train(input, config, Rng.fromSeed(seed), recordRun());
  return model.sample(input.table.nRows, Rng.fromSeed(seed).fork('rows'));
}
