import { beforeAll, describe, expect, it } from 'vitest';
import type { Table } from '../../../src/data/table';
import { Rng } from '../../../src/math/rng';
import { argn } from '../../../src/models/argn/argn';
import { levelsOf, recordRun, shareMissing, valuesOf } from '../copula-run';
import { describeTable, draw, levels, makeStays, numbers } from './tables';

const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;

/** Share of deaths among rows of a kind. */
function deathsAmong(table: Table, test: (row: { ward: string | null; dose: number }) => boolean): number {
  const [ward, dose, died] = [levelsOf(table, 'ward'), valuesOf(table, 'dose'), levelsOf(table, 'died')];
  const rows = [...died.keys()].filter((i) => test({ ward: ward[i] ?? null, dose: dose[i] ?? NaN }));
  return mean(rows.map((i) => (died[i] === 'yes' ? 1 : 0)));
}

describe('autoregressive nets', () => {
  const input = makeStays(4000);
  let drawn: Table;

  beforeAll(async () => {
    drawn = await draw(input);
  });

  it('have the columns of train in their order, every value valid', () => {
    expect(drawn.columns.map(({ name }) => name)).toEqual(input.table.columns.map(({ name }) => name));
    for (const [i, column] of drawn.columns.entries()) {
      const entry = input.schema.columns[i];
      if (column.kind === 'level') {
        expect(column.levels).toEqual(entry?.levels);
        continue;
      }
      const present = column.values.filter((value) => !Number.isNaN(value));
      expect(
        Math.max(...present.map((value) => Math.abs(value * 1e4 - Math.round(value * 1e4)))),
      ).toBeLessThan(1e-6);
      expect(Math.min(...present)).toBeGreaterThanOrEqual(entry?.bounds?.min ?? NaN);
      expect(Math.max(...present)).toBeLessThanOrEqual(entry?.bounds?.max ?? NaN);
    }
  });

  it('keep gaps as they are in train, and where they come from', () => {
    const [lab, wanted] = [valuesOf(drawn, 'lab'), valuesOf(input.table, 'lab')];
    expect(Math.abs(shareMissing(lab) - shareMissing(wanted))).toBeLessThan(0.02);
    const dose = valuesOf(drawn, 'dose');
    const atGaps = dose.filter((_, i) => Number.isNaN(lab[i] ?? NaN));
    expect(Math.abs(mean(atGaps) - 5)).toBeLessThan(0.4);
    expect(shareMissing(dose)).toBe(0);
  });

  it('keep a number that rises with another within each ward', () => {
    const residuals = (table: Table) => {
      const [lab, dose] = [valuesOf(table, 'lab'), valuesOf(table, 'dose')];
      return [...lab.keys()].flatMap((i) =>
        Number.isNaN(lab[i] ?? NaN) ? [] : [(dose[i] ?? 0) - (lab[i] ?? 0) / 4],
      );
    };
    const spread = (values: readonly number[]) => Math.sqrt(mean(values.map((value) => value * value)));
    expect(spread(residuals(input.table))).toBeLessThan(1.05);
    // Wards alone leave 1.25.
    expect(spread(residuals(drawn))).toBeLessThan(1.15);
  });

  it('keep what only two columns together decide', () => {
    for (const table of [input.table, drawn]) {
      expect(deathsAmong(table, ({ ward, dose }) => ward === 'a' && dose > 6)).toBeGreaterThan(0.7);
      expect(deathsAmong(table, ({ ward, dose }) => ward === 'a' && dose < 4)).toBeLessThan(0.25);
      expect(deathsAmong(table, ({ ward, dose }) => ward === 'd' && dose > 15)).toBeLessThan(0.25);
      expect(deathsAmong(table, ({ ward, dose }) => ward === 'd' && dose < 12)).toBeGreaterThan(0.7);
    }
  });

  it('draw the same rows and score alike from the same seed and from a copy of the state', async () => {
    const model = await argn.train(input, {}, Rng.fromSeed(1), recordRun());
    const copy = await argn.restore(structuredClone(await model.state()));
    const rows = await model.sample(500, Rng.fromSeed(2));
    expect(await copy.sample(500, Rng.fromSeed(2))).toEqual(rows);
    expect(await copy.sample(500, Rng.fromSeed(3))).not.toEqual(rows);
    expect(await copy.score?.(input.table)).toEqual(await model.score?.(input.table));
    const again = await argn.train(input, {}, Rng.fromSeed(1), recordRun());
    expect(await again.state()).toEqual(await model.state());
    const other = await argn.train(input, {}, Rng.fromSeed(2), recordRun());
    expect(await other.state()).not.toEqual(await model.state());
  });

  it('draw rows one by one that are worth as much as many at once', async () => {
    const model = await argn.train(input, {}, Rng.fromSeed(1), recordRun());
    const [few, many] = [await model.sample(1, Rng.fromSeed(5)), await model.sample(20_000, Rng.fromSeed(5))];
    expect(few.nRows).toBe(1);
    expect((await model.sample(0, Rng.fromSeed(5))).nRows).toBe(0);
    expect(Math.abs(deathsAmong(many, () => true) - deathsAmong(input.table, () => true))).toBeLessThan(0.03);
  });

  it('find likely rows likelier than rows put together from several', async () => {
    const model = await argn.train(input, {}, Rng.fromSeed(1), recordRun());
    const fresh = makeStays(1000, 'fresh').table;
    const mixed: Table = {
      nRows: 1000,
      columns: fresh.columns.map((column, c) =>
        column.kind === 'number'
          ? { ...column, values: column.values.map((_, i) => column.values[(i + 7 * c) % 1000] ?? NaN) }
          : column,
      ),
    };
    const score = async (table: Table) => mean(Array.from((await model.score?.(table)) ?? [NaN]));
    expect(await score(fresh)).toBeGreaterThan((await score(mixed)) + 1);
  });

  it('give a finite score to values and levels that train never had', async () => {
    const model = await argn.train(input, {}, Rng.fromSeed(1), recordRun());
    const odd: Table = {
      nRows: 2,
      columns: [
        levels('ward', Int32Array.of(0, -1), ['elsewhere']),
        numbers('lab', Float64Array.of(1e9, NaN)),
        numbers('dose', Float64Array.of(NaN, -1e9)),
        levels('died', Int32Array.of(0, 1), ['yes', 'no']),
      ],
    };
    const scores = (await model.score?.(odd)) ?? new Float64Array();
    expect(scores.length).toBe(2);
    expect(scores.every((value) => Number.isFinite(value))).toBe(true);
  });

  it('tell how far they are, wait while paused and stop when asked to', async () => {
    const run = recordRun(['run', 'pause', 'pause', 'run']);
    await argn.train(input, { epochs: 2 }, Rng.fromSeed(1), run);
    const told = run.events.flatMap((event) => (event.kind === 'progress' ? [event] : []));
    expect(told.length).toBeGreaterThan(2);
    expect(told.at(-1)).toMatchObject({ step: 4, nSteps: 4, epoch: 2, nEpochs: 2, etaMs: 0 });
    await expect(argn.train(input, {}, Rng.fromSeed(1), recordRun(['run', 'cancel']))).rejects.toThrow(
      /cancelled/,
    );
  });

  it.each([{ depth: 3 }, { k: 0 }, { hidden: 1.5 }, { epochs: -1 }, { groups: 1e6 }])(
    'refuse the setting %j',
    async (config) => {
      await expect(argn.train(input, config, Rng.fromSeed(1), recordRun())).rejects.toThrow(/"argn"/);
    },
  );

  it.each([
    { model: 'copula' as const, version: 2 },
    { model: 'argn' as const, version: 1 },
  ])('refuse the state %j', async (state) => {
    await expect(argn.restore({ ...state, payload: null })).rejects.toThrow(/train it again/);
  });

  it('draw a column that looks at no other in the same shares whatever the seed', async () => {
    const codes = Int32Array.from({ length: 1000 }, (_, i) => (i % 10 < 3 ? 1 : 0));
    const model = await argn.train(
      describeTable([levels('x', codes, ['a', 'b'])]),
      {},
      Rng.fromSeed(1),
      recordRun(),
    );
    const drawn = [];
    for (const seed of [1, 2, 3, 4]) {
      const rows = levelsOf(await model.sample(1000, Rng.fromSeed(seed)), 'x');
      drawn.push({ rows, nOfB: rows.filter((level) => level === 'b').length });
    }
    for (const { rows, nOfB } of drawn) {
      expect(Math.abs(nOfB - (drawn[0]?.nOfB ?? 0))).toBeLessThanOrEqual(1);
      expect(Math.abs(nOfB - 300)).toBeLessThan(15);
      // In random order: the first half has about half of them.
      expect(Math.abs(rows.slice(0, 500).filter((level) => level === 'b').length - nOfB / 2)).toBeLessThan(
        40,
      );
    }
    expect(new Set(drawn.map(({ rows }) => rows.join())).size).toBe(4);
  });
});

describe('small and dull tables', () => {
  const n = 30;
  const rng = Rng.fromSeed('small');
  const columns = [
    numbers('constant', new Float64Array(n).fill(4)),
    levels('one level', new Int32Array(n), ['only']),
    numbers('empty', new Float64Array(n).fill(NaN)),
    levels('no level', new Int32Array(n).fill(-1), ['never']),
    levels(
      'rare',
      Int32Array.from({ length: n }, (_, i) => (i < 2 ? 1 : 0)),
      ['usual', 'rare'],
    ),
    levels(
      'all rare',
      Int32Array.from({ length: n }, (_, i) => i),
      Array.from({ length: n }, (_, i) => `id ${i}`),
    ),
    numbers(
      'x',
      Float64Array.from({ length: n }, () => rng.normal()),
    ),
  ];

  it('come back whole: constants, single levels and empty columns as they were, rare levels not at all', async () => {
    const table = await draw(describeTable(columns));
    expect(table.nRows).toBe(n);
    expect(new Set(valuesOf(table, 'constant'))).toEqual(new Set([4]));
    expect(new Set(levelsOf(table, 'one level'))).toEqual(new Set(['only']));
    expect(shareMissing(valuesOf(table, 'empty'))).toBe(1);
    expect(new Set(levelsOf(table, 'no level'))).toEqual(new Set([null]));
    expect(new Set(levelsOf(table, 'rare'))).toEqual(new Set(['usual']));
    expect(new Set(levelsOf(table, 'all rare'))).toEqual(new Set([null]));
    expect(valuesOf(table, 'x').every((value) => Math.abs(value) < 4)).toBe(true);
  });

  it('are learnt when there is only one column, of either kind', async () => {
    for (const column of [columns[4], columns[6]]) {
      if (column === undefined) throw new Error('no such column');
      expect((await draw(describeTable([column]))).nRows).toBe(n);
    }
  });

  it('are refused with fewer rows than must stand behind a value', async () => {
    const few = describeTable([numbers('x', Float64Array.of(1, 2, 3))]);
    await expect(draw(few)).rejects.toThrow(/at least 5 are needed/);
  });

  it('draw the levels beyond the commonest by their rows in train', async () => {
    const codes = Int32Array.from({ length: 6000 }, (_, i) => (i < 600 ? i % 10 : 10 + (i % 490)));
    const names = Array.from({ length: 500 }, (_, i) => `level ${i}`);
    const table = await draw(describeTable([levels('many', codes, names)], 0), { epochs: 2 });
    const counts = new Map<string | null, number>();
    for (const level of levelsOf(table, 'many')) counts.set(level, (counts.get(level) ?? 0) + 1);
    expect(counts.size).toBeGreaterThan(470);
    expect(counts.get(null)).toBeUndefined();
    expect(Math.max(...counts.values())).toBeLessThan(120);
  });
});
