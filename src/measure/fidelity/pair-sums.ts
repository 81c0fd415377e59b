import { N_PAIR_SUMS } from '../../math/association';
import { groupOf, GroupedCounts } from '../group-jackknife';

/** Sums of two columns near 0, over rows where both are present, as {@link correlateSums} reads them. */
export function sumPairs(x: Float64Array, y: Float64Array): GroupedCounts {
  const sums = new GroupedCounts(N_PAIR_SUMS);
  const { counts } = sums;
  for (let row = 0; row < x.length; row++) {
    const a = x[row] ?? NaN;
    const b = y[row] ?? NaN;
    if (Number.isNaN(a * b)) continue;
    const at = groupOf(row) * N_PAIR_SUMS;
    counts[at] = (counts[at] ?? 0) + 1;
    counts[at + 1] = (counts[at + 1] ?? 0) + a;
    counts[at + 2] = (counts[at + 2] ?? 0) + b;
    counts[at + 3] = (counts[at + 3] ?? 0) + a * a;
    counts[at + 4] = (counts[at + 4] ?? 0) + b * b;
    counts[at + 5] = (counts[at + 5] ?? 0) + a * b;
  }
  return sums;
}
