import type { NearQuestion, NearRows } from './near-rows';
import { MISSING, type Metric, type Points } from './points';

/** Points as a device reads them: column after column, each of `stride` rows. */
export interface SinglePoints {
  readonly stride: number;
  readonly numbers: Float32Array<ArrayBuffer>;
  readonly levels: Int32Array<ArrayBuffer>;
}

/** A question in single precision. Sums of distances that a device computes lie within `error` of the exact ones. */
export interface SingleQuestion {
  readonly points: SinglePoints;
  readonly queries: SinglePoints;
  readonly error: number;
  /** For each query the ends of its band, wide enough for sums that are off by `error`; −1 and −1: none. */
  readonly bands: Float32Array<ArrayBuffer>;
  /** At least 1, so that a query of which nothing is found shows that nothing was computed. */
  readonly k: number;
  /** What is added to the k-th smallest sum, so that all rows that may be among the k nearest lie below. */
  readonly reach: number;
}

/** Relative error of one rounding to single precision. */
const ROUNDING = 2 ** -24;
/** From where on a present number is beyond `clipped`'s single precision, and what stands for a missing one. */
const [MAX_NUMBER, SINGLE_MISSING] = [1000, 1e6];

/** The question in single precision, queries in whole tiles; null where its numbers are too large for that. */
export function toSingle(question: NearQuestion, tile: number): SingleQuestion | null {
  const { points, queries, metric, bands } = question;
  const ranges = findRanges(points);
  if (ranges.some(({ low, high }) => Math.max(-low, high) > (metric === 'squared' ? 1 : MAX_NUMBER)))
    return null;
  if (metric === 'squared' && queries.numbers.some((value) => Math.abs(value) > 1)) return null;
  if (queries.numbers.some((value) => Number.isNaN(value))) return null;
  const error = boundError(points, ranges);
  const stride = Math.ceil(queries.nRows / tile) * tile;
  return {
    points: layOut(points, points.nRows, ranges),
    queries: layOut(queries, stride, ranges),
    error,
    bands: Float32Array.from({ length: 2 * queries.nRows }, (_, at) =>
      bands === null ? -1 : widen(bands, at >>> 1, at % 2 === 0 ? -2 * error : 2 * error),
    ),
    k: Math.max(1, question.k),
    reach: 3 * error,
  };
}

function widen(
  { low, high }: { readonly low: Float64Array; readonly high: Float64Array },
  query: number,
  by: number,
): number {
  return ((by < 0 ? low : high)[query] ?? 0) + by;
}

interface Range {
  readonly low: number;
  readonly high: number;
}

/** Smallest and largest present number of each column. */
function findRanges({ nRows, nNumbers, numbers }: Points): readonly Range[] {
  return Array.from({ length: nNumbers }, (_, n) => {
    let [low, high] = [Infinity, -Infinity];
    for (let row = 0, at = n; row < nRows; row++, at += nNumbers) {
      const value = numbers[at] ?? 0;
      if (value === MISSING) continue;
      if (value < low) low = value;
      if (value > high) high = value;
    }
    return low <= high ? { low, high } : { low: 0, high: 0 };
  });
}

/**
 * A number is rounded, so is the difference of two, and so is each partial sum of m distances of at most 1: together at most
 * Σ (2 max + 8) + m² roundings; doubled, to be certain.
 */
function boundError({ nNumbers, nLevels }: Points, ranges: readonly Range[]): number {
  const nColumns = nNumbers + nLevels;
  const ofNumbers = ranges.reduce((sum, { low, high }) => sum + 2 * Math.max(-low, high) + 8, 0);
  return 2 * ROUNDING * (ofNumbers + nColumns * nColumns);
}

function layOut(
  { nRows, nNumbers, nLevels, numbers, levels }: Points,
  stride: number,
  ranges: readonly Range[],
): SinglePoints {
  const single: SinglePoints = {
    stride,
    numbers: new Float32Array(stride * nNumbers),
    levels: new Int32Array(stride * nLevels),
  };
  ranges.forEach(({ low, high }, n) => {
    for (let row = 0; row < nRows; row++) {
      const value = numbers[row * nNumbers + n] ?? 0;
      // Two beyond the range is at distance 1 from all of it, as anything farther is.
      single.numbers[n * stride + row] =
        value === MISSING ? SINGLE_MISSING : Math.min(high + 2, Math.max(low - 2, value));
    }
  });
  for (let l = 0; l < nLevels; l++)
    for (let row = 0; row < nRows; row++) single.levels[l * stride + row] = levels[row * nLevels + l] ?? -1;
  return single;
}

/** Exact sum of the distances of columns between a row and a query. */
export function sumDistances(
  points: Points,
  row: number,
  queries: Points,
  query: number,
  metric: Metric,
): number {
  const { nNumbers, nLevels } = points;
  let sum = 0;
  for (let l = 0; l < nLevels; l++)
    if (points.levels[row * nLevels + l] !== queries.levels[query * nLevels + l]) sum++;
  for (let n = 0; n < nNumbers; n++) {
    const gap = Math.abs(
      (queries.numbers[query * nNumbers + n] ?? 0) - (points.numbers[row * nNumbers + n] ?? 0),
    );
    sum += metric === 'squared' ? gap * gap : gap < 1 ? gap : 1;
  }
  return sum;
}

/** Whether a device's answer holds as many rows as were asked for, and every sum is as exact as is built upon. */
export function isSound({ points, queries, metric, k }: NearQuestion, near: NearRows): boolean {
  const { starts, rows, sums, error, nNearer, isCrowded } = near;
  const nLeast = Math.min(Math.max(1, k), points.nRows);
  for (let query = 0; query < queries.nRows; query++) {
    const [from, to] = [starts[query] ?? 0, starts[query + 1] ?? 0];
    if (isCrowded[query] !== 1 && to - from + (nNearer[query] ?? 0) < nLeast) return false;
    for (let at = from; at < to; at++) {
      const exact = sumDistances(points, rows[at] ?? 0, queries, query, metric);
      if (!(Math.abs(exact - (sums[at] ?? NaN)) <= error)) return false;
    }
  }
  return true;
}
