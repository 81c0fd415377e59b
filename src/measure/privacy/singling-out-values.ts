import { countBelow, countUpTo } from '../../math/bisect';
import type { Column, Table } from '../../data/table';
import { findRange, sortPresent } from '../../math/statistics';
import { chanceOfOne } from '../../math/proportions';
import type { Rng } from '../../math/rng';
import { alignTables } from '../align-tables';
import type { ColumnKind } from '../fidelity/column-kinds';
import type { Measured } from '../measure';
import { findLack, sizesOf, type Needs } from '../needs';
import { assessRisk, type AttackRisk, type Tally } from './attack-risk';
import type { JudgeId } from '../judge-ids';

/** Singling out by one value, and what became of the values that occur once in the synthetic table. */
export interface ValueSinglingOut {
  readonly risk: AttackRisk;
  /** Predicates tried: all that the synthetic table suggests. */
  readonly nAttacks: number;
  /** Rows of train and of control that each predicate is held against. */
  readonly nEqual: number;
  readonly uniqueValues: UniqueValues;
}

/** Values that occur once in a synthetic column, and how many of them occur once in others. */
export interface UniqueValues {
  readonly n: number;
  /** Of train, all rows. */
  readonly inTrain: number;
  /** Of as many rows of train and of holdout: expected over all samples of that size. */
  readonly inEqualTrain: number;
  readonly inEqualHoldout: number;
}

/** What it takes of the tables. */
export const VALUE_NEEDS = {
  noHoldout: 'there is no holdout to say what the population gives away',
  minRows: 50,
} as const satisfies Needs;
const N_BASELINE = 2000;

/** Rows of a column that a predicate meets: equal to a value, at or below, at or above it, or missing. */
type Counter = (operator: Operator, value: number) => number;
type Operator = 'equal' | 'atMost' | 'atLeast' | 'missing';

/**
 * The attacker reads off the synthetic table what is said of one row only ("income = 91,337", "age ≥ 89", the only row
 * without a date) and bets that exactly one person of train is like that; whoever can say so has singled a person out
 * (Article 29 Working Party, Opinion 05/2014). Anonymeter's univariate attack (Giomi et al. 2023, PoPETs) with three repairs:
 * every such predicate is tried instead of a draw of them; train and control have equal size, by the exact expectation over
 * all samples (no curve is fitted, which fails where controls hardly succeed); dates and any column name take part.
 * Baseline: random predicates on random columns. Skipped without a holdout, and where no value is unique.
 */
export function singleOutByValue(
  train: Table,
  holdout: Table | null,
  synthetic: Table,
  kinds: readonly ColumnKind[],
  rng: Rng,
): Measured<ValueSinglingOut> {
  const id: JudgeId = 'singling-out-univariate';
  const lack = findLack(sizesOf(train, holdout, synthetic, kinds), VALUE_NEEDS);
  if (lack !== null || holdout === null) return { id, reason: lack?.reason ?? VALUE_NEEDS.noHoldout };
  const [own, held, made] = alignTables(
    kinds,
    ['train', train],
    ['holdout', holdout],
    ['synthetic', synthetic],
  );
  const nEqual = Math.min(own.nRows, held.nRows);
  const ofTrain = (count: number) => chanceOfOne(own.nRows, nEqual, count);
  const ofHoldout = (count: number) => chanceOfOne(held.nRows, nEqual, count);
  const sums = { n: 0, train: 0, holdout: 0 };
  const unique = { n: 0, inTrain: 0, inEqualTrain: 0, inEqualHoldout: 0 };
  made.columns.forEach((column, i) => {
    const [inTrain, inHoldout] = [openCounter(own.columns[i]), openCounter(held.columns[i])];
    for (const [operator, value] of listPredicates(column)) {
      const count = inTrain(operator, value);
      const [attack, control] = [ofTrain(count), ofHoldout(inHoldout(operator, value))];
      sums.n++;
      sums.train += attack;
      sums.holdout += control;
      if (operator !== 'equal') continue;
      unique.n++;
      unique.inTrain += count === 1 ? 1 : 0;
      unique.inEqualTrain += attack;
      unique.inEqualHoldout += control;
    }
  });
  if (sums.n === 0)
    return { id, reason: 'no value of the synthetic table occurs once, so there is nothing to bet on' };
  const risk = assessRisk(
    { nSuccesses: sums.train, nAttempts: sums.n },
    { nSuccesses: sums.holdout, nAttempts: sums.n },
    guess(own, made, ofTrain, Math.min(N_BASELINE, sums.n), rng.fork('baseline')),
  );
  return { risk, nAttacks: sums.n, nEqual, uniqueValues: unique };
}

/** Predicates that one row of the synthetic column meets, by construction or at its ends. */
function listPredicates(column: Column): (readonly [Operator, number])[] {
  const found: (readonly [Operator, number])[] = [];
  if (countMissing(column) === 1) found.push(['missing', NaN]);
  if (column.kind === 'level') {
    const counts = countLevels(column.codes, column.levels.length);
    counts.forEach((count, code) => {
      if (count === 1) found.push(['equal', code]);
    });
    return found;
  }
  const sorted = sortPresent(column.values);
  const [low, high] = [sorted[0], sorted[sorted.length - 1]];
  if (low === undefined || high === undefined) return found;
  found.push(['atMost', low], ['atLeast', high]);
  sorted.forEach((value, i) => {
    if (value !== sorted[i - 1] && value !== sorted[i + 1]) found.push(['equal', value]);
  });
  return found;
}

function openCounter(column: Column | undefined): Counter {
  if (column === undefined) return () => 0;
  const nMissing = countMissing(column);
  if (column.kind === 'level') {
    const counts = countLevels(column.codes, column.levels.length);
    return (operator, value) => (operator === 'missing' ? nMissing : (counts[value] ?? 0));
  }
  const sorted = sortPresent(column.values);
  return (operator, value) => {
    if (operator === 'missing') return nMissing;
    const [below, upTo] = [countBelow(sorted, value), countUpTo(sorted, value)];
    return operator === 'equal' ? upTo - below : operator === 'atMost' ? upTo : sorted.length - below;
  };
}

/** Random predicates: a column, an operator and a value from the column's range or levels. */
function guess(
  own: Table,
  made: Table,
  ofTrain: (count: number) => number,
  nAttempts: number,
  rng: Rng,
): Tally {
  const counters = own.columns.map(openCounter);
  const ranges = made.columns.map((column) => (column.kind === 'number' ? findRange(column.values) : null));
  let nSuccesses = 0;
  for (let attempt = 0; attempt < nAttempts; attempt++) {
    const at = rng.int(made.columns.length);
    const column = made.columns[at];
    const counter = counters[at];
    if (column === undefined || counter === undefined) continue;
    const { min, max } = ranges[at] ?? { min: 0, max: 0 };
    const isLevel = column.kind === 'level';
    const value = isLevel ? rng.int(Math.max(1, column.levels.length)) : min + rng.float() * (max - min);
    const operator = isLevel ? 'equal' : ((['equal', 'atMost', 'atLeast'] as const)[rng.int(3)] ?? 'equal');
    nSuccesses += ofTrain(counter(operator, value));
  }
  return { nSuccesses, nAttempts };
}

function countMissing(column: Column): number {
  let n = 0;
  if (column.kind === 'number') for (const value of column.values) n += Number.isNaN(value) ? 1 : 0;
  else for (const code of column.codes) n += code < 0 ? 1 : 0;
  return n;
}

function countLevels(codes: Int32Array, nLevels: number): Int32Array {
  const counts = new Int32Array(nLevels);
  for (const code of codes) if (code >= 0) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
}
