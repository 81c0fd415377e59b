import { Z95 } from '../../math/proportions';
import type { Rng } from '../../math/rng';
import { measureSpread } from '../../math/statistics';
import type { Interval } from '../measure';
import type { Scorer } from './prediction-scores';

/** A score with its interval. */
export interface Scored {
  readonly value: number;
  readonly interval: Interval;
}

export interface PairedScores {
  readonly first: Scored;
  readonly second: Scored;
  /** First less second, over the same draws of rows. */
  readonly difference: Scored;
}

const N_DRAWS = 1000;

/**
 * Two scorers over the same `nRows` rows, with 95 % percentile intervals from draws (1000) of as many rows with replacement;
 * each draw scores both, so the interval of their difference is that of the pair (Efron & Tibshirani 1993). Null where the
 * rows leave a score undefined.
 */
export function bootstrapPair(
  first: Scorer,
  second: Scorer,
  nRows: number,
  rng: Rng,
  nDraws = N_DRAWS,
): PairedScores | null {
  const even = new Float64Array(nRows).fill(1);
  const [a, b] = [first(even), second(even)];
  if (a === null || b === null) return null;
  const draws: (readonly [number, number])[] = [];
  drawWeights(nRows, nDraws, rng, (weights) => {
    const [x, y] = [first(weights), second(weights)];
    if (x !== null && y !== null) draws.push([x, y]);
  });
  const score = (value: number, read: (pair: readonly [number, number]) => number): Scored => ({
    value,
    interval: findInterval(Float64Array.from(draws, read)),
  });
  return {
    first: score(a, ([x]) => x),
    second: score(b, ([, y]) => y),
    difference: score(a - b, ([x, y]) => x - y),
  };
}

/** Draws `nRows` rows with replacement, again and again; `use` is told how often each was drawn. */
function drawWeights(nRows: number, nDraws: number, rng: Rng, use: (weights: Float64Array) => void): void {
  const weights = new Float64Array(nRows);
  for (let draw = 0; draw < nDraws; draw++) {
    weights.fill(0);
    for (let i = 0; i < nRows; i++) {
      const row = Math.floor(rng.float() * nRows);
      weights[row] = (weights[row] ?? 0) + 1;
    }
    use(weights);
  }
}

/**
 * A score with its 95 % interval from the spread of draws around it: for scores that draws make larger, or smaller, by
 * themselves, so that percentiles would lie to one side. Null where the rows leave the score undefined.
 */
export function bootstrapSpread(
  scorer: Scorer,
  nRows: number,
  rng: Rng,
  { low, high }: Interval,
  nDraws = N_DRAWS,
): Scored | null {
  const value = scorer(new Float64Array(nRows).fill(1));
  if (value === null) return null;
  const draws: number[] = [];
  drawWeights(nRows, nDraws, rng, (weights) => draws.push(scorer(weights) ?? NaN));
  const reach = Z95 * measureSpread(Float64Array.from(draws));
  return { value, interval: { low: Math.max(low, value - reach), high: Math.min(high, value + reach) } };
}

function findInterval(values: Float64Array): Interval {
  const sorted = values.slice().sort();
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))] ?? NaN;
  return { low: at(0.025), high: at(0.975) };
}
