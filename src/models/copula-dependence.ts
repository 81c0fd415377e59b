import { normalDensity, normalQuantile } from '../math/normal';

/**
 * A latent standard normal seen through a step function: a row's cell says between which two cuts its latent value
 * lies. A cell carries the mean of the latent value inside it as its score.
 */
export interface Latent {
  /** Cell of each row; −1 = not seen. */
  readonly cells: Int32Array | Int8Array;
  /** Score of each cell, at its place + 1; NaN at 0, where it is not seen. */
  readonly scoreOf: Float64Array;
  /** Hermite coefficients 1 … N_TERMS of the score as a function of the latent value. */
  readonly hermite: Float64Array;
  /** Standard deviation of the score, 0–1; 0 for a single cell. */
  readonly sd: number;
}

const N_TERMS = 40;

/** Largest |correlation| between two latent values: beyond it one would be a copy of the other. */
const MAX_CORRELATION = 0.9999;

/** Builds the latent of cells with these cumulative shares (last 1). */
export function buildLatent(cells: Latent['cells'], cumulative: Float64Array): Latent {
  const cuts = cumulative.map(normalQuantile);
  const scoreOf = new Float64Array(cumulative.length + 1);
  scoreOf[0] = NaN;
  const hermite = new Float64Array(N_TERMS);
  let variance = 0;
  cumulative.forEach((share, cell) => {
    const low = cell === 0 ? -Infinity : (cuts[cell - 1] ?? -Infinity);
    const high = cell === cumulative.length - 1 ? Infinity : (cuts[cell] ?? Infinity);
    const weight = share - (cell === 0 ? 0 : (cumulative[cell - 1] ?? 0));
    const mean = weight > 0 ? (normalDensity(low) - normalDensity(high)) / weight : 0;
    scoreOf[cell + 1] = mean;
    variance += weight * mean * mean;
    addHermite(hermite, low, mean);
    addHermite(hermite, high, -mean);
  });
  return { cells, scoreOf, hermite, sd: Math.sqrt(variance) };
}

/** Adds weight·he_{k−1}(x)·φ(x)/√k to coefficient k: the boundary term of ∫ he_k φ, he being the normalised polynomials. */
function addHermite(coefficients: Float64Array, x: number, weight: number): void {
  if (!Number.isFinite(x)) return;
  let previous = 0;
  let current = weight * normalDensity(x);
  for (let k = 1; k <= coefficients.length; k++) {
    coefficients[k - 1] = (coefficients[k - 1] ?? 0) + current / Math.sqrt(k);
    const next = (x * current - Math.sqrt(k - 1) * previous) / Math.sqrt(k);
    previous = current;
    current = next;
  }
}

/**
 * Correlation of two latent values whose scores would have the covariance observed over the rows where both are seen.
 * For scores g, h: cov(g, h) = Σ ρᵏ gₖ hₖ over Hermite coefficients (Mehler's formula), solved for ρ by bisection; this
 * undoes the attenuation by ties, as a polychoric correlation does. 0 when fewer than `minRows` rows are left or one
 * side does not vary.
 */
export function estimateLatentCorrelation(a: Latent, b: Latent, minRows: number): number {
  const r = correlateScores(a, b, minRows);
  if (r === null) return 0;
  const target = r * a.sd * b.sd;
  const products = a.hermite.map((coefficient, k) => coefficient * (b.hermite[k] ?? 0));
  let low = -MAX_CORRELATION;
  let high = MAX_CORRELATION;
  for (let step = 0; step < 40; step++) {
    const middle = (low + high) / 2;
    if (sumPowers(products, middle) < target) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Σ productₖ ρᵏ⁺¹ (Horner). */
function sumPowers(products: Float64Array, rho: number): number {
  let sum = 0;
  for (let k = products.length - 1; k >= 0; k--) sum = (sum + (products[k] ?? 0)) * rho;
  return sum;
}

/** Pearson over rows with both scores. Scores are O(1) and near mean 0, so one pass is accurate enough. */
function correlateScores(a: Latent, b: Latent, minRows: number): number | null {
  const { cells: cellsA, scoreOf: scoreOfA } = a;
  const { cells: cellsB, scoreOf: scoreOfB } = b;
  let n = 0;
  let sumX = 0;
  let sumY = 0;
  let sumXX = 0;
  let sumYY = 0;
  let sumXY = 0;
  for (let i = 0; i < cellsA.length; i++) {
    const xi = scoreOfA[(cellsA[i] ?? -1) + 1] ?? NaN;
    const yi = scoreOfB[(cellsB[i] ?? -1) + 1] ?? NaN;
    const product = xi * yi;
    if (Number.isNaN(product)) continue;
    n += 1;
    sumX += xi;
    sumY += yi;
    sumXX += xi * xi;
    sumYY += yi * yi;
    sumXY += product;
  }
  const varX = sumXX - (sumX * sumX) / n;
  const varY = sumYY - (sumY * sumY) / n;
  if (n < minRows || !(varX > 1e-9 * n) || !(varY > 1e-9 * n)) return null;
  return (sumXY - (sumX * sumY) / n) / Math.sqrt(varX * varY);
}
