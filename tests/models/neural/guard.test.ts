import { beforeAll, describe, expect, it } from 'vitest';
import type { Schema } from '../../../src/data/schema';
import type { Table } from '../../../src/data/table';
import { weighPairs } from '../../../src/math/marginals';
import { Rng } from '../../../src/math/rng';
import { codeTable, fitBins } from '../../../src/models/encode/bins';
import { independent } from '../../../src/models/independent';
import { openBackend } from '../../../src/models/neural/backends';
import { createCtgan } from '../../../src/models/neural/ctgan';
import { createTvae } from '../../../src/models/neural/tvae';
import type { ModelConfig, Synthesizer } from '../../../src/models/synthesizer';
import { entry, host, levels, makeRun, numbers } from './fixtures';

const N_ROWS = 3000;

/** Five strongly related columns: a diagnosis group, its ward, two measurements and an outcome that follow from it. */
function makeWards(): { table: Table; schema: Schema } {
  const rng = Rng.fromSeed('wards');
  const group = Int32Array.from({ length: N_ROWS }, () => rng.int(4));
  const ward = group.map((code) => (rng.float() < 0.9 ? code : rng.int(4)));
  const lab = Float64Array.from(group, (code) => Math.round(10 * (20 + 15 * code + 3 * rng.normal())) / 10);
  const dose = lab.map((value) => Math.round(5 * value + 10 * rng.normal()));
  const dead = Int32Array.from(lab, (value) => (rng.float() < (value > 45 ? 0.85 : 0.1) ? 1 : 0));
  return {
    table: {
      nRows: N_ROWS,
      columns: [
        levels('group', group, ['a', 'b', 'c', 'd']),
        levels('ward', ward, ['north', 'east', 'south', 'west']),
        numbers('lab', lab),
        numbers('dose', dose),
        levels('dead', dead, ['no', 'yes']),
      ],
    },
    schema: {
      version: 1,
      columns: [
        entry('group', 'categorical'),
        entry('ward', 'categorical'),
        entry('lab', 'continuous', 1),
        entry('dose', 'integer', 0),
        entry('dead', 'boolean'),
      ],
    },
  };
}

/** Smaller networks and quicker learning than the defaults: enough to beat independent columns clearly, in seconds. */
const models: [string, Synthesizer, ModelConfig][] = [
  ['tvae', createTvae('wasm', host), { batchSize: 200, maxSteps: 600, hidden: [64, 64], learningRate: 4e-3 }],
  [
    'ctgan',
    createCtgan('wasm', host),
    {
      batchSize: 200,
      maxSteps: 500,
      pac: 4,
      hidden: [64, 64],
      criticHidden: [64, 64],
      learningRate: 1e-3,
      criticLearningRate: 1e-3,
    },
  ],
];

/** Share of train's association (squared Cramér's V over all pairs, numbers in tenths) that a table keeps; 1 = all. */
function keptAssociation(train: Table, synthetic: Table): number {
  const bins = fitBins(train, 10);
  const expected = weighPairs(codeTable(train, bins));
  const actual = weighPairs(codeTable(synthetic, bins));
  const total = expected.reduce((sum, weight) => sum + weight, 0);
  return 1 - expected.reduce((sum, weight, i) => sum + Math.abs(weight - (actual[i] ?? 0)), 0) / total;
}

/** Largest distance of a column's shares, numbers in tenths of train (total variation). */
function widestGap(train: Table, synthetic: Table): number {
  const bins = fitBins(train, 10);
  const [expected, actual] = [codeTable(train, bins), codeTable(synthetic, bins)];
  const gaps = expected.codes.map((codes, j) => {
    const shares = new Float64Array(expected.sizes[j] ?? 0);
    for (const code of Array.from(codes)) shares[code] = (shares[code] ?? 0) + 1 / train.nRows;
    for (const code of Array.from(actual.codes[j] ?? []))
      shares[code] = (shares[code] ?? 0) - 1 / synthetic.nRows;
    return shares.reduce((sum, gap) => sum + Math.abs(gap) / 2, 0);
  });
  return Math.max(...gaps);
}

describe('on 3,000 simulated rows', () => {
  const input = makeWards();

  async function draw(synthesizer: Synthesizer, config: ModelConfig): Promise<Table> {
    const model = await synthesizer.train(input, config, Rng.fromSeed(1), makeRun());
    const synthetic = await model.sample(input.table.nRows, Rng.fromSeed(2));
    model.dispose();
    return synthetic;
  }

  beforeAll(async () => void (await openBackend('wasm', host)));

  it.each(models)(
    '%s keeps most of the association, and the shares of single columns',
    async (_, synthesizer, config) => {
      const synthetic = await draw(synthesizer, config);
      expect(keptAssociation(input.table, synthetic)).toBeGreaterThan(0.65);
      expect(widestGap(input.table, synthetic)).toBeLessThan(0.05);
    },
    60_000,
  );

  it('is a guard that independent columns and a network without the pull towards pairs fail', async () => {
    expect(keptAssociation(input.table, await draw(independent, {}))).toBeLessThan(0.1);
    const [, tvae, config] = models[0] ?? [];
    if (tvae === undefined) throw new Error('no model');
    const alone = await draw(tvae, { ...config, pairWeight: 0 });
    expect(keptAssociation(input.table, alone)).toBeLessThan(0.55);
  }, 60_000);

  it('is a guard that the margins of the paper’s recipe fail', async () => {
    const [, tvae, config] = models[0] ?? [];
    if (tvae === undefined) throw new Error('no model');
    expect(widestGap(input.table, await draw(tvae, { ...config, preset: 'paper' }))).toBeGreaterThan(0.05);
  }, 60_000);
});
