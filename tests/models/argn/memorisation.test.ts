import { describe, expect, it } from 'vitest';
import { takeRows } from '../../../src/data/table';
import { Rng } from '../../../src/math/rng';
import { measureArea } from '../../../src/math/roc';
import { argn } from '../../../src/models/argn/argn';
import type { ModelConfig } from '../../../src/models/synthesizer';
import { scoreRows, timeModel } from '../../bench/time-model';
import { loadTrainTables } from '../../bench/train-tables';
import { hasGolden } from '../../measure/load-golden';
import { levelsOf, recordRun, valuesOf } from '../copula-run';
import { describeTable, draw, levels, makeLabs, makeStays, numbers } from './tables';

/** Share of present values that are found in `other` too. */
function shareFound(values: readonly number[], other: readonly number[]): number {
  const known = new Set(other);
  const present = values.filter((value) => !Number.isNaN(value));
  return present.filter((value) => known.has(value)).length / present.length;
}

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

/** How well the likelihood of a model of made numbers tells its rows from others like them, as an area under the curve. */
function openAttack(nRows: number, nColumns: number) {
  const all = makeLabs(nRows + 1600, nColumns);
  const inside = takeRows(all.table, range(0, nRows));
  const outside = takeRows(all.table, range(nRows, nRows + 1600));
  return async (config: ModelConfig) => {
    const model = await argn.train({ ...all, table: inside }, config, Rng.fromSeed(1), recordRun());
    if (model.score === null) throw new Error('nets have a likelihood');
    return measureArea(await model.score(inside), await model.score(outside))?.auc ?? NaN;
  };
}

/** Each control, taken away, makes a figure of copying worse. */
describe('controls against memorisation', () => {
  it('floors under atoms and bins: without them the numbers of patients come back', async () => {
    const input = makeStays(600);
    const lab = valuesOf(input.table, 'lab');
    const kept = shareFound(valuesOf(await draw(input), 'lab'), lab);
    const bare = shareFound(valuesOf(await draw(input, { atomRows: 1, binRows: 1 }), 'lab'), lab);
    expect(kept).toBeLessThan(0.05);
    expect(bare).toBeGreaterThan(0.9);
  });

  it('k: a level of fewer rows is not learnt, nor the value of fewer rows at an end', async () => {
    const codes = Int32Array.from({ length: 600 }, (_, i) => (i < 4 ? 1 : 0));
    const values = Float64Array.from({ length: 600 }, (_, i) => (i === 0 ? 900 : i % 97));
    const input = describeTable([levels('rare', codes, ['usual', 'rare']), numbers('x', values)], 0);
    for (const seed of [1, 2, 3]) {
      const held = await draw(input, {}, seed);
      expect(new Set(levelsOf(held, 'rare'))).toEqual(new Set(['usual']));
      expect(Math.max(...valuesOf(held, 'x'))).toBeLessThanOrEqual(96);
    }
    const open = await draw(input, { k: 1, epochs: 1 });
    expect(new Set(levelsOf(open, 'rare'))).toEqual(new Set(['usual', 'rare']));
    expect(Math.max(...valuesOf(open, 'x'))).toBeGreaterThan(96);
  });

  const wide = openAttack(600, 24);
  const small = openAttack(800, 8);

  it('sizes, bins, decay and epochs: without them the model knows its own rows again', async () => {
    const held = await wide({});
    expect(held).toBeLessThan(0.77);
    expect(await wide({ hidden: 64 })).toBeGreaterThan(held + 0.1);
    expect(await wide({ parents: 24 })).toBeGreaterThan(held + 0.02);
    expect(await wide({ knots: 100 })).toBeGreaterThan(held + 0.1);
    expect(await wide({ binRows: 20 })).toBeGreaterThan(held + 0.03);
    expect(await wide({ weightDecay: 1 })).toBeGreaterThan(held + 0.02);
    expect(await wide({ epochs: 60 })).toBeGreaterThan(held + 0.05);
  });

  it('hold on a small table of few columns too', async () => {
    const held = await small({});
    expect(held).toBeLessThan(0.63);
    expect(await small({ hidden: 64, weightDecay: 1 })).toBeGreaterThan(held + 0.03);
    expect(await small({ knots: 100 })).toBeGreaterThan(held + 0.04);
    expect(await small({ groups: 100 })).toBeGreaterThan(held + 0.01);
    expect(await small({ binRows: 20 })).toBeGreaterThan(held + 0.02);
    expect(await small({ epochs: 60, weightDecay: 1 })).toBeGreaterThan(held + 0.03);
    const sizesOfLarge = { binRows: 20, groups: 100, knots: 8, hidden: 32, parents: 48, weightDecay: 1 };
    expect(await small(sizesOfLarge)).toBeGreaterThan(held + 0.15);
  });
});

describe.skipIf(!hasGolden)('the first 800 rows of SUPPORT2', () => {
  it('are hardly known again, unless the nets are of the size for all its rows', async () => {
    const tables = loadTrainTables('support2', 'peers', 'cap', 1, 800);
    const attack = async (config: ModelConfig) => {
      const scores = await scoreRows(await timeModel('argn', tables, 1, 'cap', 'cpu', config), tables);
      if (scores === null) throw new Error('nets have a likelihood');
      return measureArea(scores.train, scores.holdout)?.auc ?? NaN;
    };
    const held = await attack({});
    expect(held).toBeLessThan(0.58);
    expect(await attack({ knots: 6, parents: 16, weightDecay: 1 })).toBeGreaterThan(held + 0.04);
  });
});
