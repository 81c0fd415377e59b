/** What counts for the memory that a table takes from reading it to judging what was drawn from it. */
export interface TableSize {
  readonly nRows: number;
  readonly nColumns: number;
  /** Distinct cells, summed over the columns. */
  readonly nDistinct: number;
  /** Bytes of the texts of the distinct cells. */
  readonly nTextBytes: number;
}

/** The size of a table that has not begun. */
export const NO_SIZE: TableSize = { nRows: 0, nColumns: 0, nDistinct: 0, nTextBytes: 0 };

/**
 * A cell costs 1 to 4 bytes as read, and up to 8 each as train, as train after handling, and in a fit. Measured on a
 * million rows of 50 columns (docs/benchmarks.md).
 */
const BYTES_PER_CELL = 30;

/** A distinct cell costs its places in the dictionary, then a string and its entry in a map. */
const BYTES_PER_DISTINCT = 150;

/** The text of a distinct cell stands as bytes and as a string for a while. */
const COPIES_OF_TEXT = 2;

/** Bytes that the work on a table of that size takes at its height. */
export function estimateNeed({ nRows, nColumns, nDistinct, nTextBytes }: TableSize): number {
  return nRows * nColumns * BYTES_PER_CELL + nDistinct * BYTES_PER_DISTINCT + nTextBytes * COPIES_OF_TEXT;
}

const GIB = 2 ** 30;

/** More than this no browser lets one page have for sure, whatever the device has. */
const MOST_BYTES = 4 * GIB;

/** Where the browser does not say what the device has, it is taken for one of 4 GiB. */
const USUAL_GIB = 4;

/** Bytes that the work on one table may take: half of the device's memory (GiB; null = not known), at most 4 GiB. */
export function chooseBudget(deviceMemoryGib: number | null): number {
  return Math.min(MOST_BYTES, ((deviceMemoryGib ?? USUAL_GIB) * GIB) / 2);
}
