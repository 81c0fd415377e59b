import { describe, expect, it } from 'vitest';
import { Rng } from '../../../src/math/rng';
import { bootstrapSpread } from '../../../src/measure/utility/bootstrap';
import { chooseTarget } from '../../../src/measure/utility/choose-target';
import {
  estimateTerms,
  fitTerms,
  overlapIntervals,
  planRegression,
} from '../../../src/measure/utility/coefficients';
import { boundOverlap, compareFits, isClear, meanOverlap } from '../../../src/measure/utility/karr-overlap';
import { listRocCurves } from '../../../src/measure/utility/curves';
import { reportImportance } from '../../../src/measure/utility/importance-finding';
import { compareImportance, meanRises, measureImportance } from '../../../src/measure/utility/importance';
import { openBrier, openCalibration } from '../../../src/measure/utility/probability-scores';
import { readTasks } from '../../../src/measure/utility/read-target';
import type { Models } from '../../../src/measure/utility/utility-task';
import type { Predictor } from '../../../src/measure/learners';
import { isSkipped } from '../../../src/measure/measure';
import { openContext } from '../../../src/measure/evaluation-context';
import { hasVectors, loadVectors } from '../../reference-vectors';
import { kindsOfTable } from '../fidelity/judge';
import { levels, numbers, table } from '../tables';

const of = (...values: number[]): Float64Array => Float64Array.from(values);
const two = (...classes: number[]) =>
  ({ kind: 'class', classes: Int32Array.from(classes), nClasses: 2 }) as const;

describe('probabilities', () => {
  it('Brier is the mean square, under weights, and the sum over several classes', () => {
    const score = openBrier(two(1, 0, 1, 0), [of(), of(0.8, 0.4, 0.5, 0)]);
    expect(score(of(1, 1, 1, 1))).toBeCloseTo((0.04 + 0.16 + 0.25 + 0) / 4, 12);
    expect(score(of(2, 0, 1, 0))).toBeCloseTo((0.08 + 0.25) / 3, 12);
    expect(score(of(0, 0, 0, 0))).toBeNull();
    const three = { kind: 'class', classes: Int32Array.of(2), nClasses: 3 } as const;
    expect(openBrier(three, [of(0.2), of(0.3), of(0.5)])(of(1))).toBeCloseTo(0.04 + 0.09 + 0.25, 12);
  });

  it('calibration is the distance of what was said from what came true, in groups of equal size', () => {
    // Ten rows are ten groups; equal probabilities share the group of the first.
    const said = of(0.1, 0.1, 0.1, 0.1, 0.1, 0.9, 0.9, 0.9, 0.9, 0.9);
    const { score, groups } = openCalibration(two(0, 0, 0, 0, 1, 1, 1, 1, 1, 1), [of(), said]);
    expect(groups.filter(({ n }) => n > 0).map(({ n, cameTrue }) => [n, cameTrue])).toEqual([
      [5, 1],
      [5, 5],
    ]);
    expect(score(new Float64Array(10).fill(1))).toBeCloseTo((5 * 0.1 + 5 * 0.1) / 10, 12);
  });

  it('of several classes the likeliest is judged', () => {
    const three = { kind: 'class', classes: Int32Array.of(0, 1), nClasses: 3 } as const;
    const { score } = openCalibration(three, [of(0.6, 0.6), of(0.3, 0.3), of(0.1, 0.1)]);
    // Class 0 is said with 0.6 twice and comes true once.
    expect(score(of(1, 1))).toBeCloseTo(0.1, 12);
  });
});

describe('a ROC curve', () => {
  it('goes through every threshold, ties at once', () => {
    const [curve] = listRocCurves(Int32Array.of(1, 0, 1, 0), [of(), of(0.9, 0.4, 0.4, 0.1)], [of(), of()]);
    expect(curve).toMatchObject({
      chart: 'roc',
      series: 'taught on synthetic',
      x: [0, 0, 0.5, 1],
      y: [0, 0.5, 1, 1],
    });
  });

  it('keeps at most a hundred points, both ends among them', () => {
    const draw = Rng.fromSeed('roc');
    const classes = Int32Array.from({ length: 5000 }, () => draw.int(2));
    const scores = Float64Array.from(classes, (c) => c + draw.normal());
    const [curve] = listRocCurves(classes, [of(), scores], [of(), scores]);
    expect(curve?.x.length).toBeLessThanOrEqual(100);
    expect(curve?.x.length).toBeGreaterThan(90);
    expect([curve?.x[0], curve?.y[0], curve?.x.at(-1), curve?.y.at(-1)]).toEqual([0, 0, 1, 1]);
  });
});

describe('a bootstrap around a score', () => {
  it('is as wide as the standard error of a mean, and is cut at the bounds', () => {
    const values = Float64Array.from({ length: 400 }, (_, row) => row % 2);
    const mean = (weights: Float64Array) =>
      weights.reduce((sum, w, row) => sum + w * (values[row] ?? 0), 0) / 400;
    const found = bootstrapSpread(mean, 400, Rng.fromSeed('spread'), { low: 0, high: 0.51 });
    expect(found?.value).toBe(0.5);
    expect(0.5 - (found?.interval.low ?? 0)).toBeCloseTo(1.96 * Math.sqrt(0.25 / 400), 2);
    expect(found?.interval.high).toBe(0.51);
    expect(bootstrapSpread(() => null, 4, Rng.fromSeed('none'), { low: 0, high: 1 })).toBeNull();
  });
});

describe('importance', () => {
  it('is the rise of the loss where a column is shuffled, and nothing for one that is not asked', () => {
    const own = table(
      numbers('x', [0, 1, 2, 3, 4, 5]),
      numbers('idle', [5, 4, 3, 2, 1, 0]),
      numbers('y', [0, 1, 2, 3, 4, 5]),
    );
    const [task] = readTasks([own], [own], 'y');
    if (task === undefined) throw new Error('no task');
    const importance = measureImportance(
      ({ columns: [x] }) => [x?.kind === 'number' ? x.values : of()],
      task,
      Rng.fromSeed('importance'),
    );
    const [ofX, ofIdle] = meanRises(importance);
    expect(importance.columns).toEqual(['x', 'idle']);
    expect(ofX).toBeGreaterThan(0);
    expect(ofIdle).toBe(0);
    expect(meanRises(importance, of(0, 0, 0, 0, 0, 1))[0]).toBe(importance.rises[0]?.[5]);
  });

  it('says which yardstick is wanting, where a model leans on no column', () => {
    const rows = [...Array(60).keys()];
    const column = (name: string, step: number) =>
      numbers(
        name,
        rows.map((row) => (row * step) % 61),
      );
    const people = table(column('a', 1), column('b', 7), column('c', 13), column('y', 1));
    const [task] = readTasks([people], [people], 'y');
    if (task === undefined) throw new Error('no task');
    const target = { name: 'y', how: null, leaks: [] };
    const tables = { train: task, holdout: task, synthetic: task, shuffled: task, people };
    const sums: Predictor = ({ nRows, columns }) => [
      Float64Array.from({ length: nRows }, (_, row) =>
        columns.reduce(
          (sum, each, at) => sum + (each.kind === 'number' ? (each.values[row] ?? 0) / (at + 1) ** 2 : 0),
          0,
        ),
      ),
    ];
    const idle: Predictor = ({ nRows }) => [new Float64Array(nRows)];
    const report = (models: Partial<Models>) => {
      const all = { synthetic: sums, train: sums, shuffled: sums, holdout: sums, ...models };
      const found = reportImportance({ ...tables, target, sampled: '' }, all, Rng.fromSeed('idle'));
      if (isSkipped(found)) throw new Error(found.reason);
      return found;
    };
    const all: unknown = expect.closeTo(1, 12);
    expect(report({})).toMatchObject({ value: all, floor: all, ceiling: all });
    expect(report({}).noYardstick).toBeUndefined();
    expect(report({ shuffled: idle, holdout: idle })).toMatchObject({
      floor: null,
      ceiling: null,
      noYardstick: {
        floor: "the model taught on train's shuffled columns leans on no column",
        ceiling: 'the model taught on the holdout leans on no column',
      },
    });
  });

  it('agrees by ranks', () => {
    expect(compareImportance(of(1, 2, 30), of(0.1, 0.2, 0.3))).toBeCloseTo(1, 12);
    expect(compareImportance(of(1, 2, 3), of(3, 2, 1))).toBeCloseTo(-1, 12);
    expect(compareImportance(of(0, 0, 0), of(3, 2, 1))).toBeNull();
  });
});

describe('coefficients', () => {
  const interval = (low: number, high: number) => ({ value: (low + high) / 2, interval: { low, high } });

  it("Karr's overlap is 1 for the same interval, 0 where they touch, negative apart", () => {
    expect(overlapIntervals(interval(0, 2), interval(0, 2))).toBe(1);
    expect(overlapIntervals(interval(0, 2), interval(2, 3))).toBe(0);
    expect(overlapIntervals(interval(0, 2), interval(3, 4))).toBe(-0.75);
    expect(overlapIntervals(interval(0, 4), interval(1, 2))).toBe(0.5 * (1 / 4 + 1));
  });

  it.skipIf(!hasVectors)("Karr's overlap is that of the reference vectors", () => {
    const vectors =
      loadVectors<readonly { real: [number, number]; syn: [number, number]; IO: number }[]>('ci_overlap');
    expect(vectors).toHaveLength(4);
    for (const { real, syn, IO } of vectors)
      expect(overlapIntervals(interval(...real), interval(...syn))).toBeCloseTo(IO, 12);
  });

  it('are slopes in train, and levels against the most frequent one', () => {
    const n = 300;
    const rng = Rng.fromSeed('terms');
    const g = Array.from(
      { length: n },
      (_, row) => ['often', 'often', 'b', row % 30 === 3 ? 'rare' : 'c'][row % 4] ?? '',
    );
    const x = Array.from({ length: n }, () => rng.normal());
    const y = x.map((value, row) => 2 * value + (g[row] === 'b' ? 3 : 0) + 0.01 * rng.normal());
    const own = table(numbers('x', x), levels('g', g), numbers('y', y));
    const [task] = readTasks([own], [own], 'y');
    if (task === undefined) throw new Error('no task');
    const plan = planRegression(task);
    expect(plan.terms.map(({ column, level }) => level ?? column)).toEqual(['x', 'g = b', 'g = c']);
    const [slope, ofB, ofC] = fitTerms(plan, task);
    const deviation = Math.sqrt(
      x.reduce((sum, v) => sum + v * v, 0) / n - (x.reduce((a, b) => a + b, 0) / n) ** 2,
    );
    expect(slope?.value).toBeCloseTo(2 * deviation, 1);
    expect(ofB?.value).toBeCloseTo(3, 0);
    expect(Math.abs(ofC?.value ?? NaN)).toBeLessThan(0.1);
    expect((ofB?.interval.high ?? 0) - (ofB?.interval.low ?? 0)).toBeLessThan(0.2);
  });
});

describe("the mean of Karr's overlap", () => {
  const bounded = (value: number, reach: number) => ({
    value,
    interval: { low: value - reach, high: value + reach },
  });
  const term = (column: string) => ({ column, level: null, at: 0, against: -1 });
  const fit = (estimates: ReturnType<typeof bounded>[], isLost: boolean[], variances: number[]) => ({
    estimates,
    isLost,
    covariance: Float64Array.from({ length: variances.length ** 2 }, (_, at) =>
      at % (variances.length + 1) === 0 ? (variances[at / (variances.length + 1)] ?? 0) : 0,
    ),
  });
  const terms = ['same', 'apart', 'lost', 'unclear'].map(term);
  const none = [false, false, false, false];
  const own = fit([bounded(2, 1), bounded(3, 1), bounded(4, 1), bounded(0, 1)], none, [0, 0, 0, 0]);
  const made = fit(
    [bounded(2, 1), bounded(6.5, 1), bounded(4, 1), bounded(1, 1)],
    [false, false, true, false],
    [0, 0, 0, 0],
  );
  const all = () => true;

  it('takes those that are apart below 0 and those that are lost at 0', () => {
    const fits = compareFits(terms, own, made);
    // 1, −3/4 (from 4 to 5.5, over 2), 0 although the intervals are the same, and 1/2.
    expect(meanOverlap(fits, all)).toBeCloseTo((1 - 0.75 + 0 + 0.5) / 4, 12);
    expect(meanOverlap(fits, isClear)).toBeCloseTo((1 - 0.75 + 0) / 3, 12);
    expect(meanOverlap(fits, () => false)).toBeNull();
    expect(boundOverlap(fits, () => false, Rng.fromSeed('none'))).toBeNull();
  });

  it('has the interval that the errors of the estimates give', () => {
    expect(boundOverlap(compareFits(terms, own, made), all, Rng.fromSeed('sure'))?.interval).toEqual({
      low: 0.1875,
      high: 0.1875,
    });
    // One estimate of standard error 0.1, well inside the slope: the overlap moves by half of what it moves, its mean by an eighth.
    const moved = fit(made.estimates, made.isLost, [0, 0.01, 0, 0]);
    const found = boundOverlap(compareFits(terms, own, moved), all, Rng.fromSeed('one'));
    expect((found?.interval.high ?? 0) - 0.1875).toBeCloseTo((1.96 * 0.1) / 8, 2);
    expect(found?.value).toBeCloseTo(0.1875, 12);
  });

  it('counts as lost what the other table never has, or has in every row', () => {
    const n = 60;
    const cycle = (values: readonly (string | null)[]) =>
      Array.from({ length: n }, (_, row) => values[row % values.length] ?? null);
    const row = Array.from({ length: n }, (_, i) => i);
    const y = numbers(
      'y',
      row.map((i) => (i * 7) % 11),
    );
    const train = table(
      numbers(
        'x',
        row.map((i) => (i * 5) % 13),
      ),
      numbers(
        'flat',
        row.map((i) => (i % 4 === 0 ? null : i % 3)),
      ),
      levels('g', cycle(['a', 'a', 'b', 'c'])),
      levels('h', cycle(['p', 'q', null])),
      numbers(
        'dull',
        row.map(() => 3),
      ),
      y,
    );
    const other = table(
      numbers(
        'x',
        row.map((i) => (i * 3) % 13),
      ),
      numbers(
        'flat',
        row.map((i) => (i % 4 === 0 ? null : 2)),
      ),
      levels('g', cycle(['a', 'a', 'b', 'b'])),
      levels('h', cycle(['q', 'q', null])),
      numbers(
        'dull',
        row.map((i) => i % 2),
      ),
      y,
    );
    const input = { train, holdout: null, synthetic: other, kinds: kindsOfTable(train) };
    const context = openContext({ ...input, options: { seed: 1 } });
    const [task, made] = readTasks([context.train, context.synthetic], [context.train], 'y');
    if (task === undefined || made === undefined) throw new Error('no task');
    const plan = planRegression(task);
    const { isLost } = estimateTerms(plan, made);
    expect(plan.terms.map(({ column, level }, i) => [level ?? column, isLost[i]])).toEqual([
      ['x', false],
      ['flat', true],
      ['flat is missing', false],
      ['g = b', false],
      ['g = c', true],
      // Held against "h = p", which the other table lacks.
      ['h = q', true],
      ['h is missing', true],
    ]);
    expect(estimateTerms(plan, task).isLost).not.toContain(true);
  });
});

describe('the target', () => {
  const n = 12;
  const cycle = (values: readonly string[]) =>
    Array.from({ length: n }, (_, row) => values[row % values.length] ?? '');
  const plain = numbers('x', [...Array(n).keys()]);
  const choose = (source: ReturnType<typeof table>, target?: string) =>
    chooseTarget({
      kinds: kindsOfTable(source),
      options: { seed: 1, ...(target === undefined ? {} : { target }) },
      compared: { train: source, holdout: null, synthetic: source, shuffled: source },
    });

  it('is the chosen one, else one by its name, else the last of two values, else none', () => {
    const named = table(levels('died', cycle(['no', 'yes'])), plain, levels('kind', cycle(['a', 'b', 'c'])));
    expect(choose(named, 'x')).toEqual({ name: 'x', how: null, leaks: [] });
    expect(choose(named)).toMatchObject({ name: 'died', how: 'suggested by its name' });
    const last = table(plain, levels('z', cycle(['a', 'b'])));
    expect(choose(last)).toMatchObject({ name: 'z', how: 'suggested as the last column, with two values' });
    expect(choose(table(levels('z', cycle(['a', 'b'])), plain))).toBeNull();
    expect(choose(table(plain, levels('diagnosis', cycle([...'abcdefghijkl']))))).toBeNull();
  });
});
