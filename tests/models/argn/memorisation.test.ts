import { describe, expect, it } from 'vitest';
import { takeRows } from '../../../src/data/table';
import { Rng } from '../../../src/math/rng';
import { measureArea } from '../../../src/math/roc';
import { argn } from '../../../src/models/argn/argn';
import type { ModelConfig } from '../../../src/models/synthesizer';
import { levelsOf, recordRun, valuesOf } from '../copula-run';
import { describeTable, draw, levels, makeLabs, makeStays, numbers } from './tables';

/** Share of present values that are found in `other` too. */
function shareFound(values: readonly number[], other: readonly number[]): number {
  const known = new Set(other);
  const present = values.filter((value) => !Number.isNaN(value));
  return present.filter((value) => known.has(value)).length / present.length;
}

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

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
  });

  it('size, parents, knots, groups and epochs: without them the model knows its own rows again', async () => {
    const all = makeLabs(2400, 24);
    const [inside, outside] = [takeRows(all.table, range(0, 600)), takeRows(all.table, range(600, 2400))];
    const attack = async (config: ModelConfig) => {
      const model = await argn.train({ ...all, table: inside }, config, Rng.fromSeed(1), recordRun());
      if (model.score === null) throw new Error('nets have a likelihood');
      return measureArea(await model.score(inside), await model.score(outside))?.auc ?? NaN;
    };
    const held = await attack({});
    expect(held).toBeLessThan(0.83);
    expect(await attack({ hidden: 64 })).toBeGreaterThan(held + 0.1);
    expect(await attack({ parents: 24 })).toBeGreaterThan(held + 0.01);
    expect(await attack({ knots: 100 })).toBeGreaterThan(held + 0.05);
    expect(await attack({ groups: 100 })).toBeGreaterThan(held + 0.02);
    expect(await attack({ epochs: 60 })).toBeGreaterThan(held + 0.1);
  });
});
