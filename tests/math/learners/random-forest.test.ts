import { describe, expect, it } from 'vitest';
import { codeFeatures, type FeatureColumn, type Target } from '../../../src/math/learners/features';
import { FOREST_DEFAULTS, fitRandomForest, predictForest } from '../../../src/math/learners/random-forest';
import { Rng } from '../../../src/math/rng';
import { measureArea } from '../../../src/math/roc';

const rng = () => Rng.fromSeed('forest');
const allRows = (n: number): Int32Array => Int32Array.from({ length: n }, (_, row) => row);

function fit(columns: readonly FeatureColumn[], n: number, target: Target, seed = rng()) {
  const features = codeFeatures(columns, n);
  const model = fitRandomForest(features, target, allRows(n), FOREST_DEFAULTS, seed);
  const predict = (other: readonly FeatureColumn[], nRows: number) =>
    predictForest(model, codeFeatures(other, nRows, features.binnings));
  return { model, predict, predictions: predictForest(model, features) };
}

/** Two numbers, of which the first decides a class with some noise. */
function makeRows(n: number, seed: string) {
  const draw = Rng.fromSeed(seed);
  const x = Float64Array.from({ length: n }, () => draw.normal());
  const z = Float64Array.from({ length: n }, () => draw.normal());
  const classes = x.map((value) => (value + 0.5 * draw.normal() > 0 ? 1 : 0));
  const columns: readonly FeatureColumn[] = [
    { kind: 'number', values: x },
    { kind: 'number', values: z },
  ];
  return { x, columns, classes: Int32Array.from(classes) };
}

const areaOf = (scores: Float64Array, classes: Int32Array): number =>
  measureArea(
    scores.filter((_, row) => classes[row] === 1),
    scores.filter((_, row) => classes[row] === 0),
  )?.auc ?? NaN;

describe('a random forest', () => {
  const own = makeRows(600, 'rows');
  const target: Target = { kind: 'class', classes: own.classes, nClasses: 2 };

  it('says the mean where there is nothing to learn from', () => {
    const same: FeatureColumn = { kind: 'number', values: new Float64Array(40).fill(7) };
    const y = Float64Array.from({ length: 40 }, (_, row) => row % 2);
    const { predictions } = fit([same], 40, { kind: 'number', values: y });
    // A draw of rows moves the mean of its tree's one leaf; a hundred trees bring it back.
    for (const value of predictions[0] ?? []) expect(value).toBeCloseTo(0.5, 1);
  });

  it('learns what decides, and ranks fresh rows by it', () => {
    const other = makeRows(600, 'others');
    const [no, yes] = fit(own.columns, 600, target).predict(other.columns, 600);
    expect(areaOf(yes ?? new Float64Array(), other.classes)).toBeGreaterThan(0.9);
    yes?.forEach((p, row) => {
      expect(p).toBeGreaterThanOrEqual(0);
      expect(p + (no?.[row] ?? NaN)).toBeCloseTo(1, 12);
    });
  });

  it('does not learn single rows by heart', () => {
    const draw = rng();
    const noise = Int32Array.from({ length: 600 }, () => draw.int(2));
    const { predictions, predict } = fit(own.columns, 600, { kind: 'class', classes: noise, nClasses: 2 });
    expect(areaOf(predictions[1] ?? new Float64Array(), noise)).toBeLessThan(0.95);
    const fresh = predict(makeRows(600, 'others').columns, 600)[1] ?? new Float64Array();
    expect(fresh.reduce((most, p) => Math.max(most, Math.abs(p - 0.5)), 0)).toBeLessThan(0.45);
  });

  it('predicts numbers, and several classes with probabilities that add up to 1', () => {
    const { predictions } = fit(own.columns, 600, { kind: 'number', values: own.x });
    const error =
      own.x.reduce((sum, value, row) => sum + (value - (predictions[0]?.[row] ?? 0)) ** 2, 0) / 600;
    expect(error).toBeLessThan(0.1);
    const thirds = Int32Array.from(own.x, (value) => (value < -0.5 ? 0 : value < 0.5 ? 1 : 2));
    const all = fit(own.columns, 600, { kind: 'class', classes: thirds, nClasses: 3 }).predictions;
    expect(all).toHaveLength(3);
    let nRight = 0;
    thirds.forEach((c, row) => {
      const p = all.map((each) => each[row] ?? NaN);
      expect(p.reduce((sum, each) => sum + each, 0)).toBeCloseTo(1, 12);
      if (p.indexOf(Math.max(...p)) === c) nRight++;
    });
    expect(nRight / 600).toBeGreaterThan(0.9);
  });

  it('is the same for one seed, and another for another', () => {
    const { predictions } = fit(own.columns, 600, target);
    expect(fit(own.columns, 600, target).predictions).toEqual(predictions);
    expect(fit(own.columns, 600, target, Rng.fromSeed('other')).predictions).not.toEqual(predictions);
  });

  it('sends levels and gaps their way', () => {
    const codes = Int32Array.from({ length: 300 }, (_, row) => (row % 3) - 1);
    const classes = Int32Array.from(codes, (code) => (code === 0 ? 1 : 0));
    const column: FeatureColumn = { kind: 'level', codes, levels: ['a', 'b'] };
    const [, yes] = fit([column], 300, { kind: 'class', classes, nClasses: 2 }).predictions;
    yes?.forEach((p, row) =>
      classes[row] === 1 ? expect(p).toBeGreaterThan(0.9) : expect(p).toBeLessThan(0.1),
    );
  });
});
