import { describe, expect, it } from 'vitest';
import type { Column } from '../../../src/data/table';
import { measureKsDistance, sortPresent, mergeDistinct } from '../../../src/math/statistics';
import { measureJensenShannon } from '../../../src/measure/fidelity/jensen-shannon';
import { expectDistance } from '../../../src/measure/fidelity/margin-shares';
import { distancesToCentre, findCentre, type MixedPoints } from '../../../src/measure/fidelity/mixed-space';
import { measureDensity } from '../../../src/measure/fidelity/neighbour-measures';
import { measureCoverage, meetBalls, spanBalls } from '../../../src/measure/fidelity/neighbours';
import { findRadii, followRadii } from '../../../src/measure/fidelity/nested-balls';
import { expectPropensity, measurePropensity } from '../../../src/measure/fidelity/propensity';
import { qualityReport } from '../../../src/measure/fidelity/quality-report';
import { measureWasserstein } from '../../../src/measure/fidelity/wasserstein';
import { hasVectors, loadVectors } from '../../reference-vectors';
import { levels, numbers, table } from '../tables';
import { kindsOfTable } from './judge';

type Rows = readonly (readonly number[])[];

/** Points of numbers alone, as they are. */
function points(rows: Rows): MixedPoints {
  const nNumbers = rows[0]?.length ?? 0;
  return {
    nRows: rows.length,
    nNumbers,
    nLevels: 0,
    numbers: Float64Array.from(rows.flat()),
    levels: new Int32Array(),
  };
}

/** The shape of a column in the quality report. */
function shapeOf(own: Column, made: Column): number {
  const train = table(own);
  const report = qualityReport(train, table(made), kindsOfTable(train));
  return report.shapes[0]?.score ?? NaN;
}

describe.skipIf(!hasVectors)('fidelity agrees with the reference vectors', () => {
  it('KS complement of numbers', () => {
    const { real, syn, ks, score } = loadVectors<{
      real: number[];
      syn: number[];
      ks: number;
      score: number;
    }>('kscomplement');
    expect(shapeOf(numbers('x', real), numbers('x', syn))).toBeCloseTo(score, 14);
    expect(measureKsDistance(sortPresent(Float64Array.from(real)), sortPresent(Float64Array.from(syn)))).toBe(
      ks,
    );
  });

  it('TV complement of levels, to the millionth of a row that SDMetrics adds', () => {
    type Counts = Readonly<Record<string, number>>;
    const vector = loadVectors<{ real: Counts; syn: Counts; score: number }>('tvcomplement');
    const fill = (counts: Counts) =>
      levels(
        'g',
        Object.entries(counts).flatMap(([level, n]) => Array<string>(n).fill(level)),
      );
    expect(shapeOf(fill(vector.real), fill(vector.syn))).toBeCloseTo(vector.score, 6);
  });

  it('similarity of correlations', () => {
    const cases =
      loadVectors<readonly { r_real: number; r_syn: number; score: number }[]>('correlation_similarity');
    expect(cases).toHaveLength(3);
    /** Two columns of that correlation. */
    const pair = (r: number) => {
      const [x, z] = [
        [1, 1, -1, -1],
        [1, -1, 1, -1],
      ];
      const y = x?.map((value, row) => r * value + Math.sqrt(1 - r * r) * (z?.[row] ?? 0)) ?? [];
      return table(numbers('x', x ?? []), numbers('y', y));
    };
    for (const { r_real, r_syn, score } of cases) {
      const train = pair(r_real);
      const { pairs } = qualityReport(train, pair(r_syn), kindsOfTable(train));
      expect(pairs.map((each) => each.score)).toEqual([expect.closeTo(score, 14)]);
    }
  });

  it('distance that sampling noise is expected to leave', () => {
    const cases =
      loadVectors<readonly { p: number[]; n1: number; n2: number; expected_l1: number }[]>(
        'expected_l1_multinomial',
      );
    for (const { p, n1, n2, expected_l1 } of cases)
      expect(expectDistance(Float64Array.from(p), n1, n2)).toBeCloseTo(expected_l1, 14);
  });

  it('Jensen–Shannon distance', () => {
    const { P, Q, JS_distance_base2 } = loadVectors<{ P: number[]; Q: number[]; JS_distance_base2: number }>(
      'divergences',
    );
    const counts = Float64Array.from(Q, (share) => share * 1000);
    expect(measureJensenShannon(Float64Array.from(P), counts)).toBeCloseTo(JS_distance_base2, 12);
  });

  it('Wasserstein distance', () => {
    const { a, b, w1 } = loadVectors<{ a: number[]; b: number[]; w1: number }>('wasserstein1');
    const grid = mergeDistinct(sortPresent(Float64Array.from(a)), sortPresent(Float64Array.from(b)));
    const count = (values: number[]) => grid.map((place) => values.filter((value) => value === place).length);
    expect(measureWasserstein(grid, count(a), count(b))).toBeCloseTo(w1, 14);
  });

  it('density and coverage', () => {
    const vector = loadVectors<{ real: Rows; fake: Rows } & Record<'k1' | 'k2', Record<string, number>>>(
      'prdc',
    );
    for (const { k = 0, density = NaN, coverage = NaN } of [vector.k1, vector.k2]) {
      const own = points(vector.real);
      const meetings = meetBalls(own, spanBalls(own, k), points(vector.fake));
      expect(measureDensity(meetings.nBalls, k).value).toBeCloseTo(density, 14);
      expect(measureCoverage(meetings)[0]).toBeCloseTo(coverage, 14);
    }
  });

  it('alpha-precision, and beta-recall over the radii that synthcity takes', () => {
    const vector = loadVectors<{
      real: Rows;
      fake: Rows;
      alpha_precision_integrated: number;
      beta_recall_integrated: number;
    }>('alpha_precision_naive');
    const [own, other] = [points(vector.real), points(vector.fake)];
    const centre = findCentre(own);
    const precision = followRadii(
      distancesToCentre(other, centre),
      findRadii(distancesToCentre(own, centre)),
    );
    expect(precision[0]).toBeCloseTo(vector.alpha_precision_integrated, 14);
    const balls = spanBalls(own, 1);
    const { nearest, nearestRow } = meetBalls(own, balls, other);
    const fromOwnCentre = distancesToCentre(other, findCentre(other));
    const closest = Float64Array.from(nearestRow, (row) => fromOwnCentre[row] ?? NaN);
    const isMet = (row: number) => (nearest[row] ?? NaN) <= (balls.nearest[row] ?? NaN);
    expect(followRadii(closest, findRadii(closest), isMet)[0]).toBeCloseTo(vector.beta_recall_integrated, 14);
  });

  it('pMSE that chance is expected to leave', () => {
    const cases =
      loadVectors<readonly { n_real: number; n_syn: number; k: number; expected: number }[]>('pmse_null');
    for (const { n_real, n_syn, k, expected } of cases)
      expect(expectPropensity(k, n_real, n_syn)).toBeCloseTo(expected, 15);
  });

  it('pMSE of an unpenalised logistic regression', () => {
    const vector = loadVectors<{ real: Rows; syn: Rows; pMSE: number; null_expectation: number }>(
      'pmse_example',
    );
    const read = (rows: Rows) =>
      table(
        ...[0, 1].map((at) =>
          numbers(
            `x${at}`,
            rows.map((row) => row[at] ?? null),
          ),
        ),
      );
    const { pMse, expected, nFree, n } = measurePropensity(read(vector.real), read(vector.syn), 1e-10);
    expect(pMse).toBeCloseTo(vector.pMSE, 9);
    expect(expected).toBeCloseTo(vector.null_expectation, 14);
    expect([nFree, n]).toEqual([2, 12]);
  });
});
