import { N_PAIR_SUMS } from '../../math/association';
import { GroupedCounts } from '../group-jackknife';

/** Sums of two columns near 0, over rows where both are present, as {@link correlateSums} reads them. */
export function sumPairs(x: Float64Array, y: Float64Array): GroupedCounts {
  const sums = new GroupedCounts(N_PAIR_SUMS);
  for (let row = 0; row < x.length; row++) {
    const [a, b] = [x[row] ?? NaN, y[row] ?? NaN];
    if (Number.isNaN(a * b)) continue;
    sums.add(row, 0);
    sums.add(row, 1, a);
    sums.add(row, 2, b);
    sums.add(row, 3, a * a);
    sums.add(row, 4, b * b);
    sums.add(row, 5, a * b);
  }
  return sums;
}
