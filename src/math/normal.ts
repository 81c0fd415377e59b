/** The standard normal distribution. */

const INVERSE_SQRT_TWO_PI = 0.3989422804014327;

/** Density at x; 0 at ±Infinity. */
export function normalDensity(x: number): number {
  return INVERSE_SQRT_TWO_PI * Math.exp(-0.5 * x * x);
}

/**
 * Probability of a value ≤ x, to about 1e-15 absolute. Taylor series about 0 (Marsaglia 2004, "Evaluating the normal
 * distribution") in the middle, Laplace's continued fraction in the tails.
 */
export function normalCdf(x: number): number {
  if (Number.isNaN(x)) return NaN;
  if (Math.abs(x) > 5) return x > 0 ? 1 - upperTail(x) : upperTail(-x);
  let term = x;
  let sum = x;
  for (let k = 3; Math.abs(term) > 1e-17; k += 2) {
    term *= (x * x) / k;
    sum += term;
  }
  return 0.5 + sum * normalDensity(x);
}

/** Probability of a value > x for x ≥ 5. */
function upperTail(x: number): number {
  let fraction = x;
  for (let k = 40; k >= 1; k--) fraction = x + k / fraction;
  return normalDensity(x) / fraction;
}

/**
 * The x with normalCdf(x) = p; −Infinity at 0, Infinity at 1, NaN outside [0, 1]. A rational first guess from the tail
 * (Abramowitz & Stegun 26.2.23, error below 4.5e-4), then Halley steps to full precision.
 */
export function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) return NaN;
  if (p === 0) return -Infinity;
  if (p === 1) return Infinity;
  if (p > 0.5) return -lowerQuantile(1 - p);
  return lowerQuantile(p);
}

function lowerQuantile(p: number): number {
  const t = Math.sqrt(-2 * Math.log(p));
  const top = 2.515517 + t * (0.802853 + t * 0.010328);
  const bottom = 1 + t * (1.432788 + t * (0.189269 + t * 0.001308));
  let x = top / bottom - t;
  for (let step = 0; step < 3; step++) {
    const error = (normalCdf(x) - p) / normalDensity(x);
    x -= error / (1 + 0.5 * x * error);
  }
  return x;
}
