import { countBelow } from '../../math/bisect';
import type { NumberColumn } from '../../data/table';
import { measureSpread, mergeDistinct, sortPresent } from '../../math/statistics';
import { DISTANCE, GroupedCounts, type Replicates } from '../group-jackknife';
import { averageColumns } from './average-columns';
import { type FidelitySpec } from './hold-against-train';
import { isZero, nameWorst } from './name-worst';
import { show } from '../tell';

/**
 * Wasserstein-1 distance of each number column to train's, over train's standard deviation; the mean over columns. Source:
 * Vallender 1974, "Calculation of the Wasserstein distance between probability distributions on the line".
 */
export const WASSERSTEIN: FidelitySpec = {
  titles: [
    {
      id: 'wasserstein',
      direction: 'lower-is-better',
      sentence: (estimate) =>
        `Values of number columns lie ${show(estimate.value)} standard deviations of train from where they should, on` +
        ` average${nameWorst(estimate.parts ?? [], isZero)}.`,
    },
  ],
  sizes: 'equal',
  minRows: 20,
  prepare: (train) => {
    const columns = train.columns.map((column) =>
      column.kind === 'number'
        ? { sorted: sortPresent(column.values), sd: measureSpread(column.values) }
        : null,
    );
    return (other) => [
      averageColumns(
        other.columns,
        (column, at) => {
          const own = columns[at];
          if (column.kind !== 'number' || own === null || own === undefined) return null;
          if (!(own.sd > 0)) return 'train has one value only, or none';
          return compareNumbers(own.sorted, own.sd, column);
        },
        DISTANCE,
        'no number column varies in train and has values in the other table',
      ),
    ];
  },
};

function compareNumbers(trainSorted: Float64Array, sd: number, { values }: NumberColumn): Replicates {
  const grid = mergeDistinct(trainSorted, sortPresent(values));
  const trainCounts = new Float64Array(grid.length);
  let at = 0;
  for (const value of trainSorted) {
    while ((grid[at] ?? Infinity) < value) at++;
    trainCounts[at] = (trainCounts[at] ?? 0) + 1;
  }
  const grouped = new GroupedCounts(grid.length);
  values.forEach((value, row) => {
    if (!Number.isNaN(value)) grouped.add(row, countBelow(grid, value));
  });
  return grouped.replicate((counts) => measureWasserstein(grid, trainCounts, counts) / sd);
}

/** ∫ |F − G| of two sets of counts at ascending places; NaN where one is empty. */
export function measureWasserstein(grid: Float64Array, first: Float64Array, second: Float64Array): number {
  const [n1, n2] = [sumOf(first), sumOf(second)];
  if (n1 === 0 || n2 === 0) return NaN;
  let [sum, below1, below2] = [0, 0, 0];
  for (let i = 0; i + 1 < grid.length; i++) {
    below1 += first[i] ?? 0;
    below2 += second[i] ?? 0;
    sum += Math.abs(below1 / n1 - below2 / n2) * ((grid[i + 1] ?? 0) - (grid[i] ?? 0));
  }
  return sum;
}

function sumOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}
