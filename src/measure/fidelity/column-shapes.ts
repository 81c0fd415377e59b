import { measureKsDistance } from '../../math/statistics';
import type { CodedColumn, CodedLevels } from './coded-column';

/** How well one column's distribution agrees with train's. */
export interface ColumnShape {
  readonly column: string;
  readonly metric: 'ks-complement' | 'tv-complement';
  /** In [0, 1], 1 = equal distributions; null when it could not be computed. */
  readonly score: number | null;
  readonly note: string | null;
}

/** Rows a category gets in train when only the other table has it; SDMetrics' choice, visible at the 7th digit. */
const PSEUDO_COUNT = 1e-6;

/**
 * KSComplement for numbers (1 − Kolmogorov–Smirnov D), TVComplement for levels (1 − total variation distance).
 * Missing values are left out on each side separately. Source: SDMetrics 0.29, Column Shapes.
 */
export function compareColumn(train: CodedColumn, other: CodedColumn): ColumnShape {
  const numeric = train.kind === 'number' && other.kind === 'number';
  const score = numeric
    ? complement(measureKsDistance(train.sorted, other.sorted))
    : train.kind === 'level' && other.kind === 'level'
      ? complement(measureTotalVariation(train, other))
      : null;
  return {
    column: train.name,
    metric: train.kind === 'number' ? 'ks-complement' : 'tv-complement',
    score,
    note: score === null ? 'no value is present on one side' : null,
  };
}

function complement(distance: number | null): number | null {
  return distance === null ? null : 1 - distance;
}

function measureTotalVariation(train: CodedLevels, other: CodedLevels): number | null {
  const trainCounts = Float64Array.from(other.counts, (count, code) => {
    const seen = train.counts[code] ?? 0;
    return code > 0 && seen === 0 && count > 0 ? PSEUDO_COUNT : seen;
  });
  const nTrain = sumFromOne(trainCounts);
  const nOther = sumFromOne(other.counts);
  if (sumFromOne(train.counts) === 0 || nOther === 0) return null;
  let distance = 0;
  for (let code = 1; code < trainCounts.length; code++) {
    distance += Math.abs((trainCounts[code] ?? 0) / nTrain - (other.counts[code] ?? 0) / nOther);
  }
  return distance / 2;
}

function sumFromOne(counts: Float64Array): number {
  return counts.subarray(1).reduce((sum, count) => sum + count, 0);
}
