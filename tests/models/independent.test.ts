import { describe, expect, it } from 'vitest';
import { Rng } from '../../src/math/rng';
import { correlate } from '../../src/math/statistics';
import { independent } from '../../src/models/independent';
import type { ModelConfig, TrainedModel } from '../../src/models/synthesizer';
import type { Table } from '../../src/data/table';
import { levels, numbers, schemaOf, table } from '../measure/tables';
import { levelsOf, recordRun, shareMissing, valuesOf } from './copula-run';

const rng = Rng.fromSeed('independent');
const x = Array.from({ length: 600 }, () => Math.round(rng.normal() * 1000) / 1000);
const train = table(
  numbers(
    'x',
    x.map((value, i) => (i % 4 === 0 ? null : value)),
  ),
  numbers('y', x),
  levels(
    'c',
    x.map((value) => (value > 1 ? 'high' : 'low')),
  ),
);

function fit(source: Table, config: ModelConfig = {}): Promise<TrainedModel> {
  return independent.train({ table: source, schema: schemaOf(source) }, config, Rng.fromSeed(1), recordRun());
}

describe('independent', () => {
  it('keeps shares and distributions, and loses relations', async () => {
    const synthetic = await (await fit(train)).sample(4000, Rng.fromSeed(2));
    expect(synthetic.nRows).toBe(4000);
    expect(shareMissing(valuesOf(synthetic, 'x'))).toBeCloseTo(0.25, 1);
    expect(shareMissing(valuesOf(synthetic, 'y'))).toBe(0);
    const high = x.filter((value) => value > 1).length / x.length;
    expect(levelsOf(synthetic, 'c').filter((level) => level === 'high').length / 4000).toBeCloseTo(high, 1);
    const r = correlate(
      Float64Array.from(valuesOf(synthetic, 'x')),
      Float64Array.from(valuesOf(synthetic, 'y')),
    );
    expect(Math.abs(r ?? NaN)).toBeLessThan(0.08);
  });

  it('writes values that few rows share only by chance', async () => {
    const fine = table(
      numbers(
        'x',
        Array.from({ length: 500 }, () => Math.round(rng.normal() * 1e9) / 1e9),
      ),
    );
    const schema = schemaOf(fine);
    const [column] = schema.columns;
    if (column === undefined) throw new Error('no column');
    const model = await independent.train(
      { table: fine, schema: { ...schema, columns: [{ ...column, decimals: 9 }] } },
      {},
      Rng.fromSeed(1),
      recordRun(),
    );
    const seen = new Set(valuesOf(fine, 'x'));
    const synthetic = valuesOf(await model.sample(5000, Rng.fromSeed(2)), 'x');
    expect(synthetic.filter((value) => seen.has(value)).length).toBeLessThan(3);
  });

  it('repeats for a seed, goes on with a stream, and is the same after a restore', async () => {
    const model = await fit(train);
    const again = await independent.restore(structuredClone(await model.state()));
    const stream = Rng.fromSeed(2);
    const first = await model.sample(50, stream);
    expect(await again.sample(50, Rng.fromSeed(2))).toEqual(first);
    expect(await model.sample(50, stream)).not.toEqual(first);
    expect((await model.sample(0, stream)).nRows).toBe(0);
  });

  it('refuses unknown settings, a k below 1, no columns, too few rows and a foreign state', async () => {
    await expect(fit(train, { epochs: 3 })).rejects.toMatchObject({ failure: { code: 'option-invalid' } });
    await expect(fit(train, { k: 0 })).rejects.toMatchObject({ failure: { code: 'option-invalid' } });
    await expect(fit(table())).rejects.toMatchObject({ failure: { code: 'nothing-to-model' } });
    await expect(fit(table(numbers('x', [1, 2, 3])))).rejects.toMatchObject({
      failure: { code: 'too-few-rows' },
    });
    const state = await (await fit(train)).state();
    await expect(independent.restore({ ...state, model: 'copula' })).rejects.toMatchObject({
      failure: { code: 'project-corrupt' },
    });
    await expect(independent.restore({ ...state, version: 99 })).rejects.toThrow(/version 99/);
  });

  it('refuses a schema of other columns', async () => {
    const schema = schemaOf(table(numbers('z', x)));
    const run = independent.train({ table: train, schema }, {}, Rng.fromSeed(1), recordRun());
    await expect(run).rejects.toMatchObject({ failure: { code: 'schema-invalid' } });
  });

  it('stops when told to', async () => {
    const run = recordRun(['run', 'run', 'cancel']);
    const training = independent.train({ table: train, schema: schemaOf(train) }, {}, Rng.fromSeed(1), run);
    await expect(training).rejects.toMatchObject({ failure: { code: 'cancelled' } });
  });
});
