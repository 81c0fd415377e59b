import { factorCholesky } from '../../math/linear-algebra';
import { Z95 } from '../../math/proportions';
import type { Rng } from '../../math/rng';
import type { Bounded } from '../measure';
import { overlapIntervals, type FittedTerms, type Term } from './coefficients';

/** One coefficient as train and another table give it. */
export interface ComparedTerm {
  readonly term: Term;
  readonly own: Bounded;
  readonly other: Bounded;
  /** True where the other table says nothing of it: the intervals then count as touching. */
  readonly isLost: boolean;
}

/** A regression fitted to train, and to another table. */
export interface ComparedFits {
  readonly terms: readonly ComparedTerm[];
  readonly other: FittedTerms;
}

/** Sets two fits of the same terms side by side. */
export function compareFits(terms: readonly Term[], own: FittedTerms, other: FittedTerms): ComparedFits {
  const compared = terms.flatMap((term, i): ComparedTerm[] => {
    const [a, b] = [own.estimates[i], other.estimates[i]];
    return a === undefined || b === undefined
      ? []
      : [{ term, own: a, other: b, isLost: other.isLost[i] === true }];
  });
  return { terms: compared, other };
}

/** Karr's overlap of a term; 0 where the other table lost it. */
export function overlapOf({ own, other, isLost }: ComparedTerm): number {
  return isLost ? 0 : overlapIntervals(own, other);
}

/** True where the interval from train does not hold 0. */
export const isClear = ({ own: { interval } }: ComparedTerm): boolean =>
  interval.low > 0 || interval.high < 0;

/** Mean of Karr's overlap over the terms that are `wanted`; null where none is. */
export function meanOverlap({ terms }: ComparedFits, wanted: (term: ComparedTerm) => boolean): number | null {
  const counted = terms.filter(wanted);
  return counted.length === 0
    ? null
    : counted.reduce((sum, term) => sum + overlapOf(term), 0) / counted.length;
}

const N_DRAWS = 400;
/** Of the largest variance, added to each: terms that hang together entirely would have no factor. */
const JITTER = 1e-9;

/**
 * {@link meanOverlap} with its 95 % interval: how far it would move with another table of as many rows from the same
 * generator, train being given. The other table's estimates are drawn anew from the normal distribution that their
 * covariance gives (parametric bootstrap), and the draws' standard deviation is laid around the value. At most 1.
 */
export function boundOverlap(
  fits: ComparedFits,
  wanted: (term: ComparedTerm) => boolean,
  rng: Rng,
): Bounded | null {
  const value = meanOverlap(fits, wanted);
  if (value === null) return null;
  const draw = openDraws(fits.other.covariance, fits.terms.length, rng);
  let [mean, squares] = [0, 0];
  for (let n = 1; n <= N_DRAWS; n++) {
    const errors = draw();
    const moved = fits.terms.map((term, i): ComparedTerm => ({
      ...term,
      other: shift(term.other, errors[i] ?? 0),
    }));
    const drawn = meanOverlap({ ...fits, terms: moved }, wanted) ?? value;
    const delta = drawn - mean;
    mean += delta / n;
    squares += delta * (drawn - mean);
  }
  const reach = Z95 * Math.sqrt(squares / (N_DRAWS - 1));
  return { value, interval: { low: value - reach, high: Math.min(1, value + reach) } };
}

function shift({ value, interval: { low, high } }: Bounded, by: number): Bounded {
  return { value: value + by, interval: { low: low + by, high: high + by } };
}

/** Draws errors of all terms together from the normal distribution of that covariance. */
function openDraws(covariance: Float64Array, n: number, rng: Rng): () => Float64Array {
  const most = covariance.reduce((max, entry) => Math.max(max, entry), 0);
  const padded = covariance.map((entry, at) => (at % (n + 1) === 0 ? entry + JITTER * most : entry));
  const lower = most > 0 ? factorCholesky(padded, n) : padded;
  return () => {
    const normals = Float64Array.from({ length: n }, () => rng.normal());
    return normals.map((_, i) => {
      let sum = 0;
      for (let j = 0; j <= i; j++) sum += (lower[i * n + j] ?? 0) * (normals[j] ?? 0);
      return sum;
    });
  };
}
