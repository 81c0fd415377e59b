/** Strength of the relation of two columns, from sums alone, so that it can be had again with some rows left out. */

/**
 * Cramér's V with Bergsma's bias correction, in [0, 1]; NaN where a side takes fewer than two values. Cells lie row after
 * row, `nColumns` a row. Source: Bergsma 2013, "A bias-correction for Cramér's V and Tschuprow's T".
 */
export function correctCramersV(cells: Float64Array, nColumns: number): number {
  const nRows = cells.length / nColumns;
  const [rows, columns] = [new Float64Array(nRows), new Float64Array(nColumns)];
  let n = 0;
  for (let at = 0; at < cells.length; at++) {
    const count = cells[at] ?? 0;
    const [row, column] = [Math.floor(at / nColumns), at % nColumns];
    n += count;
    rows[row] = (rows[row] ?? 0) + count;
    columns[column] = (columns[column] ?? 0) + count;
  }
  const r = rows.filter((count) => count > 0).length;
  const k = columns.filter((count) => count > 0).length;
  if (r < 2 || k < 2) return NaN;
  let phi = -1;
  for (let at = 0; at < cells.length; at++) {
    const count = cells[at] ?? 0;
    if (count > 0)
      phi += (count / (rows[Math.floor(at / nColumns)] ?? 1)) * (count / (columns[at % nColumns] ?? 1));
  }
  const corrected = Math.max(0, phi - ((k - 1) * (r - 1)) / (n - 1));
  const least = Math.min(r - (r - 1) ** 2 / (n - 1), k - (k - 1) ** 2 / (n - 1)) - 1;
  return least > 0 ? Math.min(1, Math.sqrt(corrected / least)) : NaN;
}

/** Entries of the sums that {@link correlateSums} reads: n, Σx, Σy, Σx², Σy², Σxy. */
export const N_PAIR_SUMS = 6;

/** Smallest share of the sum of squares that a spread must keep to be more than rounding. */
const ROUNDING = 1e-12;

/** Pearson's correlation from sums of values near 0 of spread near 1; NaN where either does not vary. */
export function correlateSums(sums: Float64Array): number {
  const [n = 0, x = 0, y = 0, xx = 0, yy = 0, xy = 0] = sums;
  const [spreadX, spreadY] = [xx - (x * x) / n, yy - (y * y) / n];
  if (!(n >= 2 && spreadX > ROUNDING * xx && spreadY > ROUNDING * yy)) return NaN;
  const r = (xy - (x * y) / n) / Math.sqrt(spreadX * spreadY);
  return Math.max(-1, Math.min(1, r));
}

/**
 * Correlation ratio η of a number by groups, in [0, 1]: the root of the share of its variance that lies between groups; NaN
 * where the number does not vary or there is one group. Sums lie group after group: n, Σx, Σx². Source: Fisher 1925.
 */
export function measureCorrelationRatio(sums: Float64Array): number {
  let [n, sum, squares, between, nGroups] = [0, 0, 0, 0, 0];
  for (let at = 0; at < sums.length; at += 3) {
    const [count, part] = [sums[at] ?? 0, sums[at + 1] ?? 0];
    if (!(count > 0.5)) continue;
    nGroups++;
    n += count;
    sum += part;
    squares += sums[at + 2] ?? 0;
    between += (part * part) / count;
  }
  const whole = squares - (sum * sum) / n;
  if (nGroups < 2 || !(whole > ROUNDING * squares)) return NaN;
  return Math.sqrt(Math.max(0, Math.min(1, (between - (sum * sum) / n) / whole)));
}
