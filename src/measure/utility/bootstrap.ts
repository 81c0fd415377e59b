import type { Rng } from '../../math/rng';
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
 * Two scorers over the same `nRows` rows, with 95 % percentile intervals from 1000 draws of as many rows with replacement;
 * each draw scores both, so the interval of their difference is that of the pair (Efron & Tibshirani 1993). Null where the
 * rows leave a score undefined.
 */
export function bootstrapPair(first: Scorer, second: Scorer, nRows: number, rng: Rng): PairedScores | null {
  const even = new Float64Array(nRows).fill(1);
  const [a, b] = [first(even), second(even)];
  if (a === null || b === null) return null;
  const draws: (readonly [number, number])[] = [];
  const weights = new Float64Array(nRows);
  for (let draw = 0; draw < N_DRAWS; draw++) {
    weights.fill(0);
    for (let i = 0; i < nRows; i++) {
      const row = Math.floor(rng.float() * nRows);
      weights[row] = (weights[row] ?? 0) + 1;
    }
    const [x, y] = [first(weights), second(weights)];
    if (x !== null && y !== null) draws.push([x, y]);
  }
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

function findInterval(values: Float64Array): Interval {
  const sorted = values.slice().sort();
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))] ?? NaN;
  return { low: at(0.025), high: at(0.975) };
}
