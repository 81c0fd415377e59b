import type { CodedFeatures } from './features';
import { hasCode, type Split } from './find-split';

/** Rows in the order of a tree's nodes, and as much room to sort them in. */
export interface OrderedRows {
  readonly features: CodedFeatures;
  readonly rows: Int32Array;
  readonly scratch: Int32Array;
}

/** Moves the rows that go left to the front of the range, both sides in their order; answers where right begins. */
export function partitionRows(
  { features, rows, scratch }: OrderedRows,
  start: number,
  end: number,
  { feature, goesLeft }: Split,
): number {
  const codes = features.codes[feature] ?? new Uint8Array();
  let [nLeft, nRight] = [start, 0];
  for (let i = start; i < end; i++) {
    const row = rows[i] ?? 0;
    if (hasCode(goesLeft, 0, codes[row] ?? 0)) rows[nLeft++] = row;
    else scratch[nRight++] = row;
  }
  rows.set(scratch.subarray(0, nRight), nLeft);
  return nLeft;
}
