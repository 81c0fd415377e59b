import { beforeAll, describe, expect, it } from 'vitest';
import { takeRows, type Table } from '../../../src/data/table';
import { Rng } from '../../../src/math/rng';
import { normalQuantile } from '../../../src/math/normal';
import { evaluate, type Evaluation } from '../../../src/measure/evaluate';
import { FIDELITY_SPECS } from '../../../src/measure/fidelity/fidelity-specs';
import { shuffleColumns } from '../../../src/measure/fidelity/shuffle-columns';
import type { FinishedMeasure } from '../../../src/measure/measure';
import { makePeople, PEOPLE_KINDS } from '../made-people';

// Seeds were fixed before any result was looked at.
const N = 900;
const train = makePeople(N, 'metamorphic/train');
const holdout = makePeople(N, 'metamorphic/holdout');
const judge = (synthetic: Table, seed = 5) =>
  evaluate(FIDELITY_SPECS, { train, holdout, synthetic, kinds: PEOPLE_KINDS, options: { seed } });

/** Measures that only compare single columns: train's shuffled columns are perfect in them. */
const OF_SINGLE_COLUMNS = [
  'sdmetrics-column-shapes',
  'missing-value-similarity',
  'range-adherence',
  'category-adherence',
  'marginal-accuracy-1-way',
  'wasserstein',
  'jensen-shannon',
];
/** Blind to relations by construction: the linear learner sees main effects only. */
const LINEAR = ['detection-linear', 'propensity-pmse', 'propensity-pmse-ratio'];
/** Made-up people miss values independently, so shuffled columns keep their patterns: there is no way down to a floor. */
const WITHOUT_SPAN = ['missing-pattern-distance'];
/** What is perfect but for 1: distances, and areas that say nothing. */
const PERFECT: Readonly<Record<string, number>> = {
  'missing-pattern-distance': 0,
  wasserstein: 0,
  'jensen-shannon': 0,
  'association-difference': 0,
  'propensity-pmse': 0,
  'propensity-pmse-ratio': 0,
};
/** Steps of shares, and rows at equal distances, keep these a little from 1. */
const NEARLY = ['density', 'alpha-precision', 'beta-recall', 'detection-boosted', 'detection-linear'];

const find = ({ measures }: Evaluation, id: string): FinishedMeasure => {
  const measure = measures.find((each) => each.id === id);
  if (measure === undefined) throw new Error(`no measure ${id}`);
  return measure;
};

describe('a copy of train', () => {
  it('is perfect in every measure', async () => {
    const { measures, skipped } = await judge(train);
    expect(skipped).toEqual([]);
    expect(measures).toHaveLength(25);
    for (const { id, value } of measures)
      if (!NEARLY.includes(id)) expect(value, id).toBeCloseTo(PERFECT[id] ?? 1, 9);
      else if (id.startsWith('detection')) expect(value, id).toBeLessThan(0.5);
      else expect(value, id).toBeGreaterThan(0.99);
  });
});

describe('columns of train, each shuffled', () => {
  it('are perfect one by one, and at the floor together', async () => {
    const shuffled = await judge(shuffleColumns(train, Rng.fromSeed('metamorphic/shuffled')));
    for (const { id, value, floor, ceiling } of shuffled.measures) {
      if (OF_SINGLE_COLUMNS.includes(id)) {
        expect(value, id).toBeCloseTo(PERFECT[id] ?? 1, 9);
        expect(floor, id).toBeCloseTo(PERFECT[id] ?? 1, 9);
        continue;
      }
      const span = Math.abs((ceiling ?? NaN) - (floor ?? NaN));
      if (LINEAR.includes(id) || WITHOUT_SPAN.includes(id)) continue;
      expect(Math.abs(value - (floor ?? NaN)), `${id}: ${value}, ${floor}, ${ceiling}`).toBeLessThan(
        0.35 * span,
      );
    }
  });
});

describe('a fresh holdout', () => {
  let fresh: Evaluation;
  beforeAll(async () => {
    fresh = await judge(makePeople(N, 'metamorphic/fresh'));
  });

  it('lies at the ceiling: no difference lies outside simultaneous 99 % intervals', () => {
    // Value and ceiling are each uncertain by the interval: their difference by √2 times as much.
    const widening = (Math.SQRT2 * normalQuantile(1 - 0.005 / fresh.measures.length)) / normalQuantile(0.975);
    for (const { id, value, ceiling, interval } of fresh.measures) {
      const reach = widening * Math.max(value - interval.low, interval.high - value);
      expect(Math.abs(value - (ceiling ?? NaN)), id).toBeLessThanOrEqual(reach);
    }
  });

  it('and most 95 % intervals hold the ceiling as they are', () => {
    const nHolding = fresh.measures.filter(
      ({ ceiling, interval }) => interval.low <= (ceiling ?? NaN) && (ceiling ?? NaN) <= interval.high,
    ).length;
    expect(nHolding / fresh.measures.length).toBeGreaterThan(0.7);
  });

  it('lies far from the floor wherever relations are seen', () => {
    const ids = [
      'marginal-accuracy-3-way',
      'association-difference',
      'coverage',
      'density',
      'detection-boosted',
    ];
    for (const id of ids) {
      const { floor, interval } = find(fresh, id);
      expect((floor ?? 0) < interval.low || (floor ?? 0) > interval.high, id).toBe(true);
    }
  });

  it('shows the accuracy of margins that is expected of chance', () => {
    for (const way of [1, 2, 3]) {
      const { expected = NaN, interval } = find(fresh, `marginal-accuracy-${way}-way`);
      expect(expected).toBeGreaterThan(interval.low);
      expect(expected).toBeLessThan(interval.high);
    }
  });

  it('shows twice the pMSE of a table drawn from the right model of train', () => {
    const { interval, ceiling } = find(fresh, 'propensity-pmse-ratio');
    expect(interval.low).toBeLessThan(2);
    expect(interval.high).toBeGreaterThan(2);
    expect(ceiling).toBeGreaterThan(0.7);
  });
});

describe('the order of rows', () => {
  it('changes nothing', async () => {
    const turn = (source: Table) =>
      takeRows(
        source,
        Uint32Array.from({ length: source.nRows }, (_, row) => source.nRows - 1 - row),
      );
    const synthetic = makePeople(400, 'metamorphic/order');
    const input = { train, holdout, synthetic, kinds: PEOPLE_KINDS, options: { seed: 6 } };
    const turned = { ...input, train: turn(train), holdout: turn(holdout), synthetic: turn(synthetic) };
    expect(await evaluate(FIDELITY_SPECS, turned)).toEqual(await evaluate(FIDELITY_SPECS, input));
  });
});
