import { beforeAll, describe, expect, it } from 'vitest';
import { takeRows, type Table } from '../../../src/data/table';
import { Rng } from '../../../src/math/rng';
import { measureArea } from '../../../src/math/roc';
import { argn } from '../../../src/models/argn/argn';
import type { ModelConfig } from '../../../src/models/synthesizer';
import { recordRun } from '../copula-run';
import { describeTable, draw, levels, makeLabs, makeStays, numbers } from './tables';

function valuesOf(table: Table, name: string): Float64Array {
  const column = table.columns.find((candidate) => candidate.name === name);
  if (column === undefined) throw new Error(`no column ${name}`);
  return column.kind === 'number' ? column.values : Float64Array.from(column.codes);
}

const mean = (values: ArrayLike<number>) => Array.from(values).reduce((a, b) => a + b, 0) / values.length;
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

/** Share of present values that are found in `other` too. */
function shareFound(values: Float64Array, other: Float64Array): number {
  const known = new Set(other);
  const present = values.filter((value) => !Number.isNaN(value));
  return present.filter((value) => known.has(value)).length / present.length;
}

/** How often people die by ward and by whether their dose is high for the ward. */
function deathRates(table: Table): number[] {
  const [ward, dose, died] = ['ward', 'dose', 'died'].map((name) => valuesOf(table, name));
  return [0, 1, 2, 3].flatMap((code) =>
    [true, false].map((isHigh) =>
      mean(
        range(0, table.nRows)
          .filter((i) => ward?.[i] === code && (dose?.[i] ?? 0) > 5 + 3 * code - 0.2 === isHigh)
          .map((i) => died?.[i] ?? 0),
      ),
    ),
  );
}

describe('autoregressive nets', () => {
  const input = makeStays(3000);
  let drawn: Table;

  beforeAll(async () => {
    drawn = await draw(input);
  });

  it('have the columns of train in their order, levels and bounds', () => {
    expect(drawn.columns.map(({ name }) => name)).toEqual(input.table.columns.map(({ name }) => name));
    drawn.columns.forEach((column, i) => {
      const entry = input.schema.columns[i];
      if (column.kind === 'level') return expect(column.levels).toEqual(entry?.levels);
      const present = column.values.filter((value) => !Number.isNaN(value));
      expect(Math.min(...present)).toBeGreaterThanOrEqual(entry?.bounds?.min ?? NaN);
      expect(Math.max(...present)).toBeLessThanOrEqual(entry?.bounds?.max ?? NaN);
      const off = present.map((value) => Math.abs(1e4 * value - Math.round(1e4 * value)));
      expect(Math.max(...off)).toBeLessThan(1e-6);
    });
  });

  it('keep gaps, margins and what two columns together decide', () => {
    const gaps = (table: Table) => mean(valuesOf(table, 'lab').map((value) => (Number.isNaN(value) ? 1 : 0)));
    expect(Math.abs(gaps(drawn) - gaps(input.table))).toBeLessThan(0.03);
    const [own, made] = [deathRates(input.table), deathRates(drawn)];
    const errors = own.map((rate, i) => Math.abs(rate - (made[i] ?? NaN)));
    expect(mean(errors)).toBeLessThan(0.12);
    expect((made[0] ?? 0) - (made[1] ?? 1)).toBeGreaterThan(0.4);
    expect((made[6] ?? 1) - (made[7] ?? 0)).toBeLessThan(-0.4);
  });

  it('write fine numbers afresh instead of repeating those of patients', () => {
    expect(shareFound(valuesOf(drawn, 'lab'), valuesOf(input.table, 'lab'))).toBeLessThan(0.05);
  });

  it('draw and score alike from a copy of the state, and draw others from another seed', async () => {
    const model = await argn.train(input, {}, Rng.fromSeed(1), recordRun());
    const copy = await argn.restore(structuredClone(await model.state()));
    const rows = await model.sample(50, Rng.fromSeed(2));
    expect(await copy.sample(50, Rng.fromSeed(2))).toEqual(rows);
    expect(await copy.sample(50, Rng.fromSeed(3))).not.toEqual(rows);
    const scores = await model.score?.(rows);
    expect(await copy.score?.(rows)).toEqual(scores);
    expect(scores?.every(Number.isFinite)).toBe(true);
  });

  it('find rows of train likelier than the same rows with their columns shuffled', async () => {
    const model = await argn.train(input, {}, Rng.fromSeed(1), recordRun());
    const shuffled = input.table.columns.map((column, c) => {
      const order = Rng.fromSeed(`shuffle ${c}`).permutation(input.table.nRows);
      return takeRows({ nRows: input.table.nRows, columns: [column] }, order).columns[0] ?? column;
    });
    const own = await model.score?.(input.table);
    const mixed = await model.score?.({ nRows: input.table.nRows, columns: shuffled });
    expect(mean(own ?? [])).toBeGreaterThan(mean(mixed ?? []) + 1);
  });

  it('stop when asked to', async () => {
    await expect(argn.train(input, {}, Rng.fromSeed(1), recordRun(['cancel']))).rejects.toThrow(/cancelled/);
  });

  it.each([{ depth: 3 }, { k: 0 }, { hidden: 1.5 }, { epochs: 0 }])(
    'refuse the setting %j',
    async (config) => {
      await expect(argn.train(input, config, Rng.fromSeed(1), recordRun())).rejects.toThrow(/"argn"/);
    },
  );

  it('refuse a state of another model', async () => {
    await expect(argn.restore({ model: 'copula', version: 1, payload: null })).rejects.toThrow(
      /train it again/,
    );
  });
});

describe('tables that leave little to learn', () => {
  const n = 60;
  const cases = {
    'a constant column': describeTable([
      numbers('x', new Float64Array(n).fill(7)),
      ...makeLabs(n, 1).table.columns,
    ]),
    'a column without values': describeTable([
      numbers('x', new Float64Array(n).fill(NaN)),
      ...makeLabs(n, 1).table.columns,
    ]),
    'one level': describeTable([levels('x', new Int32Array(n), ['only']), ...makeLabs(n, 1).table.columns]),
    'one column': makeLabs(n, 1),
  };

  it.each(Object.entries(cases))('%s', async (_, input) => {
    const drawn = await draw(input);
    expect(drawn.nRows).toBe(n);
    const [own, made] = [input.table.columns[0], drawn.columns[0]];
    if (own?.kind === 'level' && made?.kind === 'level') expect(new Set(made.codes)).toEqual(new Set([0]));
    if (own?.kind === 'number' && own.name === 'x' && made?.kind === 'number')
      expect(new Set(made.values)).toEqual(new Set(own.values));
  });
});

/** Each control, taken away, makes a figure of memorising worse. */
describe('controls against memorising', () => {
  it('floors under atoms and bins: without them the numbers of patients come back', async () => {
    const input = makeStays(600);
    const lab = valuesOf(input.table, 'lab');
    const kept = shareFound(valuesOf(await draw(input), 'lab'), lab);
    const bare = shareFound(valuesOf(await draw(input, { atomRows: 1, binRows: 1 }), 'lab'), lab);
    expect(kept).toBeLessThan(0.05);
    expect(bare).toBeGreaterThan(0.9);
  });

  it('small nets, few parents and few epochs: without them the model knows its own rows again', async () => {
    const all = makeLabs(2400, 8);
    const [inside, outside] = [takeRows(all.table, range(0, 800)), takeRows(all.table, range(800, 2400))];
    const attack = async (config: ModelConfig) => {
      const model = await argn.train({ ...all, table: inside }, config, Rng.fromSeed(1), recordRun());
      const [own, other] = [await model.score?.(inside), await model.score?.(outside)];
      return measureArea(own ?? new Float64Array(), other ?? new Float64Array())?.auc ?? NaN;
    };
    const held = await attack({});
    const large = await attack({ hidden: 64, knots: 16 });
    const long = await attack({ epochs: 60 });
    expect(held).toBeLessThan(0.75);
    expect(large).toBeGreaterThan(held + 0.02);
    expect(long).toBeGreaterThan(held + 0.05);
  });

  it('k: a level of fewer rows is not learnt', async () => {
    const codes = Int32Array.from({ length: 600 }, (_, i) => (i < 3 ? 1 : 0));
    const input = describeTable([
      levels('rare', codes, ['usual', 'rare']),
      ...makeLabs(600, 1).table.columns,
    ]);
    expect(new Set(valuesOf(await draw(input), 'rare'))).toEqual(new Set([0]));
    expect(new Set(valuesOf(await draw(input, { k: 1 }), 'rare'))).toEqual(new Set([0, 1]));
  });
});
