import type { Table } from '../../data/table';
import { showCount } from '../tell';

/** Cells that a search may look at where nothing can be left out: some seconds. */
const MAX_CELLS = 1.2e10;
const MAX_ROWS = 30_000;
const MIN_ROWS = 2000;

/**
 * Rows that are asked about for their nearest in `reference`, which is searched whole: all of most tables, 30,000 at most,
 * and fewer where the reference is long and wide. Rows of a canonical table that come first are a random sample.
 */
export function countAsked(reference: Table): number {
  const nEach = MAX_CELLS / Math.max(1, reference.nRows * reference.columns.length);
  return Math.round(Math.min(MAX_ROWS, Math.max(MIN_ROWS, nEach)));
}

/** For the end of a sentence: that not all rows were asked about; empty where all were. */
export function tellAsked(name: string, nAsked: number, nRows: number): string {
  return nAsked >= nRows
    ? ''
    : ` Asked about ${showCount(nAsked)} of ${showCount(nRows)} rows of ${name}, drawn at random.`;
}
