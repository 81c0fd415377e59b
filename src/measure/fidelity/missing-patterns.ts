import { isMissing, type Table } from '../../data/table';
import { GroupedCounts, jackknifeInterval, meanReplicates, SHARE, type Replicates } from '../group-jackknife';
import type { MeasurePart } from '../measure';
import { type Estimate, type FidelitySpec, type Reason } from './hold-against-train';
import { isOne, nameWorst } from './name-worst';
import { show } from '../tell';
import { expectDistance, measureAccuracy } from './margin-shares';

/** Whether each column lacks values as often as in train: 1 − |difference of shares|; the mean over columns. */
export const MISSING_SHARES: FidelitySpec = {
  titles: [
    {
      id: 'missing-value-similarity',
      direction: 'higher-is-better',
      sentence: (estimate) =>
        `Shares of missing values agree with train to ${show(estimate.value)} on average${nameWorst(estimate.parts ?? [], isOne)}.`,
    },
  ],
  sizes: 'whole',
  minRows: 1,
  prepare: (train) => {
    const own = train.columns.map((_, at) => replicateMissing(train, at)[0] ?? NaN);
    return (other) => {
      const all: Replicates[] = [];
      const parts = other.columns.map((column, at): MeasurePart => {
        const similarity = replicateMissing(other, at).map((share) => 1 - Math.abs(share - (own[at] ?? NaN)));
        all.push(similarity);
        return { columns: [column.name], value: similarity[0] ?? null, note: null };
      });
      const mean = meanReplicates(all);
      return [
        mean === null
          ? { reason: 'there is no column to compare' }
          : { value: mean[0] ?? NaN, interval: jackknifeInterval(mean, SHARE), n: all.length, parts },
      ];
    };
  },
};

function replicateMissing(table: Table, at: number): Replicates {
  const grouped = new GroupedCounts(2);
  const column = table.columns[at];
  if (column !== undefined)
    for (let row = 0; row < table.nRows; row++) grouped.add(row, isMissing(column, row) ? 1 : 0);
  return grouped.replicate(([there = 0, missing = 0]) => missing / (there + missing));
}

/**
 * Whether values are missing together: the total variation distance of the shares of all patterns of missing columns.
 * Skipped where nothing is missing on either side, since agreement would then say nothing.
 */
export const MISSING_PATTERNS: FidelitySpec = {
  titles: [
    {
      id: 'missing-pattern-distance',
      direction: 'lower-is-better',
      sentence: ({ value, n, expected = 0 }) =>
        `${show(value)} of the rows would have to lack other columns for the ${n} patterns of missing values to be as` +
        ` frequent as in train; chance alone makes about ${show(expected)}.`,
    },
  ],
  sizes: 'equal',
  minRows: 20,
  prepare:
    (train, { equal }) =>
    (other) => {
      const found = comparePatterns(train, other);
      // Where the synthetic table alone misses values, train's other tables agree with train entirely.
      const isYardstick = other === equal.shuffled || other === equal.holdout;
      return ['reason' in found && isYardstick ? SAME : found];
    },
};

/** What two tables without a missing value show. */
const SAME: Estimate = { value: 0, interval: { low: 0, high: 0 }, n: 1, expected: 0 };

/** Distance of the patterns of missing columns of two aligned tables. */
export function comparePatterns(train: Table, other: Table): Estimate | Reason {
  const patterns = new PatternIndex();
  const own = patterns.read(train);
  const made = patterns.read(other);
  if (patterns.size < 2 && patterns.isWhole) return { reason: 'no value is missing in either table' };
  const share = new Float64Array(patterns.size);
  for (const pattern of own) share[pattern] = (share[pattern] ?? 0) + 1 / train.nRows;
  const grouped = new GroupedCounts(patterns.size);
  made.forEach((pattern, row) => grouped.add(row, pattern));
  const distance = grouped.replicate((counts) => 1 - measureAccuracy(share, counts));
  return {
    value: distance[0] ?? NaN,
    interval: jackknifeInterval(distance, SHARE),
    n: patterns.size,
    expected: expectDistance(share, train.nRows, other.nRows) / 2,
  };
}

/** Numbers the patterns of missing columns in the order in which they are first seen. */
class PatternIndex {
  /** Next state by state and column's bit; states of the last column are patterns. */
  private readonly states = new Map<string, number>();
  private readonly numbers = new Map<number, number>();
  /** True while every row read has all its values. */
  isWhole = true;

  get size(): number {
    return this.numbers.size;
  }

  read(table: Table): Int32Array {
    const states = new Int32Array(table.nRows);
    table.columns.forEach((column, at) => {
      const step = new Map<number, number>();
      for (let row = 0; row < table.nRows; row++) {
        const missing = isMissing(column, row);
        if (missing) this.isWhole = false;
        const key = 2 * (states[row] ?? 0) + (missing ? 1 : 0);
        let next = step.get(key);
        if (next === undefined) {
          const name = `${at}/${key}`;
          next = this.states.get(name) ?? this.states.size + 1;
          this.states.set(name, next);
          step.set(key, next);
        }
        states[row] = next;
      }
    });
    return states.map((state) => {
      const number = this.numbers.get(state) ?? this.numbers.size;
      this.numbers.set(state, number);
      return number;
    });
  }
}
