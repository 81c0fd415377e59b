/** A number column drawn before the one that is looked at. */
export interface EarlierNumbers {
  readonly index: number;
  readonly values: Float64Array;
  /** Feature code of each row: a rank, 0 = missing. */
  readonly ranks: Uint8Array;
}

/** Spread of the difference, as a share of the column's own, from which it is learnt instead of the column. */
const MAX_OFFSET_SPREAD = 0.2;
/** Rows on which two columns must be equal before one is said to copy the other. */
const MIN_COPY_ROWS = 50;
const MIN_COPY_SHARE = 0.02;
const MIN_COPY_VALUES = 5;
const MIN_KAPPA = 0.1;
const MAX_COPIES = 2;

/**
 * The earlier column that a column is best told from by their difference (an admission and its discharge), or null. Every
 * row with a value must have one in both, and differences must spread over at most a fifth of what the column does.
 */
export function findOffsetBase(values: Float64Array, earlier: readonly EarlierNumbers[]): number | null {
  const own = measureSpread(values);
  let best: number | null = null;
  let least = MAX_OFFSET_SPREAD * own;
  for (const { index, values: base } of earlier) {
    const isCovered = values.every((value, row) => Number.isNaN(value) || !Number.isNaN(base[row] ?? NaN));
    if (!isCovered) continue;
    const spread = measureSpread(values.map((value, row) => value - (base[row] ?? NaN)));
    if (spread < least) [best, least] = [index, spread];
  }
  return best;
}

/** Distance between the 5 % and the 95 % quantile of present values; 0 without any. */
function measureSpread(values: Float64Array): number {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
  return at(0.95) - at(0.05);
}

/**
 * Up to two earlier columns whose value a column often repeats beyond chance (Cohen's kappa at least 0.1), the most often
 * repeated first; the second counts only on rows that the first leaves unexplained.
 */
export function findCopies(values: Float64Array, earlier: readonly EarlierNumbers[]): readonly number[] {
  const copies: number[] = [];
  const isExplained = new Uint8Array(values.length);
  while (copies.length < MAX_COPIES) {
    let best: EarlierNumbers | null = null;
    let most = 0;
    for (const column of earlier) {
      const n = countCopies(values, column.values, isExplained);
      if (n > most) [best, most] = [column, n];
    }
    if (best === null) return copies;
    copies.push(best.index);
    const base = best.values;
    values.forEach((value, row) => {
      if (value === base[row]) isExplained[row] = 1;
    });
  }
  return copies;
}

/** Rows on which both are equal and not explained yet; 0 where that says nothing. */
function countCopies(values: Float64Array, base: Float64Array, isExplained: Uint8Array): number {
  const equal = new Map<number, number>();
  let nEqual = 0;
  for (let row = 0; row < values.length; row++) {
    const value = values[row] ?? NaN;
    if (value !== base[row] || isExplained[row] === 1) continue;
    nEqual++;
    equal.set(value, (equal.get(value) ?? 0) + 1);
  }
  const needed = Math.max(MIN_COPY_ROWS, MIN_COPY_SHARE * values.length);
  if (nEqual < needed || equal.size < MIN_COPY_VALUES) return 0;
  const observed = nEqual / values.length;
  const expected = expectEqual(values, base);
  return (observed - expected) / (1 - expected) >= MIN_KAPPA ? nEqual : 0;
}

/** Share of rows that would be equal if the columns knew nothing of each other. */
function expectEqual(a: Float64Array, b: Float64Array): number {
  const [left, right] = [countValues(a), countValues(b)];
  let sum = 0;
  for (const [value, n] of left) sum += n * (right.get(value) ?? 0);
  return sum / (a.length * b.length);
}

function countValues(values: Float64Array): Map<number, number> {
  const counts = new Map<number, number>();
  for (const value of values) if (!Number.isNaN(value)) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}
