import { beforeAll, describe, expect, it } from 'vitest';
import type { Schema } from '../../../src/data/schema';
import { getColumn, isMissing, type Table } from '../../../src/data/table';
import { Rng } from '../../../src/math/rng';
import { openBackend } from '../../../src/models/neural/backends';
import { createCtgan } from '../../../src/models/neural/ctgan';
import type { NeuralSynthesizer } from '../../../src/models/neural/neural-synthesizer';
import { createTvae } from '../../../src/models/neural/tvae';
import type { ModelConfig } from '../../../src/models/synthesizer';
import { entry, host, levels, makePatients, makeRun, numbers, SMALL, SMALL_CTGAN } from './fixtures';

interface Input {
  readonly table: Table;
  readonly schema: Schema;
}

const models: [string, NeuralSynthesizer, ModelConfig][] = [
  ['tvae', createTvae('wasm', host), { ...SMALL, hidden: [64, 64], learningRate: 4e-3 }],
  [
    'ctgan',
    createCtgan('wasm', host),
    {
      ...SMALL_CTGAN,
      batchSize: 200,
      pac: 4,
      hidden: [64, 64],
      criticHidden: [64, 64],
      learningRate: 1e-3,
      criticLearningRate: 1e-3,
    },
  ],
];

beforeAll(async () => void (await openBackend('wasm', host)));

function train(synthesizer: NeuralSynthesizer, input: Input, config: ModelConfig) {
  return synthesizer.train(input, config, Rng.fromSeed(21), makeRun());
}

async function trainAndSample(
  synthesizer: NeuralSynthesizer,
  input: Input,
  config: ModelConfig,
  nRows: number,
) {
  const model = await train(synthesizer, input, config);
  const sample = await model.sample(nRows, Rng.fromSeed(22));
  model.dispose();
  return sample;
}

function cells(table: Table, name: string): number[] {
  const column = getColumn(table, name);
  return column.kind === 'number' ? [...column.values] : [...column.codes];
}

function missingShare(table: Table, name: string): number {
  const column = getColumn(table, name);
  return cells(table, name).filter((_, row) => isMissing(column, row)).length / table.nRows;
}

describe.each(models)('%s on patients', (_, synthesizer, config) => {
  const input = makePatients(800);
  let sample: Table;
  beforeAll(async () => {
    sample = await trainAndSample(synthesizer, input, { ...config, minSteps: 700 }, 2000);
  }, 60_000);

  it('writes only valid values: levels, ranges, decimals, whole days', () => {
    for (const column of input.table.columns) {
      const drawn = getColumn(sample, column.name);
      if (drawn.kind === 'level') {
        expect(column.kind === 'level' && drawn.levels).toEqual(column.kind === 'level' && column.levels);
        expect(drawn.codes.every((code) => code >= -1 && code < drawn.levels.length)).toBe(true);
        continue;
      }
      const source = cells(input.table, column.name).filter((value) => !Number.isNaN(value));
      const present = [...drawn.values].filter((value) => !Number.isNaN(value));
      expect(Math.min(...present)).toBeGreaterThanOrEqual(Math.min(...source));
      expect(Math.max(...present)).toBeLessThanOrEqual(Math.max(...source));
    }
    expect(cells(sample, 'age').every(Number.isInteger)).toBe(true);
    expect(cells(sample, 'seen').every((value) => value % 86_400_000 === 0)).toBe(true);
    expect(cells(sample, 'grade').every((value) => [1, 2, 3, 4].includes(value))).toBe(true);
    for (const value of cells(sample, 'crp')) {
      if (!Number.isNaN(value)) expect(Number(value.toFixed(2))).toBe(value);
    }
  });

  it('reproduces shares of missing values, spikes and levels', () => {
    for (const name of ['crp', 'stage']) {
      expect(Math.abs(missingShare(sample, name) - missingShare(input.table, name))).toBeLessThan(0.08);
    }
    for (const name of ['age', 'cost', 'grade', 'site', 'dead']) expect(missingShare(sample, name)).toBe(0);
    const zeros = (table: Table) => cells(table, 'cost').filter((value) => value === 0).length / table.nRows;
    expect(Math.abs(zeros(sample) - zeros(input.table))).toBeLessThan(0.12);
    const dead = (table: Table) => cells(table, 'dead').filter((code) => code === 1).length / table.nRows;
    expect(Math.abs(dead(sample) - dead(input.table))).toBeLessThan(0.12);
  });

  it('learns that the old die more often', () => {
    const risk = (table: Table, isOld: boolean) => {
      const age = cells(table, 'age');
      const group = cells(table, 'dead').filter((_, row) => (age[row] ?? 0) > 65 === isOld);
      return group.filter((code) => code === 1).length / group.length;
    };
    expect(risk(sample, true) - risk(sample, false)).toBeGreaterThan(0.15);
  });
});

describe.each(models)('%s', (_, synthesizer, config) => {
  const few = { ...config, minSteps: 6 };

  it('draws the same rows from the same stream, others from another, and again after its state is opened', async () => {
    const model = await train(synthesizer, makePatients(120), few);
    const first = await model.sample(40, Rng.fromSeed('s'));
    expect(await model.sample(40, Rng.fromSeed('s'))).toEqual(first);
    expect(await model.sample(40, Rng.fromSeed('t'))).not.toEqual(first);
    const opened = await synthesizer.restore(structuredClone(await model.state()));
    expect(await opened.sample(40, Rng.fromSeed('s'))).toEqual(first);
    const other = { ...(await model.state()), version: 99 };
    await expect(Promise.resolve().then(() => synthesizer.restore(other))).rejects.toThrow(/another version/);
    model.dispose();
    opened.dispose();
  });

  const tables: [string, Input][] = [
    ['fewer rows than a batch', makePatients(7)],
    ['one row', makePatients(1)],
    [
      'numbers only',
      {
        table: {
          nRows: 90,
          columns: [
            numbers(
              'x',
              Float64Array.from({ length: 90 }, (_, i) => (i * 37) % 90),
            ),
          ],
        },
        schema: { version: 1, columns: [entry('x', 'integer', 0)] },
      },
    ],
    [
      'levels only',
      {
        table: {
          nRows: 60,
          columns: [
            levels(
              'c',
              Int32Array.from({ length: 60 }, (_, i) => (i % 4) - 1),
              ['a', 'b', 'c'],
            ),
          ],
        },
        schema: { version: 1, columns: [entry('c', 'categorical')] },
      },
    ],
    [
      'a constant, an all-missing number and a level column without levels',
      {
        table: {
          nRows: 20,
          columns: [
            numbers('k', new Float64Array(20).fill(3.5)),
            numbers('m', new Float64Array(20).fill(NaN)),
            levels('e', new Int32Array(20).fill(-1), []),
          ],
        },
        schema: {
          version: 1,
          columns: [entry('k', 'continuous', 1), entry('m', 'continuous', 2), entry('e', 'categorical')],
        },
      },
    ],
  ];

  it.each(tables)('takes %s', async (_name, input) => {
    const sample = await trainAndSample(synthesizer, input, few, 25);
    expect(sample.nRows).toBe(25);
    expect(sample.columns.map((column) => column.name)).toEqual(
      input.table.columns.map((column) => column.name),
    );
    if (input.table.columns[0]?.name !== 'k') return;
    expect(cells(sample, 'k').every((value) => value === 3.5)).toBe(true);
    expect(cells(sample, 'm').every(Number.isNaN)).toBe(true);
    expect(cells(sample, 'e').every((code) => code === -1)).toBe(true);
  });

  it('forecasts from timed steps', async () => {
    const forecast = await synthesizer.forecast(
      makePatients(120),
      { ...few, minSteps: 500 },
      Rng.fromSeed(1),
      100,
    );
    expect(forecast).toMatchObject({ nSteps: 500, nScores: 10, backend: 'wasm' });
    expect(forecast.drawn.nRows).toBe(100);
    expect(forecast.scoreMs).toBeGreaterThan(0);
    expect(forecast.msPerStep).toBeGreaterThan(0);
    expect(forecast.memoryBytes).toBeGreaterThan(1000);
  });

  it.each<[ModelConfig, RegExp]>([
    [{ steps: 5 }, /no setting named "steps"/],
    [{ epochs: 'many' }, /"epochs" must be a number/],
    [{ epochs: 1.5 }, /"epochs" must be a whole number/],
    [{ batchSize: 0 }, /"batchSize" must be/],
    [{ learningRate: 0 }, /"learningRate" must be above 0/],
    [{ learningRate: NaN }, /"learningRate" must be a finite/],
    [{ hidden: [64] }, /"hidden" must be a list of 2/],
    [{ averageDecay: 1 }, /"averageDecay" must be below 1/],
    [{ stopShare: 0.9 }, /"stopShare" must be at most/],
  ])('refuses settings %j', async (wrong, message) => {
    await expect(train(synthesizer, makePatients(20), wrong)).rejects.toThrow(message);
  });
});

describe('settings of one model', () => {
  it.each<[ModelConfig, RegExp]>([
    [{ pac: 0 }, /"pac"/],
    [{ dropout: 1 }, /"dropout"/],
    [{ criticLearningRate: 0 }, /"criticLearningRate"/],
  ])('ctgan refuses %j', async (wrong, message) => {
    await expect(train(createCtgan('wasm', host), makePatients(20), wrong)).rejects.toThrow(message);
  });

  it('tvae refuses a reconstruction factor of 0', async () => {
    const training = train(createTvae('wasm', host), makePatients(20), { reconstructionFactor: 0 });
    await expect(training).rejects.toThrow(/"reconstructionFactor"/);
  });
});
