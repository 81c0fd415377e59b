/** Columns as codes 0 … sizes[j] − 1, one array a column. */
export interface CodedTable {
  readonly nRows: number;
  readonly codes: readonly ArrayLike<number>[];
  /** Number of codes of each column. */
  readonly sizes: readonly number[];
}

export interface MarginalAccuracy {
  /** Mean over columns of 1 − total variation distance of the 1-way margins, 0–1. */
  readonly oneWay: number;
  /** The same over pairs of columns, weighted; equals `oneWay` when there is a single column. */
  readonly twoWay: number;
}

/**
 * Weight of each pair i > j at index i (i − 1) / 2 + j: squared Cramér's V, so that pairs which depend on each other
 * count and the many independent ones, whose tables follow from the margins, do not drown them. All 1 when no pair
 * depends. V² = χ² / (n (min(rows, columns) − 1)) over the levels that occur.
 */
export function weighPairs(table: CodedTable): Float64Array {
  const weights = new Float64Array((table.codes.length * (table.codes.length - 1)) / 2);
  const scratch = new Float64Array(largestPair(table.sizes));
  let index = 0;
  for (let i = 0; i < table.codes.length; i++) {
    for (let j = 0; j < i; j++) weights[index++] = squaredAssociation(table, i, j, scratch);
  }
  return weights.some((weight) => weight > 0) ? weights : weights.fill(1);
}

function squaredAssociation(table: CodedTable, i: number, j: number, scratch: Float64Array): number {
  const [nLeft, nRight] = [table.sizes[i] ?? 0, table.sizes[j] ?? 0];
  scratch.fill(0, 0, nLeft * nRight);
  addPair(scratch, table, i, j, nRight, 1);
  const left = new Float64Array(nLeft);
  const right = new Float64Array(nRight);
  for (let cell = 0; cell < nLeft * nRight; cell++) {
    addTo(left, Math.floor(cell / nRight), scratch[cell] ?? 0);
    addTo(right, cell % nRight, scratch[cell] ?? 0);
  }
  const nLevels = Math.min(left.filter((n) => n > 0).length, right.filter((n) => n > 0).length);
  if (nLevels < 2) return 0;
  let sum = 0;
  for (let cell = 0; cell < nLeft * nRight; cell++) {
    const product = (left[Math.floor(cell / nRight)] ?? 0) * (right[cell % nRight] ?? 0);
    if (product > 0) sum += ((scratch[cell] ?? 0) * (scratch[cell] ?? 0)) / product;
  }
  return Math.max(sum - 1, 0) / (nLevels - 1);
}

/**
 * How close the 1- and 2-way marginal tables of two coded tables are: 1 = equal. Both must share columns and codes.
 * `weights` as {@link weighPairs} lays them out; without them every pair counts the same.
 * Throws RangeError when they do not or when one is empty.
 */
export function compareMarginals(a: CodedTable, b: CodedTable, weights?: Float64Array): MarginalAccuracy {
  if (a.codes.length !== b.codes.length || a.sizes.some((size, j) => size !== b.sizes[j])) {
    throw new RangeError('compareMarginals needs the same columns and codes on both sides');
  }
  if (a.nRows === 0 || b.nRows === 0 || a.codes.length === 0) {
    throw new RangeError('compareMarginals needs rows and columns on both sides');
  }
  const scratch = new Float64Array(largestPair(a.sizes));
  let one = 0;
  let two = 0;
  let total = 0;
  let index = 0;
  for (let i = 0; i < a.codes.length; i++) {
    one += 1 - oneWayDistance(a, b, i, scratch);
    for (let j = 0; j < i; j++) {
      const weight = weights === undefined ? 1 : (weights[index] ?? 0);
      index++;
      if (weight === 0) continue;
      two += weight * (1 - twoWayDistance(a, b, i, j, scratch));
      total += weight;
    }
  }
  const oneWay = one / a.codes.length;
  return { oneWay, twoWay: total === 0 ? oneWay : two / total };
}

function largestPair(sizes: readonly number[]): number {
  const sorted = [...sizes].sort((x, y) => y - x);
  return (sorted[0] ?? 1) * (sorted[1] ?? 1);
}

function oneWayDistance(a: CodedTable, b: CodedTable, column: number, scratch: Float64Array): number {
  const size = a.sizes[column] ?? 0;
  scratch.fill(0, 0, size);
  const left = a.codes[column] ?? [];
  const right = b.codes[column] ?? [];
  for (let row = 0; row < a.nRows; row++) addTo(scratch, left[row] ?? 0, 1 / a.nRows);
  for (let row = 0; row < b.nRows; row++) addTo(scratch, right[row] ?? 0, -1 / b.nRows);
  return halfAbsoluteSum(scratch, size);
}

function twoWayDistance(a: CodedTable, b: CodedTable, i: number, j: number, scratch: Float64Array): number {
  const width = a.sizes[j] ?? 0;
  const size = (a.sizes[i] ?? 0) * width;
  scratch.fill(0, 0, size);
  addPair(scratch, a, i, j, width, 1 / a.nRows);
  addPair(scratch, b, i, j, width, -1 / b.nRows);
  return halfAbsoluteSum(scratch, size);
}

function addPair(
  scratch: Float64Array,
  table: CodedTable,
  i: number,
  j: number,
  width: number,
  weight: number,
): void {
  const left = table.codes[i] ?? [];
  const right = table.codes[j] ?? [];
  for (let row = 0; row < table.nRows; row++) {
    addTo(scratch, (left[row] ?? 0) * width + (right[row] ?? 0), weight);
  }
}

function addTo(out: Float64Array, index: number, weight: number): void {
  out[index] = (out[index] ?? 0) + weight;
}

function halfAbsoluteSum(values: Float64Array, size: number): number {
  let sum = 0;
  for (let i = 0; i < size; i++) sum += Math.abs(values[i] ?? 0);
  return sum / 2;
}
