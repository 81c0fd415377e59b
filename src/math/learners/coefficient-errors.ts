import { factorCholesky } from '../linear-algebra';
import type { DesignRows } from './design-matrix';
import { buildNormal, scoreRows, solveCholesky, type Coefficients } from './linear-models';

/** Coefficients of a linear model with what is known of their errors; the intercept comes last. */
export interface LinearFit {
  readonly beta: Coefficients;
  /** Covariance of the coefficients, row after row; `beta.length` a row. */
  readonly covariance: Float64Array;
}

/** Errors of a logistic regression from the curvature of its loss: (XᵀWX + λI)⁻¹ with W = p (1 − p). */
export function estimateLogistic(rows: DesignRows, width: number, beta: Coefficients, lambda = 1): LinearFit {
  const weights = scoreRows(rows, beta).map((eta) => {
    const p = 1 / (1 + Math.exp(-eta));
    return p * (1 - p);
  });
  return { beta, covariance: invert(rows, width, weights, lambda) };
}

/** Errors of least squares: (XᵀX + λI)⁻¹ times the variance of what is left over. */
export function estimateRidge(
  rows: DesignRows,
  width: number,
  beta: Coefficients,
  y: Float64Array,
  lambda = 1,
): LinearFit {
  const predicted = scoreRows(rows, beta);
  const squares = y.reduce((sum, value, row) => sum + (value - (predicted[row] ?? 0)) ** 2, 0);
  const variance = squares / Math.max(1, rows.nRows - width - 1);
  const inverse = invert(rows, width, new Float64Array(rows.nRows).fill(1), lambda);
  return { beta, covariance: inverse.map((entry) => entry * variance) };
}

function invert(rows: DesignRows, width: number, weights: Float64Array, lambda: number): Float64Array {
  const size = width + 1;
  const { matrix } = buildNormal(rows, width, weights, new Float64Array(rows.nRows), lambda);
  const lower = factorCholesky(matrix, size);
  const inverse = new Float64Array(size * size);
  const unit = new Float64Array(size);
  for (let j = 0; j < size; j++) {
    unit.fill(0);
    unit[j] = 1;
    inverse.set(solveCholesky(lower, unit, size), j * size);
  }
  return inverse;
}
