import type { Table } from '../../data/table';
import type { Target } from '../../math/learners/features';
import type { Rng } from '../../math/rng';
import { alignTables } from '../align-tables';
import type { ColumnKind } from '../fidelity/column-kinds';
import { fitLearner, type LearnerId } from '../learners';
import type { Measured } from '../measure';
import type { Lack } from '../needs';
import { bootstrapPair, type Scored } from './bootstrap';
import { openScorer, scoreIdOf, type ScoreId, type Scorer } from './prediction-scores';
import { readTasks, varies, type Task } from './read-target';
import type { JudgeId } from '../judge-ids';

/** Tables of one source, all with the target. */
export interface UtilityTables {
  readonly train: Table;
  readonly holdout: Table | null;
  readonly synthetic: Table;
}

/** How well a model taught on synthetic rows predicts people it has never seen. */
export interface TrainSynthetic {
  readonly score: ScoreId;
  /** Taught on synthetic rows, judged on the holdout. */
  readonly synthetic: Scored;
  /** Taught on train's rows, judged on the holdout: what was to be reached. */
  readonly train: Scored;
  /** Synthetic less train. */
  readonly difference: Scored;
  /** The most frequent class, or train's mean, for everybody. */
  readonly majority: number;
  /** Rows of the holdout judged. */
  readonly n: number;
}

const MIN_ROWS = 50;
const MIN_CLASS_ROWS = 10;
const MAX_CLASSES = 30;

/**
 * Train on synthetic, test on real (TSTR; Esteban et al. 2017), beside train on real, test on real, with the same learner
 * and the same holdout, which no generator has seen; the difference has a paired bootstrap interval. Two classes are scored
 * by area under the ROC curve, more by macro-F1, numbers by R². Columns that give the target away are for the caller to
 * leave out of `kinds`. Skipped without a holdout, for a target that does not vary, and for too few rows.
 */
export function trainOnSynthetic(
  learner: LearnerId,
  targetName: string,
  { train, holdout, synthetic }: UtilityTables,
  kinds: readonly ColumnKind[],
  rng: Rng,
): Measured<TrainSynthetic> {
  const id: JudgeId = `train-synthetic-${learner}`;
  if (holdout === null)
    return { id, reason: 'there is no holdout, and rows that a model was taught on cannot judge it' };
  if (!kinds.some(({ name }) => name === targetName))
    return { id, reason: `there is no column "${targetName}" among those compared` };
  if (kinds.length < 2) return { id, reason: `there is no column to predict "${targetName}" from` };
  const aligned = alignTables(kinds, ['train', train], ['holdout', holdout], ['synthetic', synthetic]);
  const [own, held, made] = readTasks(aligned, aligned.slice(0, 2), targetName);
  if (own === undefined || held === undefined || made === undefined)
    return { id, reason: 'a table is missing' };
  const reason = findObstacle(targetName, own, held, made);
  if (reason !== null) return { id, reason };
  const judge = (task: Task, name: string): Scorer => {
    const rows = Int32Array.from({ length: task.features.nRows }, (_, row) => row);
    const predict = fitLearner(learner, task.features, task.target, rows, rng.fork(name));
    return openScorer(held.target, predict(held.features));
  };
  const n = held.features.nRows;
  const scores = bootstrapPair(judge(made, 'synthetic'), judge(own, 'train'), n, rng.fork('bootstrap'));
  const majority = openScorer(held.target, guessAlike(own.target, n))(new Float64Array(n).fill(1));
  if (scores === null || majority === null) return { id, reason: 'the score is not defined on this holdout' };
  const { first, second, difference } = scores;
  return { score: scoreIdOf(held.target), synthetic: first, train: second, difference, majority, n };
}

function tooFew(name: string, where: string, nRows: number): string | null {
  return nRows >= MIN_ROWS ? null : `fewer than ${MIN_ROWS} rows of ${where} have a value in "${name}"`;
}

/**
 * What tables of so many rows lack to teach and judge a target, whatever is in it; null where they are enough. Null rows of
 * holdout: nothing is judged on it.
 */
export function findTaughtLack(
  name: string,
  train: number,
  holdout: number | null,
  synthetic: number,
): Lack | null {
  const reason =
    tooFew(name, 'train', train) ??
    (holdout === null ? null : tooFew(name, 'the holdout', holdout)) ??
    tooFew(name, 'the synthetic table', synthetic);
  return reason === null ? null : { reason, wanting: 'rows' };
}

/**
 * Why a target cannot be taught and judged; null where it can. Null for the holdout: nothing is judged on it, and train has
 * to show enough of either class.
 */
export function findObstacle(name: string, own: Task, held: Task | null, made: Task): string | null {
  const tasks = [
    ['train', own] as const,
    ...(held === null ? [] : [['the holdout', held] as const]),
    ['the synthetic table', made] as const,
  ];
  for (const [where, task] of tasks) {
    const few = tooFew(name, where, task.features.nRows);
    if (few !== null) return few;
    if (!varies(task)) return `"${name}" takes one value only in ${where}, so there is nothing to predict`;
  }
  return held === null
    ? findClassLack(name, own.target, 'train')
    : findClassLack(name, held.target, 'the holdout');
}

function findClassLack(name: string, target: Target, where: string): string | null {
  if (target.kind === 'number') return null;
  const { classes, nClasses } = target;
  if (nClasses > MAX_CLASSES) return `"${name}" has more than ${MAX_CLASSES} classes`;
  const counts = new Int32Array(nClasses);
  for (const c of classes) counts[c] = (counts[c] ?? 0) + 1;
  if (nClasses === 2 && counts.some((n) => n < MIN_CLASS_ROWS))
    return `a class of "${name}" has fewer than ${MIN_CLASS_ROWS} rows in ${where}`;
  return null;
}

/** The same prediction for everybody: train's mean, or the shares of its classes. */
export function guessAlike(target: Target, nRows: number): readonly Float64Array[] {
  if (target.kind === 'number') {
    const mean = target.values.reduce((sum, value) => sum + value, 0) / target.values.length;
    return [new Float64Array(nRows).fill(mean)];
  }
  const shares = new Float64Array(target.nClasses);
  for (const c of target.classes) shares[c] = (shares[c] ?? 0) + 1 / target.classes.length;
  return Array.from(shares, (share) => new Float64Array(nRows).fill(share));
}
