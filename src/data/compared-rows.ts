import type { Rng } from '../math/rng';

/**
 * Most rows of a table that measures are computed on. In 95 of 100 draws a share then lies within 0.0022 of that of all
 * rows, a distribution function within 0.003 and a correlation within 0.0044.
 */
export const MAX_COMPARED_ROWS = 200_000;

/**
 * `nMost` of the rows 0 … nRows − 1, ascending, every choice as likely as any other; all of them when there are no
 * more (null). Selection sampling (Knuth, The Art of Computer Programming 2, 3.4.2, algorithm S).
 */
export function chooseRows(nRows: number, nMost: number, rng: Rng): Uint32Array | null {
  if (nRows <= nMost) return null;
  const rows = new Uint32Array(nMost);
  let n = 0;
  for (let row = 0; n < nMost; row++) if (rng.float() * (nRows - row) < nMost - n) rows[n++] = row;
  return rows;
}
