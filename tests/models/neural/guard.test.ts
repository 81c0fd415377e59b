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

describe('on 3,000 simulated rows', () => {
  const input = makeWards();
  let floor: number;

  async function measure(synthesizer: Synthesizer, config: ModelConfig): Promise<number> {
    const model = await synthesizer.train(input, config, Rng.fromSeed(1), makeRun());
    const synthetic = await model.sample(input.table.nRows, Rng.fromSeed(2));
    model.dispose();
    return keptAssociation(input.table, synthetic);
  }

  beforeAll(async () => {
    await openBackend('wasm', host);
    floor = await measure(independent, {});
  }, 60_000);

  it.each(models)(
    '%s keeps far more of the association than independent columns',
    async (_, synthesizer, config) => {
      expect(await measure(synthesizer, config)).toBeGreaterThan(floor + 0.25);
    },
  );
});
