import { describe, expect, it } from 'vitest';
import { estimateLogistic, estimateRidge } from '../../../src/math/learners/coefficient-errors';
import type { DesignRows } from '../../../src/math/learners/design-matrix';
import { fitLogistic, fitRidge } from '../../../src/math/learners/linear-models';

/** Rows of one column. */
const column = (values: readonly number[]): DesignRows => ({
  nRows: values.length,
  nEntries: 1,
  places: new Int32Array(values.length),
  values: Float64Array.from(values),
});
const NONE = 1e-9;

describe('errors of coefficients', () => {
  it('of least squares are s / √Σ(x − mean)², by hand', () => {
    const rows = column([1, 2, 3, 4]);
    const y = Float64Array.of(2, 3, 5, 6);
    const beta = fitRidge(rows, 1, y, NONE);
    const { covariance } = estimateRidge(rows, 1, beta, y, NONE);
    // Slope 1.4, intercept 0.5: residuals 0.1, −0.3, 0.3, −0.1; s² = 0.2 / 2; Σ(x − 2.5)² = 5.
    expect(beta[0]).toBeCloseTo(1.4, 6);
    expect(covariance[0]).toBeCloseTo(0.1 / 5, 6);
    expect(covariance[3]).toBeCloseTo(0.1 * (1 / 4 + 2.5 ** 2 / 5), 6);
  });

  it('of a log odds ratio are √(1/a + 1/b + 1/c + 1/d), by hand', () => {
    const counts = { a: 10, b: 20, c: 30, d: 15 };
    const x: number[] = [];
    const isPositive: number[] = [];
    const add = (n: number, value: number, outcome: number) => {
      for (let i = 0; i < n; i++) {
        x.push(value);
        isPositive.push(outcome);
      }
    };
    add(counts.a, 1, 1);
    add(counts.b, 1, 0);
    add(counts.c, 0, 1);
    add(counts.d, 0, 0);
    const rows = column(x);
    const beta = fitLogistic(rows, 1, Uint8Array.from(isPositive), NONE);
    const { covariance } = estimateLogistic(rows, 1, beta, NONE);
    expect(beta[0]).toBeCloseTo(Math.log((10 * 15) / (20 * 30)), 5);
    expect(covariance[0]).toBeCloseTo(1 / 10 + 1 / 20 + 1 / 30 + 1 / 15, 5);
  });
});
