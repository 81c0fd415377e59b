import type { ColumnSchema } from './schema';

/** Values a column must have, for each row of k, so that its two ends can stand apart. */
export const CAP_ROWS_PER_K = 4;

/** Spacings of dates that are written to the day, hour, minute, second and millisecond. */
const DATE_GRIDS_MS = [86_400_000, 3_600_000, 60_000, 1_000] as const;
/** Finer decimals than these are noise against the spacing of a double's own digits. */
const MAX_GRID_DECIMALS = 9;

/** The spacing that the values of a column lie on: 10^−decimals, or days … milliseconds of dates; 0 = none that matters. */
export function findGrid(values: Float64Array, schema: Pick<ColumnSchema, 'type' | 'decimals'>): number {
  if (schema.type === 'datetime') {
    return DATE_GRIDS_MS.find((grid) => values.every((value) => value % grid === 0)) ?? 1;
  }
  const decimals = schema.decimals ?? 0;
  return decimals > MAX_GRID_DECIMALS ? 0 : 10 ** -decimals;
}

/**
 * Ends that say nothing of one person: at least k of the ascending values lie at or beyond each. An end is the k-th
 * smallest (largest) value where at least k rows share that very value, else the mean of the k values from there
 * inwards, rounded inwards to `grid`, so that no single row's value is repeated over the others. Where groups of rows count
 * and not rows, `ascending` holds the smallest value of each group and `highs` the largest. Throws RangeError for
 * fewer than {@link CAP_ROWS_PER_K} · k values.
 */
export function findCaps(
  ascending: Float64Array,
  k: number,
  grid: number,
  highs: Float64Array = ascending,
): [number, number] {
  const n = Math.min(ascending.length, highs.length);
  if (n < CAP_ROWS_PER_K * k)
    throw new RangeError(`findCaps needs at least ${CAP_ROWS_PER_K * k} values, got ${n}`);
  const low = findEnd(ascending.subarray(k - 1, 2 * k - 1), countEqual(ascending, ascending[k - 1]) >= k, 0);
  const high = findEnd(highs.subarray(n - 2 * k + 1, n - k + 1), countEqual(highs, highs[n - k]) >= k, k - 1);
  return [roundTo(low, grid, Math.ceil), roundTo(high, grid, Math.floor)];
}

function findEnd(inwards: Float64Array, isShared: boolean, at: number): number {
  const end = inwards[at] ?? NaN;
  return isShared ? end : inwards.reduce((sum, value) => sum + value, 0) / inwards.length;
}

function countEqual(values: Float64Array, wanted: number | undefined): number {
  return values.reduce((n, value) => (value === wanted ? n + 1 : n), 0);
}

/** `round` of value on the grid; a value that is on it but for the last digits of a double stays. */
function roundTo(value: number, grid: number, round: (x: number) => number): number {
  if (grid === 0) return value;
  if (grid >= 1) return round(value / grid) * grid;
  const perUnit = Math.round(1 / grid);
  const scaled = value * perUnit;
  const nearest = Math.round(scaled);
  return (Math.abs(scaled - nearest) < 1e-6 ? nearest : round(scaled)) / perUnit;
}
