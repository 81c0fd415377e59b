import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import type { Table } from '../../src/data/table';
import { Rng } from '../../src/math/rng';
import { correlate } from '../../src/math/statistics';
import { qualityReport } from '../../src/measure/fidelity/quality-report';
import { kindsOf } from '../../src/measure/fidelity/column-kinds';
import { copula } from '../../src/models/copula';
import { independent } from '../../src/models/independent';
import type { Synthesizer, TrainedModel } from '../../src/models/synthesizer';
import { describeGolden, hasGolden, loadGoldenKinds, loadGoldenTable } from '../measure/load-golden';
import { levels, numbers, schemaOf, table } from '../measure/tables';
import { levelsOf, recordRun, shareMissing, valuesOf } from './copula-run';

const rng = Rng.fromSeed('copula');
const N = 2000;
const x = Array.from({ length: N }, () => Math.round(rng.normal() * 1000) / 1000);
/** y follows x, c cuts x in three, lab is skewed with x and missing mostly where x is low. */
const train = table(
  numbers('x', x),
  numbers(
    'y',
    x.map((value) => Math.round((0.8 * value + 0.6 * rng.normal()) * 1000) / 1000),
  ),
  levels(
    'c',
    x.map((value) => (value > 1 ? 'high' : value < -1 ? 'low' : 'middle')),
  ),
  numbers(
    'lab',
    x.map((value) => (value + rng.normal() < -0.5 ? null : Math.round(Math.exp(value) * 1000) / 1000)),
  ),
);

function fit(source: Table, model: Synthesizer = copula): Promise<TrainedModel> {
  return model.train({ table: source, schema: schemaOf(source) }, {}, Rng.fromSeed(1), recordRun());
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

describe('copula', () => {
  it('keeps correlations, levels that follow a number, and who lacks a value', async () => {
    const synthetic = await (await fit(train)).sample(6000, Rng.fromSeed(2));
    const [sx, sy, lab] = ['x', 'y', 'lab'].map((name) => valuesOf(synthetic, name));
    const r = correlate(Float64Array.from(sx ?? []), Float64Array.from(sy ?? []));
    expect(r).toBeCloseTo(0.8, 1);
    const c = levelsOf(synthetic, 'c');
    const meanOf = (level: string): number => mean((sx ?? []).filter((_, i) => c[i] === level));
    expect(meanOf('low')).toBeLessThan(-1);
    expect(meanOf('high')).toBeGreaterThan(1);
    const trainShare = shareMissing(valuesOf(train, 'lab'));
    expect(Math.abs(shareMissing(lab ?? []) - trainShare)).toBeLessThan(0.03);
    const missingX = mean((sx ?? []).filter((_, i) => Number.isNaN(lab?.[i])));
    const trainMissingX = mean(x.filter((_, i) => Number.isNaN(valuesOf(train, 'lab')[i])));
    // lab is almost a function of x here, which its missingness cannot fully follow.
    expect(missingX).toBeLessThan(0.7 * trainMissingX);
  });

  it('keeps every column as well as independent draws do', async () => {
    const kinds = kindsOf(schemaOf(train));
    for (const model of [copula, independent]) {
      const synthetic = await (await fit(train, model)).sample(6000, Rng.fromSeed(3));
      for (const { column, score } of qualityReport(train, synthetic, kinds).shapes) {
        expect(score, `${model.id}, ${column}`).toBeGreaterThan(0.97);
      }
    }
  });

  it('repeats for a seed, goes on with a stream, and is the same after a restore', async () => {
    const model = await fit(train);
    const again = await copula.restore(structuredClone(await model.state()));
    const stream = Rng.fromSeed(2);
    const first = await model.sample(50, stream);
    expect(await again.sample(50, Rng.fromSeed(2))).toEqual(first);
    expect(await model.sample(50, stream)).not.toEqual(first);
    expect(await (await fit(train)).sample(50, Rng.fromSeed(2))).toEqual(first);
  });

  it('tells its phases and its progress to the end', async () => {
    const run = recordRun();
    await copula.train({ table: train, schema: schemaOf(train) }, {}, Rng.fromSeed(1), run);
    expect(run.events.flatMap((event) => (event.kind === 'phase' ? [event.phase] : []))).toEqual([
      'encode',
      'train',
      'finish',
    ]);
    const steps = run.events.flatMap((event) => (event.kind === 'progress' ? [event] : []));
    expect(steps.at(-1)).toMatchObject({ step: 5, nSteps: 5, epoch: 1, etaMs: 0, nTensors: 0 });
  });

  it('waits while paused, and stops at once when cancelled', async () => {
    const input = { table: train, schema: schemaOf(train) };
    const paused = recordRun(['run', 'pause', 'pause', 'run']);
    await expect(copula.train(input, {}, Rng.fromSeed(1), paused)).resolves.toMatchObject({ id: 'copula' });
    const cancelled = recordRun(['run', 'run', 'run', 'run', 'run', 'run', 'cancel']);
    await expect(copula.train(input, {}, Rng.fromSeed(1), cancelled)).rejects.toMatchObject({
      failure: { code: 'cancelled' },
    });
    expect(cancelled.events.some((event) => event.kind === 'phase' && event.phase === 'finish')).toBe(false);
  });

  it('refuses unknown settings and a foreign state', async () => {
    const input = { table: train, schema: schemaOf(train) };
    await expect(copula.train(input, { k: 2.5 }, Rng.fromSeed(1), recordRun())).rejects.toThrow(
      /whole number/,
    );
    await expect(copula.train(input, { sigma: 1 }, Rng.fromSeed(1), recordRun())).rejects.toThrow(/"sigma"/);
    const state = await (await fit(train)).state();
    await expect(copula.restore({ ...state, model: 'tvae' })).rejects.toThrow(/tvae/);
  });

  it('takes constant, empty, duplicated and opposite columns', async () => {
    const odd = table(
      numbers(
        'constant',
        x.map(() => 3),
      ),
      numbers(
        'empty',
        x.map(() => null),
      ),
      levels(
        'one',
        x.map(() => 'only'),
      ),
      levels(
        'none',
        x.map(() => null),
      ),
      numbers('x', x),
      numbers('copy', x),
      numbers(
        'opposite',
        x.map((value) => -value),
      ),
      numbers(
        'sometimes',
        x.map((value, i) => (i % 500 === 0 ? value : null)),
      ),
    );
    const synthetic = await (await fit(odd)).sample(300, Rng.fromSeed(4));
    expect(new Set(valuesOf(synthetic, 'constant'))).toEqual(new Set([3]));
    expect(shareMissing(valuesOf(synthetic, 'empty'))).toBe(1);
    expect(new Set(levelsOf(synthetic, 'one'))).toEqual(new Set(['only']));
    expect(shareMissing(levelsOf(synthetic, 'none'))).toBe(1);
    // Four present values are fewer than k: the column is written as missing.
    expect(shareMissing(valuesOf(synthetic, 'sometimes'))).toBe(1);
    const [a, b, c] = ['x', 'copy', 'opposite'].map((name) => Float64Array.from(valuesOf(synthetic, name)));
    expect(correlate(a ?? new Float64Array(), b ?? new Float64Array())).toBeGreaterThan(0.99);
    expect(correlate(a ?? new Float64Array(), c ?? new Float64Array())).toBeLessThan(-0.99);
  });

  it('gives valid values whatever the table', async () => {
    const row = fc.record({
      n: fc.option(fc.integer({ min: -5, max: 5 }), { freq: 4 }),
      d: fc.option(fc.double({ min: -1e8, max: 1e8, noNaN: true }), { freq: 4 }),
      c: fc.option(fc.constantFrom('a', 'b', 'c'), { freq: 4 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 5, maxLength: 60 }), fc.integer(), async (rows, seed) => {
        const source = table(
          numbers(
            'n',
            rows.map(({ n }) => n),
          ),
          numbers(
            'd',
            rows.map(({ d }) => (d === null ? null : Math.round(d * 1000) / 1000)),
          ),
          levels(
            'c',
            rows.map(({ c }) => c),
          ),
        );
        const synthetic = await (await fit(source)).sample(40, Rng.fromSeed(seed));
        for (const name of ['n', 'd']) {
          const present = valuesOf(source, name).filter((value) => !Number.isNaN(value));
          for (const value of valuesOf(synthetic, name)) {
            if (Number.isNaN(value)) continue;
            expect(value).toBeGreaterThanOrEqual(Math.min(...present));
            expect(value).toBeLessThanOrEqual(Math.max(...present));
            expect(Math.round(value * 1000) / 1000).toBe(value);
          }
        }
        const seen = new Set(levelsOf(source, 'c'));
        for (const level of levelsOf(synthetic, 'c')) expect(seen).toContain(level);
      }),
      { numRuns: 60 },
    );
  });
});

// Figures of a Gaussian copula with parametric margins (SDV) on the same files, SDMetrics 0.29 with default thresholds
// and with none: 0.8119 / 0.8414 on Adult, 0.8563 / 0.8873 on SUPPORT2. Skipped where the tables are absent.
describe.skipIf(!hasGolden)('copula on whole tables', () => {
  it.each([
    ['adult', 0.94, 0.97],
    ['support2', 0.95, 0.97],
  ])(
    '%s scores at least %d and %d, and has better pairs than independent draws',
    async (dataset, overall, overallAll) => {
      const kinds = loadGoldenKinds(dataset);
      const source = loadGoldenTable(`${dataset}_train`, kinds, ['']);
      const input = { table: source, schema: describeGolden(source) };
      const score = async (model: Synthesizer): Promise<ReturnType<typeof qualityReport>> => {
        const trained = await model.train(input, {}, Rng.fromSeed(1), recordRun());
        return qualityReport(source, await trained.sample(source.nRows, Rng.fromSeed(2)), kinds);
      };
      const [joint, floor] = [await score(copula), await score(independent)];
      expect(joint.overall).toBeGreaterThan(overall);
      expect(joint.overallAll).toBeGreaterThan(overallAll);
      expect(joint.pairTrends).toBeGreaterThan((floor.pairTrends ?? 1) + 0.1);
      expect(joint.pairTrendsAll).toBeGreaterThan((floor.pairTrendsAll ?? 1) + 0.03);
    },
  );
});
