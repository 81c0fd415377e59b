/** Rows of a table as points: numbers, and levels that are equal or not. */
export interface Points {
  readonly nRows: number;
  readonly nNumbers: number;
  readonly nLevels: number;
  /** Row after row. */
  readonly numbers: Float64Array;
  /** Row after row. */
  readonly levels: Int32Array;
}

/** Stands for a missing number where distances are `clipped`: at 1 from any other value, and at 0 from itself. */
export const MISSING = 1e100;

/**
 * How two numbers of a column add to the distance of two rows: `clipped` |a − b|, at most 1; `squared` (a − b)². Levels that
 * differ add 1 in either.
 */
export type Metric = 'clipped' | 'squared';
