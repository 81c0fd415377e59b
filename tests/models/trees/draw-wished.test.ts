import { beforeAll, describe, expect, it } from 'vitest';
import { joinTables } from '../../../src/data/join-tables';
import { getColumn, takeRows, type Table } from '../../../src/data/table';
import { learnCombinations } from '../../../src/data/wishes/learn-combinations';
import { meets } from '../../../src/data/wishes/meets';
import { addWish, NO_WISHES, type Wish, type Wishes } from '../../../src/data/wishes/wishes';
import { Rng } from '../../../src/math/rng';
import type { TrainedModel } from '../../../src/models/synthesizer';
import { trees } from '../../../src/models/trees/trees';
import type { TreesState } from '../../../src/models/trees/draw-rows';
import { WishedDrawing } from '../../../src/models/wishes/draw-wished';
import { recordRun } from '../copula-run';
import { DAY, makeLabs, makeStays, type Stays } from './stays';

const fit = (input: Stays) => trees.train(input, {}, Rng.fromSeed(1), recordRun());

/** The same model without its own way towards wishes. */
function withoutOwnWay({ id, stopReason, sample, score, state, dispose }: TrainedModel): TrainedModel {
  return { id, stopReason, sample, score, state, dispose };
}

async function drawAll(model: TrainedModel, wishes: Wishes, nRows: number, seed = 1) {
  const drawing = new WishedDrawing(model, wishes, nRows);
  const parts: Table[] = [];
  for (let done = 0; done < nRows; done += 4000)
    parts.push(await drawing.draw(Math.min(4000, nRows - done), Rng.fromSeed(`${seed}/${done}`)));
  return { table: joinTables(parts), account: drawing.account() };
}

/** Class of each row: its level, or the tenth of `cuts` its number falls in; −1 = missing. */
function classify(table: Table, name: string, cuts: Float64Array): number[] {
  const column = getColumn(table, name);
  if (column.kind === 'level') return Array.from(column.codes);
  return Array.from(column.values, (value) =>
    Number.isNaN(value) ? -1 : cuts.filter((cut) => cut < value).length,
  );
}

function cutTenths(table: Table, name: string): Float64Array {
  const column = getColumn(table, name);
  const sorted =
    column.kind === 'number'
      ? column.values.filter((value) => !Number.isNaN(value)).sort()
      : Float64Array.of();
  return Float64Array.from(
    { length: sorted.length === 0 ? 0 : 9 },
    (_, i) => sorted[Math.floor(((i + 1) * sorted.length) / 10)] ?? 0,
  );
}

/** The furthest that a share of a class, or of a pair of classes, differs between two tables, in standard errors. */
function furthest(one: Table, other: Table): { readonly cell: string; readonly errors: number } {
  const names = one.columns.map(({ name }) => name);
  const cuts = new Map(names.map((name) => [name, cutTenths(other, name)]));
  const classes = [one, other].map(
    (table) =>
      new Map(names.map((name) => [name, classify(table, name, cuts.get(name) ?? Float64Array.of())])),
  );
  const pairs = names.flatMap((a, i) => names.slice(i).map((b) => [a, b] as const));
  let worst = { cell: '', errors: 0 };
  for (const [a, b] of pairs) {
    const counts = classes.map((of) => tally(of.get(a) ?? [], of.get(b) ?? []));
    for (const cell of new Set(counts.flatMap((count) => [...count.keys()]))) {
      const [x = 0, y = 0] = counts.map((count) => count.get(cell) ?? 0);
      const p = (x + y) / (one.nRows + other.nRows);
      const error = Math.sqrt(p * (1 - p) * (1 / one.nRows + 1 / other.nRows));
      const errors =
        p * Math.min(one.nRows, other.nRows) < 10 ? 0 : Math.abs(x / one.nRows - y / other.nRows) / error;
      if (errors > worst.errors) worst = { cell: `${a}=${cell} (${b})`, errors };
    }
  }
  return worst;
}

function tally(a: readonly number[], b: readonly number[]): Map<string, number> {
  const counts = new Map<string, number>();
  a.forEach((value, i) => {
    const key = `${value}/${b[i]}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  });
  return counts;
}

const wish = (...made: Wish[]): Wishes => made.reduce(addWish, NO_WISHES);
const isMet = (table: Table, wishes: Wishes) => meets(table, wishes).every((mark) => mark === 1);

describe('rows of trees drawn towards wishes', () => {
  const stays = makeStays();
  let model: TrainedModel;
  let plain: TrainedModel;
  let order: readonly string[];
  beforeAll(async () => {
    model = await fit(stays);
    plain = withoutOwnWay(model);
    const { names, order: drawn } = (await model.state()).payload as TreesState;
    order = Array.from(drawn, (index) => names[index] ?? '');
  });

  const conditions: [string, Wish[]][] = [
    ['a level', [{ kind: 'levels', column: 'ward', levels: ['b', 'd'] }]],
    ['a level of the target', [{ kind: 'levels', column: 'died', levels: ['yes'] }]],
    ['a range of numbers', [{ kind: 'within', column: 'stay', min: 7, max: 11 }]],
    ['a range of dates', [{ kind: 'within', column: 'admitted', min: DAY * 18_400, max: DAY * 18_900 }]],
    ['a missing number', [{ kind: 'missing', column: 'lab' }]],
    [
      'several',
      [
        { kind: 'present', column: 'lab' },
        { kind: 'within', column: 'billed', min: 1, max: 9 },
      ],
    ],
  ];
  it.each(conditions)('given %s are those that rejection leaves of the model', async (_, made) => {
    const wishes = wish(...made);
    const own = await drawAll(model, wishes, 8000);
    const left = await drawAll(plain, wishes, 8000, 2);
    expect(isMet(own.table, wishes)).toBe(true);
    expect(furthest(own.table, left.table).errors).toBeLessThan(4.5);
  });

  it('of a wish on the column that is drawn first are all kept, and no others are begun', async () => {
    const first = getColumn(stays.table, order[0] ?? '');
    const { kind } = first;
    const own = await drawAll(
      model,
      wish({ kind: 'within', column: first.name, min: DAY * 18_400, max: DAY * 18_410 }),
      4000,
    );
    expect(kind).toBe('number');
    expect(own.account.nDrawn).toBe(4000);
  });

  it('never break a rule, and hold it without giving rows up', async () => {
    const learnt = learnCombinations(
      wish(
        { kind: 'order', before: 'stay', after: 'billed', orEqual: true },
        { kind: 'order', before: 'admitted', after: 'discharged', orEqual: false },
        { kind: 'range', column: 'lab', min: 25, max: 50 },
        { kind: 'combinations', columns: ['ward', 'died'], k: 150, allowed: null },
      ),
      { train: stays.table, trainAsRead: stays.table, trainGroups: null, leastK: 5 },
    );
    const wishes = learnt.ok ? learnt.value : NO_WISHES;
    expect(wishes.rules).toHaveLength(4);
    const [own, left] = await Promise.all([drawAll(model, wishes, 6000), drawAll(plain, wishes, 6000)]);
    expect(isMet(own.table, wishes)).toBe(true);
    expect(isMet(left.table, wishes)).toBe(true);
    const [kept, keptByRejection] = [own, left].map(({ account }) => account.nKept / account.nDrawn);
    expect(kept).toBeGreaterThan(0.97);
    expect(keptByRejection).toBeLessThan(0.7);
  });

  it('leave the columns before a rule as the model has them, other than rejection does', async () => {
    const lab: Wish = { kind: 'range', column: 'lab', min: 20, max: null };
    const free = await drawAll(plain, NO_WISHES, 8000);
    const own = await drawAll(model, wish(lab), 8000, 2);
    const left = await drawAll(plain, wish(lab), 8000, 3);
    const before = order.slice(0, order.indexOf('lab'));
    expect(before).toContain('ward');
    const only = ({ table }: { readonly table: Table }) => ({
      ...table,
      columns: before.map((name) => getColumn(table, name)),
    });
    expect(furthest(only(own), only(free)).errors).toBeLessThan(4.5);
    expect(furthest(only(left), only(free)).errors).toBeGreaterThan(6);
  });

  it('count how often each wish was met', async () => {
    const wishes = wish({ kind: 'levels', column: 'ward', levels: ['a'] });
    const { account } = await drawAll(model, wishes, 4000);
    const { nTried = 0, nMet = 0 } = account.rates[0] ?? {};
    expect(Math.abs(nMet / nTried - 0.25)).toBeLessThan(4.5 * Math.sqrt(0.1875 / nTried));
    expect(account.nKept).toBe(4000);
    expect(account.nDrawn).toBeGreaterThan(4000 * 3);
  });

  it.each([['ward'], ['died']])(
    'have shares of %s to within one row, each level as the model has it',
    async (column) => {
      const levels = column === 'ward' ? ['a', 'd'] : ['no', 'yes'];
      const shares = levels.map((level, i) => ({ level, share: i === 0 ? 0.3 : 0.7 }));
      const { table } = await drawAll(model, wish({ kind: 'shares', column, shares }), 9001);
      const drawn = getColumn(table, column);
      const rows = (level: string) =>
        [...meets(table, wish({ kind: 'levels', column, levels: [level] })).keys()].filter(
          (row) => drawn.kind === 'level' && drawn.levels[drawn.codes[row] ?? -1] === level,
        );
      const [one, other] = levels.map((level) => rows(level));
      expect((one?.length ?? 0) + (other?.length ?? 0)).toBe(9001);
      expect(Math.abs((one?.length ?? 0) - 2700.3)).toBeLessThanOrEqual(1);
      const given = wish({ kind: 'levels', column, levels: [levels[1] ?? ''] });
      const left = await drawAll(plain, given, 6000, 5);
      expect(furthest(takeRows(table, other ?? []), left.table).errors).toBeLessThan(4.5);
    },
  );

  it('of shares cost no more than by rejection where a later column has a wish of its own', async () => {
    const wishes = wish(
      {
        kind: 'shares',
        column: 'ward',
        shares: [
          { level: 'a', share: 0.5 },
          { level: 'd', share: 0.5 },
        ],
      },
      { kind: 'levels', column: 'died', levels: ['yes'] },
    );
    expect(order.indexOf('died')).toBeGreaterThan(order.indexOf('ward'));
    const [own, left] = await Promise.all([drawAll(model, wishes, 4000), drawAll(plain, wishes, 4000)]);
    expect(isMet(own.table, wishes)).toBe(true);
    expect(own.account.nDrawn).toBeLessThan(1.2 * left.account.nDrawn);
    const { nTried = 0, nMet = 0 } = own.account.rates[1] ?? {};
    expect(nTried).toBeLessThanOrEqual(own.account.nDrawn + 8192);
    expect(nMet).toBeGreaterThanOrEqual(4000);
  });

  it.each([['stay'], ['admitted']])(
    'end in a refusal when the model cannot draw such a %s',
    async (column) => {
      const never = wish({ kind: 'within', column, min: DAY * 90_000, max: null });
      await expect(drawAll(model, never, 10)).rejects.toThrow(
        new RegExp(`range of "${column}": met by 0 of`),
      );
    },
  );

  it('are a function of the seed, and leave rows without wishes as they were', async () => {
    const wishes = wish({ kind: 'order', before: 'stay', after: 'billed', orEqual: true });
    const before = await model.sample(500, Rng.fromSeed(9));
    const [one, same, other] = [
      await drawAll(model, wishes, 2000),
      await drawAll(model, wishes, 2000),
      await drawAll(model, wishes, 2000, 2),
    ];
    expect(same).toEqual(one);
    expect(other.table).not.toEqual(one.table);
    expect(await model.sample(500, Rng.fromSeed(9))).toEqual(before);
  });
});

describe('shares of the column that is drawn first', () => {
  it('are set without giving a row up; a level that was not learnt is refused', async () => {
    const stays = makeStays();
    const names = ['ward', 'died'];
    const columns = names.map((name) => getColumn(stays.table, name));
    const entries = stays.schema.columns.filter(({ name }) => names.includes(name));
    const model = await fit({
      table: {
        ...stays.table,
        columns: columns.map((column) =>
          column.kind === 'level' && column.name === 'ward'
            ? { ...column, levels: [...column.levels, 'none'] }
            : column,
        ),
      },
      schema: { ...stays.schema, columns: entries },
    });
    const { order } = (await model.state()).payload as TreesState;
    expect(order[0]).toBe(0);
    const shares = (levels: readonly string[]) =>
      wish({
        kind: 'shares',
        column: 'ward',
        shares: levels.map((level) => ({ level, share: 1 / levels.length })),
      });
    const { account } = await drawAll(model, shares(['a', 'b', 'c']), 4000);
    expect(account.nDrawn).toBe(4000);
    await expect(drawAll(model, shares(['a', 'none']), 100)).rejects.toThrow(/hardly ever draws/);
  });
});

describe('values that another column orders', () => {
  it('keep their place among all rows when only the end of that column is drawn', async () => {
    const model = await fit(makeLabs(3000, 3));
    const { names, order, columns } = (await model.state()).payload as TreesState;
    const pairs = columns.flatMap((column) =>
      column.kind === 'number' ? column.pairs.map(({ index }) => index) : [],
    );
    const ordering = names[pairs.find((index) => index >= 0) ?? -1] ?? '';
    expect(ordering).not.toBe('');
    expect(order.length).toBe(3);
    const wishes = wish({ kind: 'within', column: ordering, min: 1.8, max: null });
    const own = await drawAll(model, wishes, 8000);
    const left = await drawAll(withoutOwnWay(model), wishes, 8000, 2);
    expect(furthest(own.table, left.table).errors).toBeLessThan(4.5);
  });
});
