import type { Column } from '../../data/table';
import { fitBoosted } from '../trees/boost';
import { BOOST, MAX_BOOSTED, MAX_BOOSTED_ROWS } from '../trees/boost-settings';
import { openBoosted, predictClasses, type Boosted, type OpenBoosted } from '../trees/boosted';
import { codeFeature, writeFeature, type CodedRows, type Feature } from '../trees/features';
import { spaceOut } from '../trees/space-out';
import { MISSING } from '../trees/value-codes';
import type { Net } from './place-net';

/** Twice the rate of the trees that a target of the model `trees` has: half as many are drawn from in half the time, and as good. */
const LEARNING_RATE = 0.2;

/**
 * The target as boosted trees over the values of the columns before it, instead of a net over their classes: what single
 * values say of a target, such as a gain that only some have, is lost on classes, and found by whoever learns to predict it
 * from the records. Plain data.
 */
export interface BoostedTarget {
  /** Columns of the table that it looks at, and how. */
  readonly parents: Int32Array;
  readonly features: readonly Feature[];
  /** The class of the column that is the model's first: 1 where train misses no value of it. */
  readonly firstClass: number;
  readonly boosted: Boosted;
}

/** What tells the classes of a column by the columns before it. */
export type Learnt = Net | BoostedTarget;

export function isBoosted(learnt: Learnt): learnt is BoostedTarget {
  return 'boosted' in learnt;
}

/** All that a boosted target is learnt from, so that it can be learnt on any thread. Plain data. */
export interface BoostTask {
  readonly kind: 'boost';
  readonly nRounds: number;
  /** Rows of train of each class of the column. */
  readonly counts: Float64Array;
  /** Class of each row; as many as there are classes = not learnt. */
  readonly target: Uint16Array;
  /** Columns that it looks at: which they are, how, and their values. */
  readonly parents: Int32Array;
  readonly features: readonly Feature[];
  readonly columns: readonly Column[];
}

/** Whether a target of these classes is boosted. */
export function canBoost(counts: Float64Array): boolean {
  const n = counts.length - firstClassOf(counts);
  return n >= 2 && n <= MAX_BOOSTED;
}

export function fitBoostedTarget(task: BoostTask): BoostedTarget {
  const { parents, features, columns, counts, target, nRounds } = task;
  const firstClass = firstClassOf(counts);
  const seen = columns.flatMap((column, i) => {
    const feature = features[i];
    if (feature === undefined) return [];
    const isNominal = column.kind === 'level';
    return { codes: codeFeature(feature, column), nCodes: feature.nCodes, isNominal };
  });
  const classes = Int32Array.from(target, (c) => Math.max(c - firstClass, 0));
  const known = classes.map((_, row) => row).filter((row) => (target[row] ?? 0) < counts.length);
  const rows = spaceOut(known, MAX_BOOSTED_ROWS);
  const boosted = fitBoosted(seen, classes, counts.length - firstClass, rows, {
    ...BOOST,
    learningRate: LEARNING_RATE,
    nRounds,
  });
  return { parents, features, firstClass, boosted };
}

/** A boosted target laid out once for all rows. */
export interface OpenTarget {
  readonly target: BoostedTarget;
  readonly open: OpenBoosted;
}

export function openTarget(target: BoostedTarget): OpenTarget {
  return { target, open: openBoosted(target.boosted) };
}

/**
 * Probabilities of the model's classes for each row.
 *
 * @param columns those of the table, in its order; levels as in train
 * @returns [nRows, nClasses]
 */
export function predictTarget(
  { target: { parents, features }, open }: OpenTarget,
  columns: readonly (Column | undefined)[],
  nRows: number,
): Float64Array {
  const width = parents.length;
  const rows: CodedRows = { nRows, width, codes: new Uint8Array(nRows * width) };
  parents.forEach((parent, at) => {
    const [column, feature] = [columns[parent], features[at]];
    if (column === undefined || feature === undefined)
      throw new RangeError('a target can only follow columns drawn before it');
    writeFeature(feature, column, rows, at);
  });
  return predictClasses(open, rows);
}

function firstClassOf(counts: Float64Array): number {
  return (counts[MISSING] ?? 0) > 0 ? 0 : 1;
}
