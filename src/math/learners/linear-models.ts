import { factorCholesky } from '../linear-algebra';
import type { DesignRows } from './design-matrix';

/** Coefficients of a linear model, the intercept last. */
export type Coefficients = Float64Array;

const MAX_STEPS = 50;
const TOLERANCE = 1e-8;

/**
 * Logistic regression with a ridge: minimises Σ log(1 + e^(−yη)) + ½ λ ‖β‖² (y = ±1, intercept free) by Newton's steps
 * (iteratively reweighted least squares), halved where the loss would rise.
 */
export function fitLogistic(
  rows: DesignRows,
  width: number,
  isPositive: Uint8Array,
  lambda = 1,
): Coefficients {
  let beta = new Float64Array(width + 1);
  let loss = logisticLoss(rows, beta, isPositive, lambda);
  for (let step = 0; step < MAX_STEPS; step++) {
    const eta = scoreRows(rows, beta);
    const weights = new Float64Array(rows.nRows);
    const pulls = new Float64Array(rows.nRows);
    for (let i = 0; i < rows.nRows; i++) {
      const p = 1 / (1 + Math.exp(-(eta[i] ?? 0)));
      weights[i] = Math.max(p * (1 - p), 1e-10);
      pulls[i] = (isPositive[i] ?? 0) - p;
    }
    const direction = solveNormal(rows, width, weights, pulls, beta, lambda);
    let [next, nextLoss] = [beta, Infinity];
    for (let share = 1; share > 1e-4; share /= 2) {
      next = beta.map((value, j) => value + share * (direction[j] ?? 0));
      nextLoss = logisticLoss(rows, next, isPositive, lambda);
      if (nextLoss <= loss) break;
    }
    if (!(nextLoss <= loss)) break;
    const fall = loss - nextLoss;
    [beta, loss] = [next, nextLoss];
    if (fall < TOLERANCE * (1 + Math.abs(loss))) break;
  }
  return beta;
}

/** Least squares with a ridge: minimises ½ Σ (y − η)² + ½ λ ‖β‖², intercept free. */
export function fitRidge(rows: DesignRows, width: number, y: Float64Array, lambda = 1): Coefficients {
  const start = new Float64Array(width + 1);
  return solveNormal(rows, width, new Float64Array(rows.nRows).fill(1), y, start, lambda);
}

/** η of each row: the intercept and its entries times their coefficients. */
export function scoreRows({ nRows, nEntries, places, values }: DesignRows, beta: Coefficients): Float64Array {
  const out = new Float64Array(nRows);
  const intercept = beta[beta.length - 1] ?? 0;
  for (let i = 0; i < nRows; i++) {
    let sum = intercept;
    for (let at = i * nEntries; at < (i + 1) * nEntries; at++)
      sum += (values[at] ?? 0) * (beta[places[at] ?? 0] ?? 0);
    out[i] = sum;
  }
  return out;
}

function logisticLoss(rows: DesignRows, beta: Coefficients, isPositive: Uint8Array, lambda: number): number {
  const eta = scoreRows(rows, beta);
  let loss = 0;
  for (let i = 0; i < rows.nRows; i++) {
    const margin = isPositive[i] === 1 ? (eta[i] ?? 0) : -(eta[i] ?? 0);
    loss += margin > 0 ? Math.log1p(Math.exp(-margin)) : Math.log1p(Math.exp(margin)) - margin;
  }
  for (let j = 0; j < beta.length - 1; j++) loss += 0.5 * lambda * (beta[j] ?? 0) ** 2;
  return loss;
}

/** Newton's direction: (XᵀWX + λI)⁻¹ (Xᵀ pull − λβ). */
function solveNormal(
  rows: DesignRows,
  width: number,
  weights: Float64Array,
  pulls: Float64Array,
  beta: Coefficients,
  lambda: number,
): Float64Array {
  const size = width + 1;
  const { matrix, right } = buildNormal(rows, width, weights, pulls, lambda);
  for (let j = 0; j < width; j++) right[j] = (right[j] ?? 0) - lambda * (beta[j] ?? 0);
  return solveCholesky(factorCholesky(matrix, size), right, size);
}

/** XᵀWX + λI, the intercept all but free, and Xᵀ pull. */
export function buildNormal(
  rows: DesignRows,
  width: number,
  weights: Float64Array,
  pulls: Float64Array,
  lambda: number,
): { readonly matrix: Float64Array; readonly right: Float64Array } {
  const size = width + 1;
  const matrix = new Float64Array(size * size);
  const right = new Float64Array(size);
  gather(rows, width, weights, pulls, matrix, right);
  for (let j = 0; j < size; j++) {
    for (let k = 0; k < j; k++) {
      const both = (matrix[j * size + k] ?? 0) + (matrix[k * size + j] ?? 0);
      matrix[j * size + k] = both;
      matrix[k * size + j] = both;
    }
    const ridge = j < width ? lambda : 1e-9;
    matrix[j * size + j] = (matrix[j * size + j] ?? 0) + ridge;
  }
  return { matrix, right };
}

/** Sums XᵀWX (each pair of places once, on either side of the diagonal) and Xᵀ pull. */
function gather(
  { nRows, nEntries, places, values }: DesignRows,
  width: number,
  weights: Float64Array,
  pulls: Float64Array,
  matrix: Float64Array,
  right: Float64Array,
): void {
  const size = width + 1;
  const add = (at: number, value: number) => (matrix[at] = (matrix[at] ?? 0) + value);
  for (let i = 0; i < nRows; i++) {
    const [weight, pull] = [weights[i] ?? 0, pulls[i] ?? 0];
    const end = (i + 1) * nEntries;
    add(width * size + width, weight);
    right[width] = (right[width] ?? 0) + pull;
    for (let a = i * nEntries; a < end; a++) {
      const value = values[a] ?? 0;
      if (value === 0) continue;
      const place = places[a] ?? 0;
      const weighted = weight * value;
      right[place] = (right[place] ?? 0) + pull * value;
      add(width * size + place, weighted);
      add(place * size + place, weighted * value);
      for (let b = a + 1; b < end; b++) add((places[b] ?? 0) * size + place, weighted * (values[b] ?? 0));
    }
  }
}

/** x with L Lᵀ x = right. */
export function solveCholesky(lower: Float64Array, right: Float64Array, size: number): Float64Array {
  const x = right.slice();
  for (let i = 0; i < size; i++) {
    let sum = x[i] ?? 0;
    for (let k = 0; k < i; k++) sum -= (lower[i * size + k] ?? 0) * (x[k] ?? 0);
    x[i] = sum / (lower[i * size + i] ?? 1);
  }
  for (let i = size - 1; i >= 0; i--) {
    let sum = x[i] ?? 0;
    for (let k = i + 1; k < size; k++) sum -= (lower[k * size + i] ?? 0) * (x[k] ?? 0);
    x[i] = sum / (lower[i * size + i] ?? 1);
  }
  return x;
}
