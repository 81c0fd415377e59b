import type { Column, NumberColumn } from '../../data/table';
import { countUpTo } from '../../math/roc';
import { sortPresent } from '../../math/statistics';
import {
  DISTANCE,
  GroupedCounts,
  jackknifeInterval,
  meanReplicates,
  SHARE,
  type Replicates,
} from '../group-jackknife';
import type { Interval, MeasurePart } from '../measure';
import { isZero, nameWorst, show, type Estimate, type FidelitySpec, type Reason } from './hold-against-train';
import { codeMargin, fitMarginRule } from './margin-codes';

const MIN_ROWS = 20;

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
        ` average${nameWorst(estimate, isZero)}.`,
    },
  ],
  sizes: 'equal',
  minRows: MIN_ROWS,
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

/**
 * Jensen–Shannon distance (base 2, in [0, 1]) of each column to train's, over tenths of train, its ten most frequent levels
 * and missing; the mean over columns. Source: Endres & Schindelin 2003, "A new metric for probability distributions".
 */
export const JENSEN_SHANNON: FidelitySpec = {
  titles: [
    {
      id: 'jensen-shannon',
      direction: 'lower-is-better',
      sentence: (estimate) =>
        `The Jensen–Shannon distance of single columns to train's is ${show(estimate.value)} on average; 0 is the same,` +
        ` 1 is nothing in common${nameWorst(estimate, isZero)}.`,
    },
  ],
  sizes: 'equal',
  minRows: MIN_ROWS,
  prepare: (train) => {
    const rules = train.columns.map((column) => fitMarginRule(column));
    const shares = train.columns.map((column, i) => {
      const rule = rules[i] ?? fitMarginRule(column);
      const counts = new Float64Array(rule.nCodes);
      for (const code of codeMargin(rule, column)) counts[code] = (counts[code] ?? 0) + 1 / train.nRows;
      return counts;
    });
    return (other) => [
      averageColumns(
        other.columns,
        (column, at) => {
          const [rule, share] = [rules[at], shares[at]];
          if (rule === undefined || share === undefined) return null;
          const grouped = new GroupedCounts(rule.nCodes);
          codeMargin(rule, column).forEach((code, row) => grouped.add(row, code));
          return grouped.replicate((counts) => measureJensenShannon(share, counts));
        },
        SHARE,
        'there is no column to compare',
      ),
    ];
  },
};

/** Mean of a figure over columns: null leaves a column out, a text says why it has none. */
export function averageColumns(
  columns: readonly Column[],
  measure: (column: Column, at: number) => Replicates | string | null,
  bounds: Interval,
  whenNone: string,
): Estimate | Reason {
  const all: Replicates[] = [];
  const parts: MeasurePart[] = [];
  columns.forEach((column, at) => {
    const result = measure(column, at);
    if (result === null) return;
    const value = typeof result === 'string' ? NaN : (result[0] ?? NaN);
    if (typeof result !== 'string') all.push(result);
    const isMissing = Number.isNaN(value);
    const note = typeof result === 'string' ? result : isMissing ? 'the other table has no value' : null;
    parts.push({ columns: [column.name], value: isMissing ? null : value, note });
  });
  const mean = meanReplicates(all);
  if (mean === null) return { reason: whenNone };
  const n = parts.filter(({ value }) => value !== null).length;
  return { value: mean[0] ?? NaN, interval: jackknifeInterval(mean, bounds), n, parts };
}

/** Standard deviation of the present values; NaN for fewer than two. */
export function measureSpread(values: Float64Array): number {
  let [n, mean, squares] = [0, 0, 0];
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    n++;
    const delta = value - mean;
    mean += delta / n;
    squares += delta * (value - mean);
  }
  return n < 2 ? NaN : Math.sqrt(squares / (n - 1));
}

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
    if (!Number.isNaN(value)) grouped.add(row, countUpTo(grid, value, false));
  });
  return grouped.replicate((counts) => measureWasserstein(grid, trainCounts, counts) / sd);
}

/** The different values of two ascending lists, ascending. */
export function mergeDistinct(a: Float64Array, b: Float64Array): Float64Array {
  const both = new Float64Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  both.sort();
  return both.filter((value, i) => i === 0 || value !== both[i - 1]);
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

/** Square root of the Jensen–Shannon divergence to base 2 of shares and of counts; NaN where there are no counts. */
export function measureJensenShannon(shares: Float64Array, counts: Float64Array): number {
  const n = sumOf(counts);
  if (n === 0) return NaN;
  let divergence = 0;
  for (let i = 0; i < shares.length; i++) {
    const [p, q] = [shares[i] ?? 0, (counts[i] ?? 0) / n];
    const middle = (p + q) / 2;
    if (p > 0) divergence += (p / 2) * Math.log2(p / middle);
    if (q > 0) divergence += (q / 2) * Math.log2(q / middle);
  }
  return Math.sqrt(Math.max(0, divergence));
}

function sumOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}
