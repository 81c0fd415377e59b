import { countBelow, countUpTo } from './bisect';
/** The area under the ROC curve, its uncertainty, and points on the curve. Scores: higher means positive. */

/** An area, and how far it may be off. */
export interface Area {
  /** Chance that a positive's score exceeds a negative's, ties counted half; 0.5 = the scores say nothing. */
  readonly auc: number;
  /** Standard error (DeLong et al. 1988). */
  readonly error: number;
  /** The positives' part of it. */
  readonly errorOfPositives: number;
  readonly nPositive: number;
  readonly nNegative: number;
}

/**
 * Area under the ROC curve with its DeLong standard error; null when either side is empty. Placements are counted among
 * sorted scores (Sun & Xu 2014), so ties are exact and the cost is that of sorting.
 */
export function measureArea(positives: Float64Array, negatives: Float64Array): Area | null {
  return measureSharedArea([{ positives, negatives }]);
}

/** Scores of the same positives, in the same order, beside negatives of their own. */
export interface Stratum {
  readonly positives: Float64Array;
  readonly negatives: Float64Array;
}

/** Mean area over strata that share their positives; {@link measureArea} where there is one. Null when a side is empty. */
export function measureSharedArea(strata: readonly Stratum[]): Area | null {
  const m = strata[0]?.positives.length ?? 0;
  if (m === 0 || strata.some(({ positives, negatives }) => positives.length !== m || negatives.length === 0))
    return null;
  const above = new Float64Array(m);
  const below: number[] = [];
  for (const { positives, negatives } of strata) {
    place(positives, negatives).forEach((share, i) => (above[i] = (above[i] ?? 0) + share / strata.length));
    for (const share of place(negatives, positives)) below.push(1 - share);
  }
  const auc = meanOf(above);
  const ofPositives = varianceOf(above) / m;
  const variance = ofPositives + varianceOf(Float64Array.from(below)) / below.length;
  return {
    auc,
    error: Math.sqrt(variance),
    errorOfPositives: Math.sqrt(ofPositives),
    nPositive: m,
    nNegative: below.length,
  };
}

/** For each of `values` the share of `others` below it, equal ones counted half. */
function place(values: Float64Array, others: Float64Array): Float64Array {
  const sorted = others.slice().sort();
  return values.map((value) => (countBelow(sorted, value) + countUpTo(sorted, value)) / 2 / sorted.length);
}

function meanOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

function varianceOf(values: Float64Array): number {
  if (values.length < 2) return 0;
  const mean = meanOf(values);
  let sum = 0;
  for (const value of values) sum += (value - mean) ** 2;
  return sum / (values.length - 1);
}

/** Positives that score above a threshold which at most `rate` of the negatives exceed: hits at that false-positive rate. */
export function countHits(positives: Float64Array, negatives: Float64Array, rate: number): number {
  const descending = negatives.slice().sort().reverse();
  const threshold = descending[Math.floor(rate * negatives.length + 1e-9)] ?? -Infinity;
  let hits = 0;
  for (const score of positives) if (score > threshold) hits++;
  return hits;
}
