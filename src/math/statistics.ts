/** Descriptive and two-sample statistics over typed arrays. NaN means missing unless a function says otherwise. */

/** Mean of the entries that are numbers; null when there is none. */
export function meanOfPresent(values: Iterable<number | null>): number | null {
  let sum = 0;
  let n = 0;
  for (const value of values) {
    if (value === null || Number.isNaN(value)) continue;
    sum += value;
    n += 1;
  }
  return n === 0 ? null : sum / n;
}

/** Smallest and largest present value; null when every value is missing. */
export function findRange(values: Float64Array): { readonly min: number; readonly max: number } | null {
  let min = Infinity;
  let max = -Infinity;
  for (const value of values) {
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return min > max ? null : { min, max };
}

/** Present values, ascending. */
export function sortPresent(values: Float64Array): Float64Array {
  return values.filter((value) => !Number.isNaN(value)).sort();
}

/**
 * Largest distance between two empirical distribution functions (two-sample Kolmogorov–Smirnov D), in [0, 1].
 * Both samples ascending and without missing values; null when either is empty.
 */
export function measureKsDistance(a: Float64Array, b: Float64Array): number | null {
  if (a.length === 0 || b.length === 0) return null;
  let i = 0;
  let j = 0;
  let largest = 0;
  while (i < a.length && j < b.length) {
    const value = Math.min(a[i] ?? Infinity, b[j] ?? Infinity);
    while (i < a.length && (a[i] ?? Infinity) <= value) i += 1;
    while (j < b.length && (b[j] ?? Infinity) <= value) j += 1;
    largest = Math.max(largest, Math.abs(i / a.length - j / b.length));
  }
  return largest;
}

/**
 * Pearson's correlation over the rows where both values are present, in [−1, 1]; null when fewer than two such rows
 * are left or either column is constant over them.
 */
export function correlate(x: Float64Array, y: Float64Array): number | null {
  const means = meansOfPairs(x, y);
  if (means === null) return null;
  let sumXX = 0;
  let sumYY = 0;
  let sumXY = 0;
  for (let i = 0; i < x.length; i++) {
    const dx = (x[i] ?? NaN) - means.x;
    const dy = (y[i] ?? NaN) - means.y;
    const product = dx * dy;
    if (Number.isNaN(product)) continue;
    sumXX += dx * dx;
    sumYY += dy * dy;
    sumXY += product;
  }
  const r = sumXY / (Math.sqrt(sumXX) * Math.sqrt(sumYY));
  return Number.isFinite(r) ? Math.min(1, Math.max(-1, r)) : null;
}

/** Means over rows with both values; null when there are fewer than two or one of the columns does not vary. */
function meansOfPairs(x: Float64Array, y: Float64Array): { readonly x: number; readonly y: number } | null {
  let n = 0;
  let sumX = 0;
  let sumY = 0;
  let firstX = NaN;
  let firstY = NaN;
  let variesX = false;
  let variesY = false;
  for (let i = 0; i < x.length; i++) {
    const xi = x[i] ?? NaN;
    const yi = y[i] ?? NaN;
    if (Number.isNaN(xi) || Number.isNaN(yi)) continue;
    if (n === 0) {
      firstX = xi;
      firstY = yi;
    }
    if (xi !== firstX) variesX = true;
    if (yi !== firstY) variesY = true;
    n += 1;
    sumX += xi;
    sumY += yi;
  }
  return variesX && variesY ? { x: sumX / n, y: sumY / n } : null;
}

/**
 * Cramér's V of a contingency table, without bias correction, in [0, 1]; null when fewer than two rows or two
 * columns are occupied. Cells are given as flat keys `row * nColumns + column`; empty cells may be left out.
 */
export function measureCramersV(
  cells: Iterable<readonly [key: number, count: number]>,
  nColumns: number,
): number | null {
  const occupied = [...cells].filter(([, count]) => count > 0);
  const rowSums = new Map<number, number>();
  const columnSums = new Map<number, number>();
  for (const [key, count] of occupied) {
    const column = key % nColumns;
    const row = (key - column) / nColumns;
    rowSums.set(row, (rowSums.get(row) ?? 0) + count);
    columnSums.set(column, (columnSums.get(column) ?? 0) + count);
  }
  const degrees = Math.min(rowSums.size, columnSums.size) - 1;
  if (degrees < 1) return null;
  // χ²/n = Σ O²/(R·C) − 1, which needs only occupied cells.
  let phiSquared = -1;
  for (const [key, count] of occupied) {
    const column = key % nColumns;
    const row = (key - column) / nColumns;
    phiSquared += (count / (rowSums.get(row) ?? NaN)) * (count / (columnSums.get(column) ?? NaN));
  }
  return Math.sqrt(Math.max(0, phiSquared) / degrees);
}

/** Rank of each value from 0, equal values the mean of their ranks (mid-ranks). NaN is not allowed. */
export function rankWithTies(values: Float64Array): Float64Array {
  const order = Uint32Array.from(values.keys()).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  const ranks = new Float64Array(values.length);
  for (let from = 0; from < order.length;) {
    let to = from + 1;
    const value = values[order[from] ?? 0];
    while (to < order.length && values[order[to] ?? 0] === value) to++;
    for (let i = from; i < to; i++) ranks[order[i] ?? 0] = (from + to - 1) / 2;
    from = to;
  }
  return ranks;
}

/** Standard deviation of the present values; NaN for fewer than two. */
export function measureSpread(values: Float64Array): number {
  let [n, mean, squares] = [0, 0, 0];
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    n++;
    const delta = value - mean;
    mean += delta / n;
    squares += delta * (value - mean);
  }
  return n < 2 ? NaN : Math.sqrt(squares / (n - 1));
}

/** The different values of two ascending lists, ascending. */
export function mergeDistinct(a: Float64Array, b: Float64Array): Float64Array {
  const both = new Float64Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  both.sort();
  return both.filter((value, i) => i === 0 || value !== both[i - 1]);
}
