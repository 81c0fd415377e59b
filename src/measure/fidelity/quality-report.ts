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
 * Every row given is used (SDMetrics takes 50,000 unseeded rows for contingency tables of larger tables).
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

export type Progress = (done: number, total: number) => void;

/** Compares `synthetic` (or any table of the same kinds) with train. Throws `schema-invalid` when columns differ. */
export function qualityReport(train: Table, synthetic: Table, kinds: readonly ColumnKind[]): QualityReport {
  return compareWithTrain(train, [synthetic], kinds)[0];
}

/**
 * {@link qualityReport} of several tables at once, which reads train only once; `onProgress` counts columns whose pairs
 * are done.
 */
export function compareWithTrain<const Tables extends readonly Table[]>(
  train: Table,
  others: Tables,
  kinds: readonly ColumnKind[],
  onProgress?: Progress,
): { readonly [Index in keyof Tables]: QualityReport } {
  const columns = selectByKind(train, kinds, 'train').map(codeTrainColumn);
  const sides = others.map((other) => codeOther(other, columns, kinds));
  const shapes = sides.map((): ColumnShape[] => []);
  const pairs = sides.map((): PairTrend[] => []);
  columns.forEach((first, i) => {
    sides.forEach((side, at) => shapes[at]?.push(compareColumn(first, side[i] ?? first)));
    for (let j = i + 1; j < columns.length; j++) {
      const second = columns[j] ?? first;
      const counterparts = sides.map((side) => ({ first: side[i] ?? first, second: side[j] ?? second }));
      comparePair({ first, second }, counterparts).forEach((pair, at) => pairs[at]?.push(pair));
    }
    onProgress?.(i + 1, columns.length);
  });
  return others.map((_, at) => summarise(shapes[at] ?? [], pairs[at] ?? [])) as {
    readonly [Index in keyof Tables]: QualityReport;
  };
}

function codeOther(
  other: Table,
  trainColumns: readonly CodedColumn[],
  kinds: readonly ColumnKind[],
): readonly CodedColumn[] {
  const columns = selectByKind(other, kinds, 'compared');
  return trainColumns.flatMap((train, i) => {
    const column = columns[i];
    return column === undefined ? [] : [codeOtherColumn(column, train)];
  });
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
