import type { Table } from '../../data/table';
import { meanOfPresent } from '../../math/statistics';
import type { CodedColumn } from './coded-column';
import { codeOtherColumn, codeTrainColumn } from './coded-column';
import type { ColumnKind } from './column-kinds';
import { selectByKind } from './column-kinds';
import type { ColumnShape } from './column-shapes';
import { compareColumn } from './column-shapes';
import type { PairTrend } from './pair-trends';
import { comparePair } from './pair-trends';

/** Pairs weaker than this in train do not count; 0 lets every pair count. */
export interface Thresholds {
  /** Smallest |r| of two numbers, exclusive. */
  readonly correlation: number;
  /** Smallest Cramér's V of any other pair, exclusive. */
  readonly association: number;
}

/** SDMetrics' defaults since 0.27. */
export const DEFAULT_THRESHOLDS: Thresholds = { correlation: 0.5, association: 0.3 };

/**
 * SDMetrics' quality report of a table against train. Scores in [0, 1], 1 = the same; null when nothing counts.
 * Rows are never subsampled (SDMetrics takes 50,000 unseeded rows for contingency tables of larger tables).
 */
export interface QualityReport {
  readonly shapes: readonly ColumnShape[];
  readonly pairs: readonly PairTrend[];
  /** Mean of the column scores. */
  readonly columnShapes: number | null;
  /** Mean over pairs above the default thresholds. */
  readonly pairTrends: number | null;
  /** Mean over all pairs. */
  readonly pairTrendsAll: number | null;
  /** Mean over all pairs, numbers cut on train's bin edges. */
  readonly pairTrendsTrainEdges: number | null;
  /** Mean of `columnShapes` and `pairTrends`: the number SDMetrics prints by default. */
  readonly overall: number | null;
  /** Mean of `columnShapes` and `pairTrendsAll`: the number SDMetrics prints with thresholds 0. */
  readonly overallAll: number | null;
}

/** Train's columns, coded once for any number of comparisons. */
export interface TrainSide {
  readonly kinds: readonly ColumnKind[];
  readonly columns: readonly CodedColumn[];
}

export type Progress = (done: number, total: number) => void;

/** Compares `synthetic` (or any table of the same kinds) with train. Throws `schema-invalid` when columns differ. */
export function qualityReport(train: Table, synthetic: Table, kinds: readonly ColumnKind[]): QualityReport {
  return compareWithTrain(codeTrain(train, kinds), synthetic);
}

export function codeTrain(train: Table, kinds: readonly ColumnKind[]): TrainSide {
  return { kinds, columns: selectByKind(train, kinds, 'train').map(codeTrainColumn) };
}

/** As {@link qualityReport} over a coded train; `onProgress` counts columns whose pairs are done. */
export function compareWithTrain(train: TrainSide, other: Table, onProgress?: Progress): QualityReport {
  const { columns } = train;
  const others = selectByKind(other, train.kinds, 'compared').map((column, i) => {
    const reference = columns[i];
    return reference === undefined ? codeTrainColumn(column) : codeOtherColumn(column, reference);
  });
  const shapes: ColumnShape[] = [];
  const pairs: PairTrend[] = [];
  columns.forEach((first, i) => {
    const otherFirst = others[i];
    if (otherFirst === undefined) return;
    shapes.push(compareColumn(first, otherFirst));
    columns.slice(i + 1).forEach((second, offset) => {
      const otherSecond = others[i + 1 + offset];
      if (otherSecond === undefined) return;
      pairs.push(comparePair({ first, second }, { first: otherFirst, second: otherSecond }));
    });
    onProgress?.(i + 1, columns.length);
  });
  return summarise(shapes, pairs);
}

function summarise(shapes: readonly ColumnShape[], pairs: readonly PairTrend[]): QualityReport {
  const columnShapes = meanOfPresent(shapes.map((shape) => shape.score));
  const counted = pairs.filter((pair) => isAboveThreshold(pair, DEFAULT_THRESHOLDS));
  const pairTrends = meanOfPresent(counted.map((pair) => pair.score));
  const pairTrendsAll = meanOfPresent(pairs.map((pair) => pair.score));
  return {
    shapes,
    pairs,
    columnShapes,
    pairTrends,
    pairTrendsAll,
    pairTrendsTrainEdges: meanOfPresent(pairs.map((pair) => pair.trainEdgesScore)),
    overall: meanOfPresent([columnShapes, pairTrends]),
    overallAll: meanOfPresent([columnShapes, pairTrendsAll]),
  };
}

/** True when train's relation is strong enough for the pair to count. */
export function isAboveThreshold(pair: PairTrend, thresholds: Thresholds): boolean {
  const threshold =
    pair.metric === 'correlation-similarity' ? thresholds.correlation : thresholds.association;
  return threshold <= 0 || (pair.trainStrength !== null && Math.abs(pair.trainStrength) > threshold);
}
