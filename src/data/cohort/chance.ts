import type { Rng } from '../../math/rng';

/** 1 / (1 + e^−x). */
export function logistic(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

/** True with probability logistic(`logit`). */
export function happens(rng: Rng, logit: number): boolean {
  return rng.float() < logistic(logit);
}

/** 1 for true, 0 for false: for linear predictors. */
export function flag(condition: boolean): 0 | 1 {
  return condition ? 1 : 0;
}

export type Weighted<T> = readonly (readonly [option: T, weight: number])[];

/** One option, with probability proportional to its weight (≥ 0). Throws RangeError when no weight is positive. */
export function choose<T>(rng: Rng, options: Weighted<T>): T {
  let total = 0;
  const cumulative = options.map(([, weight]) => (total += weight));
  const chosen = options[rng.pick(cumulative)];
  if (chosen === undefined) throw new RangeError('choose needs at least one option');
  return chosen[0];
}

/** A draw of N(mean, sd²) conditioned on [low, high] by redrawing, so that no mass piles up at the bounds. */
export function drawNormal(rng: Rng, mean: number, sd: number, low: number, high: number): number {
  return drawWithin(() => mean + sd * rng.normal(), low, high);
}

/** exp of N(log median, sd²), conditioned on [low, high]. */
export function drawLogNormal(rng: Rng, median: number, sd: number, low: number, high: number): number {
  return drawWithin(() => median * Math.exp(sd * rng.normal()), low, high);
}

const MOST_DRAWS = 100_000;

/** Repeats `draw` until it falls into [low, high]. Throws RangeError after 100,000 misses: the model is then wrong. */
export function drawWithin(draw: () => number, low: number, high: number): number {
  for (let i = 0; i < MOST_DRAWS; i++) {
    const value = draw();
    if (value >= low && value <= high) return value;
  }
  throw new RangeError(`no draw fell into [${low}, ${high}]`);
}

/** Keeps `value` inside [low, high]. */
export function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}

/** `value` to one decimal. */
export function roundTenth(value: number): number {
  return Math.round(value * 10) / 10;
}
