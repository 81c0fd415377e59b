import { beforeAll, describe, expect, it } from 'vitest';
import { takeRows, type Table } from '../../../src/data/table';
import { normalQuantile } from '../../../src/math/normal';
import { Rng } from '../../../src/math/rng';
import { evaluate, runSpec, type Evaluation } from '../../../src/measure/evaluate';
import { openContext, type EvaluationOptions } from '../../../src/measure/evaluation-context';
import { specsOf } from '../../../src/measure/evaluation-specs';
import { shuffleColumns } from '../../../src/measure/fidelity/shuffle-columns';
import { isSkipped, type FinishedMeasure } from '../../../src/measure/measure';
import { COEFFICIENTS } from '../../../src/measure/utility/coefficient-spec';
import { openTask, tellTarget } from '../../../src/measure/utility/utility-task';
import { makePeople, PEOPLE_KINDS } from '../made-people';

// Seeds were fixed before any result was looked at.
const N = 700;
const train = makePeople(N, 'useful/train');
const holdout = makePeople(N, 'useful/holdout');
const judge = (synthetic: Table, options: Partial<EvaluationOptions> = {}) =>
  evaluate(specsOf(['utility']), {
    train,
    holdout,
    synthetic,
    kinds: PEOPLE_KINDS,
    options: { seed: 5, target: 'smoker', ...options },
  });

const find = ({ measures }: Evaluation, id: string): FinishedMeasure => {
  const measure = measures.find((each) => each.id === id);
  if (measure === undefined) throw new Error(`no measure ${id}`);
  return measure;
};

const SCORES = ['train-synthetic-linear', 'train-synthetic-forest', 'train-synthetic-boosted'];
const OVERLAPS = ['coefficient-overlap', 'coefficient-overlap-clear'];
const WITH_DIFFERENCE = [...SCORES, 'train-synthetic-brier', 'train-synthetic-subgroups'];

describe('a copy of train', () => {
  it('teaches what train teaches, to the last digit where learners draw nothing', async () => {
    const copy = await judge(train);
    const { id, reason } = copy.skipped[0] ?? { id: '', reason: '' };
    expect(copy.measures).toHaveLength(9);
    expect(id).toBe('coefficient-sign-flips');
    expect(reason).toMatch(
      /^[0-4] coefficients differ clearly from 0 in train, and a share takes at least 5$/,
    );
    for (const id of ['train-synthetic-linear', 'train-synthetic-boosted', 'train-synthetic-brier'])
      expect(find(copy, id).difference, id).toEqual({ value: 0, interval: { low: 0, high: 0 } });
    expect(find(copy, 'importance-agreement').value).toBe(1);
    for (const id of OVERLAPS) expect(find(copy, id), id).toMatchObject({ value: 1, interval: { high: 1 } });
    const subgroups = find(copy, 'train-synthetic-subgroups');
    expect(subgroups.value).toBe(subgroups.ceiling);
  });
});

describe('a copy of train with a column lost', () => {
  it('loses its coefficients, which count as 0 and not as overlapping', () => {
    const stripped: Table = {
      ...train,
      columns: train.columns.map((column) =>
        column.kind === 'level' && column.name === 'ward'
          ? { ...column, codes: column.codes.map(() => 1) }
          : column,
      ),
    };
    const overlapOf = (synthetic: Table) => {
      const input = { train, holdout, synthetic, kinds: PEOPLE_KINDS };
      const context = openContext({ ...input, options: { seed: 5, target: 'smoker' } });
      const [found] = runSpec(COEFFICIENTS, context);
      if (found === undefined || isSkipped(found)) throw new Error(found?.reason ?? 'no result');
      return found;
    };
    const lost = overlapOf(stripped);
    const ofWard = lost.parts.filter(({ columns: [name] }) => name === 'ward');
    expect(ofWard.length).toBeGreaterThan(2);
    for (const { value, note } of ofWard) expect([value, note]).toEqual([0, expect.stringContaining('lost')]);
    expect(lost.value).toBeLessThan(overlapOf(train).value);
    expect(lost.sentence).toContain('which count as 0, since the synthetic table has no such row or value');
  });
});

describe('a fresh table', () => {
  let fresh: Evaluation;
  beforeAll(async () => {
    fresh = await judge(makePeople(N, 'useful/fresh'));
  });

  it('teaches as well as train: simultaneous 99 % intervals of every difference hold 0', () => {
    // The interval is of other people in the holdout; another train would move the difference as much again.
    const widening =
      (Math.SQRT2 * normalQuantile(1 - 0.005 / WITH_DIFFERENCE.length)) / normalQuantile(0.975);
    for (const id of WITH_DIFFERENCE) {
      const { difference } = find(fresh, id);
      const { value, interval } = difference ?? { value: NaN, interval: { low: NaN, high: NaN } };
      expect(value - widening * (value - interval.low), id).toBeLessThanOrEqual(0);
      expect(value + widening * (interval.high - value), id).toBeGreaterThanOrEqual(0);
    }
  });

  it('leads to the same coefficients and leans on the same columns', () => {
    for (const id of [...OVERLAPS, 'importance-agreement', 'train-synthetic-calibration']) {
      const { value, interval, ceiling } = find(fresh, id);
      const reach = 2 * Math.SQRT2 * Math.max(interval.high - value, value - interval.low);
      expect(Math.abs(value - (ceiling ?? NaN)), id).toBeLessThanOrEqual(reach);
    }
  });

  it('says which target was suggested and what gives it away, and that a chosen one was chosen', () => {
    const chosen = find(fresh, 'train-synthetic-linear').sentence;
    expect(chosen).toContain('"smoker"');
    expect(chosen).not.toContain('suggested');
    const context = openContext({
      train,
      holdout,
      synthetic: train,
      kinds: PEOPLE_KINDS,
      options: { seed: 5 },
    });
    const task = openTask(context);
    expect('reason' in task ? task.reason : tellTarget(task)).toBe(
      ' The target "died" was suggested by its name. Not used: "age", "lactate", which alone almost decide "died".',
    );
  });

  it('draws curves of at most a hundred points', () => {
    const boosted = find(fresh, 'train-synthetic-boosted');
    expect(boosted.curves?.map(({ chart, series }) => [chart, series])).toEqual([
      ['roc', 'taught on synthetic'],
      ['roc', 'taught on train'],
    ]);
    for (const { x, y } of boosted.curves ?? []) {
      expect(x.length).toBeLessThanOrEqual(100);
      expect([x[0], y[0], x.at(-1), y.at(-1)]).toEqual([0, 0, 1, 1]);
    }
    expect(find(fresh, 'train-synthetic-calibration').curves?.[0]).toMatchObject({ chart: 'calibration' });
  });
});

describe('columns of train, each shuffled', () => {
  it('teach nothing: every score lies at the floor', async () => {
    const shuffled = await judge(shuffleColumns(train, Rng.fromSeed('useful/shuffled')));
    for (const id of [...SCORES, 'train-synthetic-subgroups']) {
      const { value, floor, ceiling } = find(shuffled, id);
      const span = (ceiling ?? NaN) - (floor ?? NaN);
      expect(value - (floor ?? NaN), `${id}: ${value}, ${floor}, ${ceiling}`).toBeLessThan(0.35 * span);
    }
    for (const id of SCORES) expect(find(shuffled, id).difference?.interval.high, id).toBeLessThan(0);
    for (const id of OVERLAPS) {
      const { value, floor, ceiling } = find(shuffled, id);
      expect(value, id).toBeLessThan(((floor ?? NaN) + (ceiling ?? NaN)) / 2);
    }
    // Train's clear coefficients have intervals without 0, and shuffled columns give intervals around 0.
    expect(find(shuffled, 'coefficient-overlap-clear').interval.high).toBeLessThan(0.4);
  });
});

describe('targets of other kinds', () => {
  const synthetic = makePeople(N, 'useful/fresh');

  it('a number is scored by R², and has no probabilities to judge', async () => {
    const found = await judge(synthetic, { target: 'pressure' });
    expect(find(found, 'train-synthetic-linear').sentence).toContain('(R²)');
    expect(find(found, 'train-synthetic-linear').sentence).not.toContain('suggested');
    expect(found.skipped.map(({ id }) => id)).toEqual([
      'coefficient-sign-flips',
      'train-synthetic-brier',
      'train-synthetic-calibration',
    ]);
    expect(found.skipped[1]?.reason).toContain('"pressure" is a number');
    expect(find(found, 'train-synthetic-forest').value).toBeGreaterThan(0.1);
  });

  it('of several classes all are judged', async () => {
    const found = await judge(makePeople(300, 'useful/fresh'), { target: 'ward' });
    const forest = find(found, 'train-synthetic-forest');
    expect(forest.sentence).toContain('macro-averaged F1');
    expect(forest.curves).toBeUndefined();
    expect(forest.value).toBeGreaterThan(forest.floor ?? NaN);
    expect(find(found, 'train-synthetic-brier').floor).toBeGreaterThan(
      find(found, 'train-synthetic-brier').value,
    );
  });
});

describe('the order of rows', () => {
  it('changes nothing', async () => {
    const turn = (source: Table) =>
      takeRows(
        source,
        Uint32Array.from({ length: source.nRows }, (_, row) => source.nRows - 1 - row),
      );
    const synthetic = makePeople(400, 'useful/order');
    const options = { seed: 6, target: 'smoker' };
    const input = { train, holdout, synthetic, kinds: PEOPLE_KINDS, options };
    const turned = { ...input, train: turn(train), holdout: turn(holdout), synthetic: turn(synthetic) };
    const specs = specsOf(['utility']);
    expect(await evaluate(specs, turned)).toEqual(await evaluate(specs, input));
  });
});
