import { normalQuantile } from './normal';

/** z of a two-sided 95 % interval. */
export const Z95 = normalQuantile(0.975);

/** A success rate as Wilson's interval gives it: its centre, and half its width. */
export interface Rate {
  readonly nAttempts: number;
  /** May be fractional where successes are expected values. */
  readonly nSuccesses: number;
  /** Centre of the interval, which lies a little nearer to ½ than successes / attempts. */
  readonly rate: number;
  readonly error: number;
}

/** Wilson's 95 % score interval (Wilson 1927) of a share. Throws RangeError without attempts. */
export function estimateRate(nSuccesses: number, nAttempts: number): Rate {
  if (!(nAttempts > 0)) throw new RangeError('a rate needs at least one attempt');
  const square = Z95 * Z95;
  const rate = (nSuccesses + square / 2) / (nAttempts + square);
  const spread = (nSuccesses * (nAttempts - nSuccesses)) / nAttempts + square / 4;
  return { nAttempts, nSuccesses, rate, error: (Z95 / (nAttempts + square)) * Math.sqrt(spread) };
}

/**
 * Chance that a random sample of `nDrawn` of `nRows` rows holds exactly one of `nMarked` marked rows (hypergeometric).
 * Throws RangeError unless 1 ≤ nDrawn ≤ nRows.
 */
export function chanceOfOne(nRows: number, nDrawn: number, nMarked: number): number {
  if (!(nDrawn >= 1 && nDrawn <= nRows)) throw new RangeError(`cannot draw ${nDrawn} of ${nRows} rows`);
  let chance = (nMarked * nDrawn) / nRows;
  for (let i = 0; i < nMarked - 1 && chance > 0; i++)
    chance *= Math.max(0, nRows - nDrawn - i) / (nRows - 1 - i);
  return chance;
}

/** Chance that such a sample holds none of the marked rows. Throws RangeError unless 1 ≤ nDrawn ≤ nRows. */
export function chanceOfNone(nRows: number, nDrawn: number, nMarked: number): number {
  if (!(nDrawn >= 1 && nDrawn <= nRows)) throw new RangeError(`cannot draw ${nDrawn} of ${nRows} rows`);
  let chance = 1;
  for (let i = 0; i < nMarked && chance > 0; i++) chance *= Math.max(0, nRows - nDrawn - i) / (nRows - i);
  return chance;
}
