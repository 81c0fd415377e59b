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
  /** The same over all pairs of columns; equals `oneWay` when there is a single column. */
  readonly twoWay: number;
}

/**
 * How close the 1- and 2-way marginal tables of two coded tables are: 1 = equal. Both must share columns and codes.
 * Throws RangeError when they do not or when one is empty.
 */
export function compareMarginals(a: CodedTable, b: CodedTable): MarginalAccuracy {
  if (a.codes.length !== b.codes.length || a.sizes.some((size, j) => size !== b.sizes[j])) {
    throw new RangeError('compareMarginals needs the same columns and codes on both sides');
  }
  if (a.nRows === 0 || b.nRows === 0 || a.codes.length === 0) {
    throw new RangeError('compareMarginals needs rows and columns on both sides');
  }
  const scratch = new Float64Array(largestPair(a.sizes));
  let one = 0;
  let two = 0;
  let nPairs = 0;
  for (let i = 0; i < a.codes.length; i++) {
    one += 1 - oneWayDistance(a, b, i, scratch);
    for (let j = 0; j < i; j++) {
      two += 1 - twoWayDistance(a, b, i, j, scratch);
      nPairs++;
    }
  }
  const oneWay = one / a.codes.length;
  return { oneWay, twoWay: nPairs === 0 ? oneWay : two / nPairs };
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
