import { beforeAll, describe, expect, it } from 'vitest';
import { getColumn, type Table } from '../../../src/data/table';
import { Rng } from '../../../src/math/rng';
import { argn } from '../../../src/models/argn/argn';
import { isBoosted } from '../../../src/models/argn/boosted-target';
import type { ArgnState } from '../../../src/models/argn/draw-rows';
import type { ModelState, TrainedModel } from '../../../src/models/synthesizer';
import { levelsOf, recordRun, valuesOf } from '../copula-run';
import { describeTable, levels, makeStays, numbers, type Input } from './tables';

const nRows = 6000;

const fit = (input: Input, config = {}) =>
  argn.train(input, { epochs: 2, ...config }, Rng.fromSeed(1), recordRun());

async function isBoostedIn(model: TrainedModel): Promise<boolean> {
  const net = ((await model.state()).payload as ArgnState).columns.at(-1)?.net;
  return net !== undefined && isBoosted(net);
}

/** Doses of which ten round ones are common and deadly: far finer than the groups that a net tells apart. */
function makeDoses(shareMissing: number): Input {
  const rng = Rng.fromSeed('doses');
  const dose = Float64Array.from({ length: nRows }, () =>
    rng.float() < 0.2 ? 20 * rng.int(10) : rng.int(200),
  );
  const died = Int32Array.from(dose, (value) => {
    if (rng.float() < shareMissing) return -1;
    return rng.float() < (isRound(value) ? 0.95 : 0.1) ? 1 : 0;
  });
  return describeTable([numbers('dose', dose), levels('died', died, ['no', 'yes'])], 0);
}

const isRound = (dose: number) => dose % 20 === 0;

/** Share of deaths among rows of such doses. */
function deathsAmong(table: Table, test: (dose: number) => boolean): number {
  const [dose, died] = [valuesOf(table, 'dose'), levelsOf(table, 'died')];
  const known = [...died.keys()].filter((row) => died[row] !== null && test(dose[row] ?? NaN));
  return known.filter((row) => died[row] === 'yes').length / known.length;
}

describe('a target of few levels', () => {
  const input = makeStays(nRows);
  let model: TrainedModel;

  beforeAll(async () => {
    model = await fit(input);
  });

  it('has boosted trees, and in short tables or where a person says so a net', async () => {
    expect(await isBoostedIn(model)).toBe(true);
    expect(await isBoostedIn(await fit(makeStays(900)))).toBe(false);
    expect(await isBoostedIn(await fit(input, { boostRounds: 0 }))).toBe(false);
  });

  it('follows single values, which a net cannot tell apart, and keeps its gaps', async () => {
    const doses = makeDoses(0.2);
    const [boosted, net] = await Promise.all(
      [80, 0].map(async (boostRounds) =>
        (await fit(doses, { boostRounds, groups: 8 })).sample(4000, Rng.fromSeed(5)),
      ),
    );
    if (boosted === undefined || net === undefined) throw new Error('both were drawn');
    expect(deathsAmong(boosted, isRound)).toBeGreaterThan(0.7);
    expect(deathsAmong(net, isRound)).toBeLessThan(0.6);
    const missing = levelsOf(boosted, 'died').filter((level) => level === null).length / 4000;
    expect(Math.abs(missing - 0.2)).toBeLessThan(0.03);
  });

  it('is drawn and scored alike from a copy of the state', async () => {
    const copy = await argn.restore(structuredClone(await model.state()));
    expect(await copy.sample(300, Rng.fromSeed(4))).toEqual(await model.sample(300, Rng.fromSeed(4)));
    expect(await copy.score?.(input.table)).toEqual(await model.score?.(input.table));
  });

  it('is scored by the probabilities that it is drawn by, however its levels are numbered', async () => {
    const died = getColumn(input.table, 'died');
    const score = async (code: number, names: readonly string[]) => {
      const codes = new Int32Array(nRows).fill(code);
      const columns = input.table.columns.map((one) => (one === died ? levels('died', codes, names) : one));
      return (await model.score?.({ nRows, columns })) ?? new Float64Array();
    };
    const [no, yes] = [await score(0, ['no', 'yes']), await score(1, ['no', 'yes'])];
    expect(await score(0, ['yes', 'no'])).toEqual(yes);
    // Both probabilities of a row add up to one, so that their ratio says each.
    const shares = Array.from(no, (score, row) => 1 / (1 + Math.exp(score - (yes[row] ?? 0))));
    const expected = shares.reduce((sum, share) => sum + share, 0) / nRows;
    expect(Math.abs(expected - deathsAmong(input.table, () => true))).toBeLessThan(0.005);
    expect(Math.max(...shares) - Math.min(...shares)).toBeGreaterThan(0.5);
  });

  it('is drawn from its net in a model of the version before, and an older one is refused', async () => {
    const old = await (await fit(input, { boostRounds: 0 })).state();
    const before: ModelState = { ...old, version: 2 };
    expect((await (await argn.restore(before)).sample(10, Rng.fromSeed(1))).nRows).toBe(10);
    await expect(argn.restore({ ...old, version: 1 })).rejects.toThrow(/train it again/);
  });
});
