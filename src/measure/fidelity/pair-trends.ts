import { correlate } from '../../math/statistics';
import type { CodedColumn } from './coded-column';
import type { Coding, Contingency } from './contingency';
import { countPairs, measureAssociation, measureContingencySimilarity } from './contingency';

/** How well one pair's relation agrees with train's. Thresholds are applied later, by the report. */
export interface PairTrend {
  readonly columns: readonly [string, string];
  readonly metric: 'correlation-similarity' | 'contingency-similarity';
  /** In [0, 1], 1 = equal relation; null when it could not be computed. */
  readonly score: number | null;
  /** The same with numbers cut on train's bin edges on both sides; equals `score` where nothing is binned. */
  readonly trainEdgesScore: number | null;
  /** Pearson's r (two numbers) or Cramér's V (else) in train; null when undefined. */
  readonly trainStrength: number | null;
  readonly note: string | null;
}

/** A pair of coded columns of one table. */
export interface CodedPair {
  readonly first: CodedColumn;
  readonly second: CodedColumn;
}

/**
 * CorrelationSimilarity for two numbers (1 − |r − r′|/2, rows with a missing value left out), ContingencySimilarity
 * for all other pairs; a number beside a category is cut into ten bins over each table's own range.
 * Source: SDMetrics 0.29, Column Pair Trends.
 */
export function comparePair(train: CodedPair, other: CodedPair): PairTrend {
  const columns = [train.first.name, train.second.name] as const;
  return train.first.kind === 'number' && train.second.kind === 'number'
    ? { columns, ...compareCorrelations(train, other) }
    : { columns, ...compareContingencies(train, other) };
}

type Comparison = Omit<PairTrend, 'columns'>;

function compareCorrelations(train: CodedPair, other: CodedPair): Comparison {
  const r = correlateCoded(train);
  const otherR = correlateCoded(other);
  const score = r === null || otherR === null ? null : 1 - Math.abs(r - otherR) / 2;
  const side = r === null ? 'train' : 'the compared table';
  return {
    metric: 'correlation-similarity',
    score,
    trainEdgesScore: score,
    trainStrength: r,
    note:
      score === null ? `a column is constant, or the two are hardly ever present together, in ${side}` : null,
  };
}

function correlateCoded({ first, second }: CodedPair): number | null {
  return first.kind === 'number' && second.kind === 'number' ? correlate(first.values, second.values) : null;
}

function compareContingencies(train: CodedPair, other: CodedPair): Comparison {
  const width = Math.max(train.second.nCodes, other.second.nCodes);
  const trainOwn = countCoded(train, width, 'own');
  const score = measureContingencySimilarity(trainOwn, countCoded(other, width, 'own'));
  const binned = train.first.kind === 'number' || train.second.kind === 'number';
  return {
    metric: 'contingency-similarity',
    score,
    trainEdgesScore: binned
      ? measureContingencySimilarity(countCoded(train, width, 'train'), countCoded(other, width, 'train'))
      : score,
    trainStrength: measureAssociation(trainOwn),
    note: score === null ? 'one side has no rows' : null,
  };
}

function countCoded(pair: CodedPair, width: number, edges: 'own' | 'train'): Contingency {
  return countPairs(codingOf(pair.first, edges), codingOf(pair.second, edges), width);
}

function codingOf(column: CodedColumn, edges: 'own' | 'train'): Coding {
  if (column.kind === 'level') return column;
  return { codes: edges === 'own' ? column.ownCodes : column.trainCodes, nCodes: column.nCodes };
}
