import { beforeAll, describe, expect, it } from 'vitest';
import { takeRows, type Table } from '../../../src/data/table';
import type { Schema } from '../../../src/data/schema';
import { Rng } from '../../../src/math/rng';
import type { ModelConfig } from '../../../src/models/synthesizer';
import { trees } from '../../../src/models/trees/trees';
import { makeColumnSchema } from '../../column-schema';
import { recordRun } from '../copula-run';
import { DAY, levels, makeDiagnoses, makeLabs, makeStays, numbers, type Stays } from './stays';

async function draw(input: Stays, config: ModelConfig = {}, seed = 1): Promise<Table> {
  const model = await trees.train(input, config, Rng.fromSeed(seed), recordRun());
  return model.sample(input.table.nRows, Rng.fromSeed(seed).fork('rows'));
}

function valuesOf(table: Table, name: string): Float64Array {
  const column = table.columns.find((candidate) => candidate.name === name);
  if (column === undefined) throw new Error(`no column ${name}`);
  return column.kind === 'number' ? column.values : Float64Array.from(column.codes);
}

/** Share of present values that are found in `other` too. */
function shareFound(values: Float64Array, other: Float64Array): number {
  const known = new Set(other);
  const present = values.filter((value) => !Number.isNaN(value));
  return present.filter((value) => known.has(value)).length / present.length;
}

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

/** Probability that a row of the first list scores higher than one of the second. */
function areaUnderRoc(inside: Float64Array, outside: Float64Array): number {
  let sum = 0;
  for (const a of inside) for (const b of outside) sum += a > b ? 1 : a === b ? 0.5 : 0;
  return sum / (inside.length * outside.length);
}

/** How well the likelihood of a model of the first rows tells them from the others, as an area under the curve. */
function openAttack(all: Stays, nInside: number): (config: ModelConfig) => Promise<number> {
  const inside = takeRows(all.table, range(0, nInside));
  const outside = takeRows(all.table, range(nInside, all.table.nRows));
  return async (config) => {
    const model = await trees.train({ ...all, table: inside }, config, Rng.fromSeed(1), recordRun());
    if (model.score === null) throw new Error('trees have a likelihood');
    return areaUnderRoc(await model.score(inside), await model.score(outside));
  };
}

const mean = (values: ArrayLike<number>) => Array.from(values).reduce((a, b) => a + b, 0) / values.length;

describe('sequential trees', () => {
  const input = makeStays();
  let drawn: Table;

  beforeAll(async () => {
    drawn = await draw(input);
  });

  it('have the columns of train in their order, every value valid', () => {
    expect(drawn.columns.map(({ name }) => name)).toEqual(input.table.columns.map(({ name }) => name));
    drawn.columns.forEach((column, i) => {
      const entry = input.schema.columns[i];
      if (column.kind === 'level') expect(column.levels).toEqual(entry?.levels);
      else {
        const present = column.values.filter((value) => !Number.isNaN(value));
        const step = entry?.type === 'datetime' ? DAY : 10 ** -(entry?.decimals ?? 0);
        const off = present.map((value) => Math.abs(value / step - Math.round(value / step)));
        expect([column.name, Math.max(...off) < 1e-6]).toEqual([column.name, true]);
        expect(Math.min(...present)).toBeGreaterThanOrEqual(entry?.bounds?.min ?? NaN);
        expect(Math.max(...present)).toBeLessThanOrEqual(entry?.bounds?.max ?? NaN);
      }
    });
  });

  it('keep one column of dates behind the other, as in train', () => {
    const [from, to] = [valuesOf(drawn, 'admitted'), valuesOf(drawn, 'discharged')];
    const days = to.map((day, i) => (day - (from[i] ?? 0)) / DAY);
    expect(Math.min(...days)).toBeGreaterThanOrEqual(1);
    const late = days.filter((value) => value > 15).length;
    expect(late).toBe(0);
  });

  it('repeat a number of another column as often as train does', () => {
    const equal = (table: Table) =>
      mean(valuesOf(table, 'stay').map((days, i) => (days === valuesOf(table, 'billed')[i] ? 1 : 0)));
    expect(Math.abs(equal(drawn) - equal(input.table))).toBeLessThan(0.05);
  });

  it('keep gaps, and what depends on what', () => {
    const gaps = (table: Table) => mean(valuesOf(table, 'lab').map((value) => (Number.isNaN(value) ? 1 : 0)));
    expect(Math.abs(gaps(drawn) - gaps(input.table))).toBeLessThan(0.03);
    for (const table of [input.table, drawn]) {
      const lab = valuesOf(table, 'lab');
      const died = valuesOf(table, 'died');
      const among = (test: (value: number) => boolean) => mean(died.filter((_, i) => test(lab[i] ?? NaN)));
      expect(among((value) => value > 48)).toBeGreaterThan(0.75);
      expect(among((value) => value < 42)).toBeLessThan(0.15);
    }
  });

  it('write fine numbers afresh instead of repeating those of patients', () => {
    const share = shareFound(valuesOf(drawn, 'lab'), valuesOf(input.table, 'lab'));
    expect(share).toBeLessThan(0.05);
  });

  it('draw the same rows from the same seed, from a copy of the state too, and others from another', async () => {
    const model = await trees.train(input, {}, Rng.fromSeed(1), recordRun());
    const copy = await trees.restore(structuredClone(await model.state()));
    const rows = await model.sample(50, Rng.fromSeed(2));
    expect(await copy.sample(50, Rng.fromSeed(2))).toEqual(rows);
    expect(await copy.sample(50, Rng.fromSeed(3))).not.toEqual(rows);
  });

  it('learn a column of a wide table from those most associated with it, wherever they stand', async () => {
    const wide = makeLabs(400, 60);
    const last = wide.table.columns.at(-1);
    const first = wide.table.columns[0];
    if (first?.kind !== 'number' || last?.kind !== 'number') throw new Error('labs are numbers');
    const follower = first.values.map((value, i) => Math.round(1e4 * (value + 0.01 * (i % 7))) / 1e4);
    const columns = [...wide.table.columns.slice(0, -1), { ...last, values: follower }];
    const input = { table: { ...wide.table, columns }, schema: wide.schema };
    const model = await trees.train(input, {}, Rng.fromSeed(1), recordRun());
    const rows = await model.sample(400, Rng.fromSeed(2));
    const [a, b] = [valuesOf(rows, first.name), valuesOf(rows, last.name)];
    expect(mean(a.map((value, i) => Math.abs(value - (b[i] ?? NaN))))).toBeLessThan(0.3);
    expect((await model.score?.(input.table))?.every(Number.isFinite)).toBe(true);
  });

  it('tell a step a column, and stop when asked to', async () => {
    const run = recordRun();
    await trees.train(input, {}, Rng.fromSeed(1), run);
    expect(run.events.filter(({ kind }) => kind === 'progress')).toHaveLength(7);
    await expect(trees.train(input, {}, Rng.fromSeed(1), recordRun(['cancel']))).rejects.toThrow(/cancelled/);
  });

  it.each([{ depth: 3 }, { k: 0 }, { minLeaf: 1.5 }, { binRows: 0 }])(
    'refuse the setting %j',
    async (config) => {
      await expect(trees.train(input, config, Rng.fromSeed(1), recordRun())).rejects.toThrow(/"trees"/);
    },
  );

  it('refuse a state of another model', async () => {
    await expect(trees.restore({ model: 'copula', version: 1, payload: null })).rejects.toThrow(
      /train it again/,
    );
  });
});

/** Each control, taken away, makes a figure of copying worse. */
describe('controls against copying', () => {
  const input = makeStays(600);

  it('floors under atoms and bins: without them the numbers of patients come back', async () => {
    const lab = valuesOf(input.table, 'lab');
    const kept = shareFound(valuesOf(await draw(input), 'lab'), lab);
    const bare = shareFound(valuesOf(await draw(input, { atomRows: 1, binRows: 1 }), 'lab'), lab);
    expect(kept).toBeLessThan(0.05);
    expect(bare).toBeGreaterThan(0.9);
  });

  it('leaf size, gain and shrinkage: without them the combinations of patients come back', async () => {
    const looked = ['ward', 'stay', 'billed', 'lab', 'died'];
    const key = (table: Table, i: number) => looked.map((name) => valuesOf(table, name)[i]).join();
    const countCopies = (table: Table) => {
      const known = new Set(Array.from({ length: 600 }, (_, i) => key(input.table, i)));
      return Array.from({ length: 600 }, (_, i) => key(table, i)).filter((row) => known.has(row)).length;
    };
    const open = { atomRows: 1, binRows: 1, k: 1, groups: 1e6, boostRounds: 0 };
    const loose = countCopies(
      await draw(input, { ...open, minLeaf: 1, minGain: 1, nodeRows: 1, shrinkage: 0, weighSplits: 0 }),
    );
    const held = countCopies(await draw(input, { ...open, minLeaf: 30, shrinkage: 8 }));
    expect(loose).toBeGreaterThan(2 * held + 20);
  });

  it('rows behind a level: without them the model knows its own rows again by their codes', async () => {
    const attack = openAttack(makeDiagnoses(4500), 1500);
    const held = await attack({});

    expect(await attack({ levelRows: 1 })).toBeGreaterThan(held + 0.04);
    expect(await attack({ nodeRows: 1 })).toBeGreaterThan(held + 0.008);
  });

  it('groups, weighed splits and leaves: without them the model knows its own rows again', async () => {
    const attack = openAttack(makeLabs(3000, 10), 1000);
    const held = await attack({});
    const fine = await attack({ groups: 1e6 });
    const trusting = await attack({ weighSplits: 0 });
    const small = await attack({ minLeaf: 3, minGain: 1, shrinkage: 0, weighSplits: 0 });
    expect(fine).toBeGreaterThan(held + 0.05);
    expect(trusting).toBeGreaterThan(held + 0.015);
    expect(small).toBeGreaterThan(held + 0.2);
  });

  it('k: a level of fewer rows is not learnt, nor the value of fewer rows at an end', async () => {
    const codes = Int32Array.from({ length: 600 }, (_, i) => (i < 3 ? 1 : 0));
    const values = Float64Array.from({ length: 600 }, (_, i) => (i === 0 ? 900 : i % 97));
    const table: Table = {
      nRows: 600,
      columns: [levels('rare', codes, ['usual', 'rare']), numbers('x', values)],
    };
    const bounds = { min: 0, max: 900, declared: false };
    const schema: Schema = {
      version: 1,
      columns: [
        makeColumnSchema('rare', 'categorical', { levels: ['usual', 'rare'] }),
        makeColumnSchema('x', 'integer', { decimals: 0, bounds }),
      ],
    };
    const held = await draw({ table, schema });
    expect(new Set(valuesOf(held, 'rare'))).toEqual(new Set([0]));
    expect(Math.max(...valuesOf(held, 'x'))).toBeLessThanOrEqual(96);
    const open = await draw({ table, schema }, { k: 1, shrinkage: 0 });
    expect(new Set(valuesOf(open, 'rare'))).toEqual(new Set([0, 1]));
    expect(Math.max(...valuesOf(open, 'x'))).toBeGreaterThan(96);
  });
});
