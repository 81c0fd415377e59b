import { countAskedRows } from '../../data/sampled-rows';
import type { Table } from '../../data/table';
import { showCount } from '../tell';

/** {@link countAskedRows} of a reference table. Rows of a canonical table that come first are a random sample. */
export function countAsked({ nRows, columns }: Table): number {
  return countAskedRows(nRows, columns.length);
}

/** For the end of a sentence: that not all rows were asked about; empty where all were. */
export function tellAsked(name: string, nAsked: number, nRows: number): string {
  return nAsked >= nRows
    ? ''
    : ` Asked about ${showCount(nAsked)} of ${showCount(nRows)} rows of ${name}, drawn at random.`;
}
