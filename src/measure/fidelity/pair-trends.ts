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
 * for all other pairs; a number beside a category is cut into ten bins over each table's own range. One result for each
 * of `others`. Source: SDMetrics 0.29, Column Pair Trends.
 */
export function comparePair(train: CodedPair, others: readonly CodedPair[]): readonly PairTrend[] {
  const columns = [train.first.name, train.second.name] as const;
  const compare =
    train.first.kind === 'number' && train.second.kind === 'number'
      ? compareCorrelations
      : compareContingencies;
  return compare(train, others).map((comparison) => ({ columns, ...comparison }));
}

type Comparison = Omit<PairTrend, 'columns'>;

function compareCorrelations(train: CodedPair, others: readonly CodedPair[]): readonly Comparison[] {
  const r = correlateCoded(train);
  return others.map((other) => {
    const otherR = correlateCoded(other);
    const score = r === null || otherR === null ? null : 1 - Math.abs(r - otherR) / 2;
    const side = r === null ? 'train' : 'the compared table';
    return {
      metric: 'correlation-similarity',
      score,
      trainEdgesScore: score,
      trainStrength: r,
      note:
        score === null
          ? `a column is constant, or the two are hardly ever present together, in ${side}`
          : null,
    };
  });
}

function correlateCoded({ first, second }: CodedPair): number | null {
  return first.kind === 'number' && second.kind === 'number' ? correlate(first.values, second.values) : null;
}

function compareContingencies(train: CodedPair, others: readonly CodedPair[]): readonly Comparison[] {
  const width = Math.max(train.second.nCodes, ...others.map((other) => other.second.nCodes));
  const onOwnEdges = countCoded(train, width, 'own');
  const trainStrength = measureAssociation(onOwnEdges);
  const binned = train.first.kind === 'number' || train.second.kind === 'number';
  const onTrainEdges = binned ? countCoded(train, width, 'train') : onOwnEdges;
  return others.map((other) => {
    const score = measureContingencySimilarity(onOwnEdges, countCoded(other, width, 'own'));
    const trainEdgesScore = binned
      ? measureContingencySimilarity(onTrainEdges, countCoded(other, width, 'train'))
      : score;
    const note = score === null ? 'one side has no rows' : null;
    return { metric: 'contingency-similarity', score, trainEdgesScore, trainStrength, note };
  });
}

function countCoded(pair: CodedPair, width: number, edges: 'own' | 'train'): Contingency {
  return countPairs(codingOf(pair.first, edges), codingOf(pair.second, edges), width);
}

function codingOf(column: CodedColumn, edges: 'own' | 'train'): Coding {
  if (column.kind === 'level') return column;
  return { codes: edges === 'own' ? column.ownCodes : column.trainCodes, nCodes: column.nCodes };
}
