import { describe, expect, it } from 'vitest';
import {
  BOOST_DEFAULTS,
  fitBoostedTrees,
  predictBoosted,
  type BoostSettings,
} from '../../../src/math/learners/boosted-trees';
import { codeFeatures, type FeatureColumn, type Target } from '../../../src/math/learners/features';
import { findSplit, hasCode } from '../../../src/math/learners/find-split';
import { Rng } from '../../../src/math/rng';
import { measureArea } from '../../../src/math/roc';

const ONE_STUMP: BoostSettings = {
  ...BOOST_DEFAULTS,
  nRounds: 1,
  learningRate: 1,
  maxLeaves: 2,
  minRows: 1,
  lambda: 0,
};

const allRows = (n: number): Int32Array => Int32Array.from({ length: n }, (_, row) => row);

function fit(columns: readonly FeatureColumn[], n: number, target: Target, settings: BoostSettings) {
  const features = codeFeatures(columns, n);
  const model = fitBoostedTrees(features, target, allRows(n), settings, Rng.fromSeed(1));
  return { model, features, predictions: predictBoosted(model, features) };
}

const number = (...values: number[]): FeatureColumn => ({
  kind: 'number',
  values: Float64Array.from(values),
});

describe('one tree with two leaves', () => {
  it('predicts the means of the two halves, by hand', () => {
    const target: Target = { kind: 'number', values: Float64Array.of(1, 3, 10, 14) };
    const { predictions } = fit([number(1, 2, 3, 4)], 4, target, ONE_STUMP);
    expect([...(predictions[0] ?? [])]).toEqual([2, 2, 12, 12]);
  });

  it('sends missing values to the side that they are like', () => {
    const target: Target = { kind: 'number', values: Float64Array.of(0, 0, 10, 10, 10) };
    const { predictions } = fit([number(1, 2, 3, 4, NaN)], 5, target, ONE_STUMP);
    expect([...(predictions[0] ?? [])]).toEqual([0, 0, 10, 10, 10]);
    const low: Target = { kind: 'number', values: Float64Array.of(0, 0, 10, 10, 0) };
    expect([...(fit([number(1, 2, 3, 4, NaN)], 5, low, ONE_STUMP).predictions[0] ?? [])]).toEqual([
      0, 0, 10, 10, 0,
    ]);
  });

  it('keeps the smallest leaf', () => {
    const target: Target = { kind: 'number', values: Float64Array.of(0, 0, 0, 100) };
    const { predictions } = fit([number(1, 2, 3, 4)], 4, target, { ...ONE_STUMP, minRows: 2 });
    expect([...(predictions[0] ?? [])]).toEqual([0, 0, 50, 50]);
  });
});

describe('a split of levels', () => {
  it('is the best of all groupings of levels with enough rows', () => {
    const nCodes = 6;
    const binning = { isNominal: true, nCodes, cuts: new Float64Array(), codeOfLevel: new Uint8Array() };
    const limits = { minRows: 1, lambda: 0 };
    for (let seed = 0; seed < 20; seed++) {
      const rng = Rng.fromSeed(seed);
      const cells = new Float64Array(3 * nCodes);
      for (let code = 0; code < nCodes; code++) cells.set([40 * rng.normal(), 40, 40], 3 * code);
      const total = (codes: readonly number[], part: number) =>
        codes.reduce((sum, code) => sum + (cells[3 * code + part] ?? 0), 0);
      const all = [...Array(nCodes).keys()];
      const node = { gradient: total(all, 0), curvature: total(all, 1), nRows: total(all, 2) };
      const worth = (codes: readonly number[]) => total(codes, 0) ** 2 / total(codes, 1);
      let best = 0;
      for (let set = 1; set < 2 ** nCodes - 1; set++) {
        const [left, right] = [
          all.filter((code) => (set >> code) & 1),
          all.filter((code) => !((set >> code) & 1)),
        ];
        best = Math.max(best, worth(left) + worth(right) - worth(all));
      }
      const split = findSplit(cells, 0, 0, binning, node, limits);
      expect(split?.gain).toBeCloseTo(best, 8);
      const left = all.filter((code) => hasCode(split?.goesLeft ?? new Uint8Array(32), 0, code));
      expect(total(left, 0)).toBeCloseTo(split?.left.gradient ?? NaN, 8);
    }
  });
});

describe('boosted trees', () => {
  const n = 2000;
  const rng = Rng.fromSeed('boosted');
  const x = Float64Array.from({ length: n }, () => rng.normal());
  const z = Float64Array.from({ length: n }, () => rng.normal());
  const level = Int32Array.from({ length: n }, () => rng.int(12));
  const columns: readonly FeatureColumn[] = [
    { kind: 'number', values: x },
    { kind: 'number', values: z },
    { kind: 'level', codes: level, levels: { length: 12 } },
  ];
  const half = { learn: allRows(n / 2), judge: allRows(n / 2).map((row) => row + n / 2) };
  const features = codeFeatures(columns, n);

  const learn = (target: Target, settings: BoostSettings) =>
    predictBoosted(
      fitBoostedTrees(features, target, half.learn, settings, Rng.fromSeed(1)),
      features,
      half.judge,
    );

  it('see an interaction that no single cut sees', () => {
    const classes = Int32Array.from(x, (value, i) => (value > 0 !== (z[i] ?? 0) > 0 ? 1 : 0));
    const target: Target = { kind: 'class', classes, nClasses: 2 };
    const areaOf = (settings: BoostSettings) => {
      const p = learn(target, settings)[1] ?? new Float64Array();
      const take = (wanted: number) =>
        Float64Array.from(
          half.judge.filter((row) => classes[row] === wanted),
          (row) => p[row] ?? 0,
        );
      return measureArea(take(1), take(0))?.auc ?? 0;
    };
    expect(areaOf(BOOST_DEFAULTS)).toBeGreaterThan(0.95);
    expect(areaOf({ ...BOOST_DEFAULTS, nRounds: 1, maxLeaves: 2 })).toBeLessThan(0.6);
  });

  it('tell several classes apart, with probabilities that add up to 1', () => {
    const classes = level.map((code) => code % 3);
    const p = learn({ kind: 'class', classes, nClasses: 3 }, { ...BOOST_DEFAULTS, nRounds: 20 });
    expect(p).toHaveLength(3);
    for (const row of half.judge) {
      const own = p.map((one) => one[row] ?? 0);
      expect(own.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 12);
      expect(own.indexOf(Math.max(...own))).toBe(classes[row]);
    }
  });

  it('predict a number', () => {
    const values = x.map((value, i) => value * value + (level[i] ?? 0));
    const predicted = learn({ kind: 'number', values }, BOOST_DEFAULTS)[0] ?? new Float64Array();
    const error = half.judge.reduce((sum, row) => sum + ((predicted[row] ?? 0) - (values[row] ?? 0)) ** 2, 0);
    const mean = half.judge.reduce((sum, row) => sum + (values[row] ?? 0), 0) / half.judge.length;
    const spread = half.judge.reduce((sum, row) => sum + ((values[row] ?? 0) - mean) ** 2, 0);
    expect(error / spread).toBeLessThan(0.05);
  });

  it('stop when rows kept aside are predicted no better', () => {
    const classes = Int32Array.from({ length: n }, () => rng.int(2));
    const settings = { ...BOOST_DEFAULTS, asideShare: 0.2, patience: 5 };
    const target: Target = { kind: 'class', classes, nClasses: 2 };
    const model = fitBoostedTrees(features, target, half.learn, settings, Rng.fromSeed(1));
    expect(model.rounds.length).toBeLessThan(40);
  });

  it('do not depend on the order of the rows they learn from', () => {
    const classes = Int32Array.from(x, (value) => (value > 0.3 ? 1 : 0));
    const target: Target = { kind: 'class', classes, nClasses: 2 };
    const settings = { ...BOOST_DEFAULTS, nRounds: 5 };
    const back = fitBoostedTrees(features, target, half.learn.slice().reverse(), settings, Rng.fromSeed(1));
    const p = predictBoosted(back, features, half.judge)[1] ?? new Float64Array();
    learn(target, settings)[1]?.forEach((value, row) => expect(p[row]).toBeCloseTo(value, 10));
  });
});
