/**
 * Rows that costly measures look at, of tables that have more: the first of a random order. Each says so in its sentence,
 * and the page says it beforehand. A table below the size is compared whole.
 */

/** Rows of either table among which learners tell the two apart: the area's standard error is then some 0.0025. */
export const MAX_DETECTED_ROWS = 30_000;
/** Rows of either table that are laid side by side, each with each, for density and coverage. */
export const MAX_NEIGHBOUR_ROWS = 5000;
/** Rows of a table that models of the target are taught on, and of the holdout that judge them. */
export const MAX_TAUGHT_ROWS = 50_000;
/** People of either table whom an attack on single records tries. */
export const MAX_ATTACKED_ROWS = 2000;

/** Cells that a search may look at where nothing can be left out: some seconds. */
const MAX_CELLS = 1.2e10;
const MAX_ASKED_ROWS = 30_000;
const MIN_ASKED_ROWS = 2000;

/**
 * Rows that are asked about for their nearest in a table of that size, which is searched whole: 30,000 at most, and fewer
 * where it is long and wide.
 */
export function countAskedRows(nRows: number, nColumns: number): number {
  const nEach = MAX_CELLS / Math.max(1, nRows * nColumns);
  return Math.round(Math.min(MAX_ASKED_ROWS, Math.max(MIN_ASKED_ROWS, nEach)));
}
