import { describe, expect, it } from 'vitest';
import type { Table } from '../../src/data/table';
import { Rng } from '../../src/math/rng';
import { independent } from '../../src/models/independent';
import type { TrainedModel } from '../../src/models/synthesizer';
import { levels, numbers, schemaOf, table } from '../measure/tables';
import { recordRun } from './copula-run';

/** Numbers are whole ones. */
function fit(train: Table): Promise<TrainedModel> {
  const schema = schemaOf(train);
  const columns = schema.columns.map((column) => ({ ...column, decimals: 0 }));
  return independent.train(
    { table: train, schema: { ...schema, columns } },
    {},
    Rng.fromSeed(1),
    recordRun(),
  );
}

async function score(train: Table, asked: Table): Promise<number[]> {
  const model = await fit(train);
  if (model.score === null) throw new Error('no likelihood');
  return [...(await model.score(asked))];
}

const repeat = <T>(n: number, value: T): T[] => Array.from({ length: n }, () => value);

describe('the likelihood of independent columns', () => {
  it('adds the logarithms of the shares of levels, with missing as a value, whatever their order in the table asked about', async () => {
    const train = table(
      levels('a', [...repeat(6, 'x'), ...repeat(4, 'y')]),
      levels('b', [...repeat(5, 'u'), ...repeat(5, null)]),
    );
    const asked = table(levels('a', ['y', 'x', 'x']), levels('b', ['u', 'u', null]));
    const expected = [0.4 * 0.5, 0.6 * 0.5, 0.6 * 0.5].map(Math.log);
    (await score(train, asked)).forEach((value, row) => expect(value).toBeCloseTo(expected[row] ?? NaN, 12));
  });

  it('spreads a range evenly over the values it can hold, and adds a value that is a cell of its own', async () => {
    // 1 to 10 once each, but 4 six times: a cell of its own with 6 of 15, and ranges 1–6 and 7–10 with 5 and 4 joined to 9 rows.
    const train = table(numbers('n', [...repeat(6, 4), 1, 2, 3, 5, 6, 7, 8, 9, 10]));
    const [four, five, far] = await score(train, table(numbers('n', [4, 5, 11])));
    expect(four).toBeCloseTo(Math.log(6 / 15 + 9 / 15 / 10), 12);
    expect(five).toBeCloseTo(Math.log(9 / 15 / 10), 12);
    expect(far).toBeCloseTo(Math.log(0.5 * (9 / 15 / 10)), 12);
  });

  it('agrees with how often values are drawn', async () => {
    const rng = Rng.fromSeed('score');
    const values = Array.from({ length: 400 }, () => Math.round(30 * rng.float() ** 2));
    const train = table(numbers('n', values));
    const model = await fit(train);
    const drawn = await model.sample(200_000, Rng.fromSeed(2));
    const counts = new Map<number, number>();
    const [column] = drawn.columns;
    if (column?.kind !== 'number') throw new Error('no numbers');
    for (const value of column.values) counts.set(value, (counts.get(value) ?? 0) + 1);
    const asked = [...counts.keys()];
    const scores = (await model.score?.(table(numbers('n', asked)))) ?? new Float64Array();
    asked.forEach((value, i) =>
      expect(Math.exp(scores[i] ?? NaN)).toBeCloseTo((counts.get(value) ?? 0) / 200_000, 2),
    );
    expect(scores.reduce((sum, one) => sum + Math.exp(one), 0)).toBeCloseTo(1, 1);
  });

  it('counts what cannot be drawn as half of the rarest that can', async () => {
    const train = table(levels('a', [...repeat(9, 'x'), ...repeat(1, 'y')]));
    const [other, missing] = await score(train, table(levels('a', ['z', null])));
    expect(other).toBeCloseTo(Math.log(0.05), 12);
    expect(missing).toBe(other);
  });

  it('refuses a column of another kind', async () => {
    const train = table(levels('a', repeat(10, 'x')));
    await expect(score(train, table(numbers('a', [1])))).rejects.toThrow(/of another kind/);
  });
});
