import type { ColumnSchema, Schema } from '../../../src/data/schema';
import type { Column, Table } from '../../../src/data/table';
import { Rng } from '../../../src/math/rng';
import { makeColumnSchema } from '../../column-schema';

export const DAY = 86_400_000;
/** Rows made where nothing else is said. */
export const N = 3000;

export interface Stays {
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

/** Hospital stays: dates that follow one another, a copied number, a lab of the ward, an outcome of the lab, gaps. */
export function makeStays(nRows = N): Stays {
  const rng = Rng.fromSeed('stays');
  const ward = Int32Array.from({ length: nRows }, () => rng.int(4));
  const admitted = Float64Array.from({ length: nRows }, () => DAY * (18_000 + rng.int(1500)));
  const stay = Float64Array.from(ward, (code) => 1 + rng.int(3 + 4 * code));
  const discharged = admitted.map((day, i) => day + DAY * (stay[i] ?? 0));
  const billed = stay.map((days) => (rng.float() < 0.7 ? days : 1 + rng.int(40)));
  const lab = Float64Array.from(ward, (code) =>
    rng.float() < 0.15 ? NaN : Math.round(1e4 * (20 + 12 * code + 3 * rng.normal())) / 1e4,
  );
  const died = Int32Array.from(lab, (value) => (rng.float() < (value > 45 ? 0.85 : 0.08) ? 1 : 0));
  const range = (values: Float64Array): Partial<ColumnSchema> => {
    const present = values.filter((value) => !Number.isNaN(value)).sort();
    return { bounds: { min: present[0] ?? 0, max: present.at(-1) ?? 0, declared: false } };
  };
  const day = { format: 'yyyy-MM-dd' };
  return {
    table: {
      nRows,
      columns: [
        levels('ward', ward, ['a', 'b', 'c', 'd']),
        numbers('admitted', admitted),
        numbers('stay', stay),
        numbers('discharged', discharged),
        numbers('billed', billed),
        numbers('lab', lab),
        levels('died', died, ['no', 'yes']),
      ],
    },
    schema: {
      version: 1,
      columns: [
        makeColumnSchema('ward', 'categorical', { levels: ['a', 'b', 'c', 'd'] }),
        makeColumnSchema('admitted', 'datetime', { ...day, ...range(admitted) }),
        makeColumnSchema('stay', 'integer', { decimals: 0, ...range(stay) }),
        makeColumnSchema('discharged', 'datetime', { ...day, ...range(discharged) }),
        makeColumnSchema('billed', 'integer', { decimals: 0, ...range(billed) }),
        makeColumnSchema('lab', 'continuous', { decimals: 4, ...range(lab) }),
        makeColumnSchema('died', 'boolean', { levels: ['no', 'yes'], role: 'target' }),
      ],
    },
  };
}

/** Numbers of four decimals, each leaning on the one before it. */
export function makeLabs(nRows: number, nColumns: number): Stays {
  const rng = Rng.fromSeed('labs');
  const columns: Column[] = [];
  let before = new Float64Array(nRows);
  for (let c = 0; c < nColumns; c++) {
    before = before.map((value) => Math.round(1e4 * (0.7 * value + rng.normal())) / 1e4);
    columns.push(numbers(`lab ${c}`, before));
  }
  const bounds = { min: -10, max: 10, declared: false };
  const entries = columns.map(({ name }) => makeColumnSchema(name, 'continuous', { decimals: 4, bounds }));
  return { table: { nRows, columns }, schema: { version: 1, columns: entries } };
}

/** Three columns of diagnoses of 250 codes, common and rare, and four of few levels that lean on each other a little. */
export function makeDiagnoses(nRows: number): Stays {
  const rng = Rng.fromSeed('diagnoses');
  const draw = (pick: () => number) => Int32Array.from({ length: nRows }, pick);
  const codes = Array.from({ length: 250 }, (_, i) => `D${i}`);
  const few = ['a', 'b', 'c'];
  const first = draw(() => rng.int(3));
  const lean = () => first.map((code) => (rng.float() < 0.3 ? code : rng.int(3)));
  const diagnosis = () => draw(() => Math.floor(250 * rng.float() ** 2));
  const columns = [
    ...['first', 'second', 'third'].map((name) => levels(name, diagnosis(), codes)),
    levels('ward', first, few),
    ...['sex', 'age', 'drug'].map((name) => levels(name, lean(), few)),
  ];
  const entries = columns.map((column) =>
    makeColumnSchema(column.name, 'categorical', { levels: column.kind === 'level' ? column.levels : [] }),
  );
  return { table: { nRows, columns }, schema: { version: 1, columns: entries } };
}
