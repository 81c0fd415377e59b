import { findRange } from '../../math/statistics';

/** Number of equal-width bins SDMetrics cuts a number into before it meets a category. */
const N_BINS = 10;

/** Number of codes {@link digitise} can give: ten bins, and one for missing. */
export const N_BIN_CODES = N_BINS + 1;

/**
 * Eleven edges of ten equal-width bins over the range of the present values, as NumPy's `histogram_bin_edges`:
 * a single value v gives v ± ½, no value at all gives 0 … 1.
 */
export function findBinEdges(values: Float64Array): Float64Array {
  const range = findRange(values) ?? { min: 0, max: 1 };
  const flat = range.min === range.max;
  const first = flat ? range.min - 0.5 : range.min;
  const last = flat ? range.max + 0.5 : range.max;
  const step = (last - first) / N_BINS;
  const edges = Float64Array.from({ length: N_BINS + 1 }, (_, i) => i * step + first);
  edges[N_BINS] = last;
  return edges;
}

/** The same edges with open ends, so that values beyond the range fall into the outer bins. */
export function openEnds(edges: Float64Array): Float64Array {
  const open = edges.slice();
  open[0] = -Infinity;
  open[open.length - 1] = Infinity;
  return open;
}

/**
 * Bin of each value, 0 … 9; missing values and values at or above the last edge get 10. Equals NumPy's `digitize`
 * minus one. With closed edges the maximum therefore shares a code with missing, as in SDMetrics' report.
 */
export function digitise(values: Float64Array, edges: Float64Array): Int32Array {
  const codes = new Int32Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? NaN;
    let code = 0;
    while (code < N_BINS && !(value < (edges[code + 1] ?? Infinity))) code += 1;
    codes[i] = code;
  }
  return codes;
}
