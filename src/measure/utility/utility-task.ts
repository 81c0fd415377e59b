import type { Table } from '../../data/table';
import { MAX_TAUGHT_ROWS } from '../../data/sampled-rows';
import type { Rng } from '../../math/rng';
import { takeFirst, type ComparedTables, type EvaluationContext } from '../evaluation-context';
import { showCount } from '../tell';
import { fitLearner, type LearnerId, type Predictor } from '../learners';
import type { ColumnKind } from '../fidelity/column-kinds';
import type { Ground, Lack } from '../needs';
import { chooseTarget, suggestTarget, type ChosenTarget } from './choose-target';
import { readTasks, type Task } from './read-target';
import { findObstacle, findTaughtLack } from './train-synthetic';
import type { Watched } from '../watch';

/** What is taught in an evaluation: one target, the same columns in every table. */
export interface TaughtTask extends Watched {
  readonly target: ChosenTarget;
  readonly train: Task;
  readonly synthetic: Task;
  /** Train's columns, each shuffled. */
  readonly shuffled: Task;
  /** Which tables a sample of rows stands in for, as a further sentence; empty where every row is used. */
  readonly sampled: string;
}

/** What is taught, and judged on the holdout. */
export interface UtilityTask extends TaughtTask {
  readonly holdout: Task;
  /** The holdout's table, of which {@link Task.rows} are rows. */
  readonly people: Table;
}

/** One learner, taught on each table in turn. */
export interface Models {
  readonly synthetic: Predictor;
  readonly train: Predictor;
  readonly shuffled: Predictor;
  readonly holdout: Predictor;
}

/** What the models say of the holdout: one array of probabilities a class, or the number. */
export interface Predicted {
  readonly synthetic: readonly Float64Array[];
  readonly train: readonly Float64Array[];
  readonly shuffled: readonly Float64Array[];
}

const NO_HOLDOUT: Lack = {
  reason: 'there is no holdout, and rows that a model was taught on cannot judge it',
  wanting: 'holdout',
};

/** What is wanting before any row is read: a target, or the target among the columns. */
function findTargetLack(target: string | null, kinds: readonly ColumnKind[]): Lack | null {
  if (target === null)
    return {
      reason: 'no column is chosen as the target, and none suggests itself by its name: choose one',
      wanting: 'target',
    };
  if (!kinds.some((kind) => kind.name === target))
    return { reason: `there is no column "${target}" among those compared`, wanting: 'target' };
  return null;
}

/** What is known to be wanting of the task of an evaluation before its rows are read. */
export function foreseeTask(ground: Ground): Lack | null {
  return ground.sizes.holdout === null ? NO_HOLDOUT : foreseeTaught(ground, ground.sizes.holdout);
}

/** {@link foreseeTask} where nothing is judged on the holdout, or on so many rows of it. */
export function foreseeTaught(
  { sizes, kinds, nLevels, target }: Ground,
  nHoldout: number | null = null,
): Lack | null {
  const named = target === null ? suggestFromSizes(kinds, nLevels) : { name: target };
  if (named === 'unknown') return null;
  const lack = findTargetLack(named?.name ?? null, kinds);
  if (lack !== null || named === null) return lack;
  if (kinds.length < 2)
    return { reason: `there is no column to predict "${named.name}" from`, wanting: 'columns' };
  return findTaughtLack(named.name, sizes.train, nHoldout, sizes.synthetic);
}

/** A target that suggests itself; `unknown` where the levels of a column are not known. */
function suggestFromSizes(
  kinds: readonly ColumnKind[],
  nLevels: Ground['nLevels'],
): ReturnType<typeof suggestTarget> | 'unknown' {
  const columns = kinds.map(({ name, kind }) => ({
    name,
    nLevels: kind === 'numerical' ? null : nLevels[name],
  }));
  const known = columns.flatMap(({ name, nLevels: n }) => (n === undefined ? [] : [{ name, nLevels: n }]));
  return known.length < columns.length ? 'unknown' : suggestTarget(known);
}

/** The task of an evaluation in the given tables, or why there is none. */
export function openTask(
  context: EvaluationContext,
  { holdout, ...tables }: ComparedTables = context.compared,
): UtilityTask | { readonly reason: string } {
  if (holdout === null) return { reason: NO_HOLDOUT.reason };
  const read = readTaught(context, { holdout, ...tables });
  if ('reason' in read) return read;
  const { holdout: held } = read;
  if (held === null) return { reason: NO_HOLDOUT.reason };
  const reason = findObstacle(read.target.name, read.train, held, read.synthetic);
  return reason === null ? { ...read, holdout: held, people: holdout } : { reason };
}

/** The task of an evaluation in the given tables where nothing is judged on the holdout, or why there is none. */
export function openTaught(
  context: EvaluationContext,
  tables: ComparedTables = context.compared,
): TaughtTask | { readonly reason: string } {
  const read = readTaught(context, tables);
  if ('reason' in read) return read;
  const reason = findObstacle(read.target.name, read.train, null, read.synthetic);
  return reason === null ? read : { reason };
}

/** The target apart from the other columns in every table; its classes are those of train and the holdout. */
function readTaught(
  context: EvaluationContext,
  { train, holdout, synthetic, shuffled }: ComparedTables,
): (TaughtTask & { readonly holdout: Task | null }) | { readonly reason: string } {
  const target = chooseTarget(context);
  const lack = findTargetLack(target?.name ?? null, context.kinds);
  if (lack !== null || target === null) return { reason: lack?.reason ?? 'there is no target' };
  const { name, leaks } = target;
  const cut = ({ nRows, columns }: Table): Table =>
    takeFirst({ nRows, columns: columns.filter((column) => !leaks.includes(column.name)) }, MAX_TAUGHT_ROWS);
  const people = holdout === null ? [cut(train)] : [cut(train), cut(holdout)];
  if ((people[0]?.columns.length ?? 0) < 2)
    return { reason: `there is no column to predict "${name}" from${tellLeaks(target)}` };
  const tables = [cut(synthetic), cut(shuffled), ...people];
  const [made, mixed, own, held = null] = readTasks(tables, people, name);
  return own === undefined || made === undefined || mixed === undefined
    ? { reason: 'a table is missing' }
    : {
        watch: context.watch,
        target,
        train: own,
        synthetic: made,
        shuffled: mixed,
        holdout: held,
        sampled: tellSampled(context),
      };
}

function tellSampled({ train, holdout, synthetic }: EvaluationContext): string {
  const drawn = [
    ['train', train] as const,
    ['the synthetic table', synthetic] as const,
    ['the holdout', holdout] as const,
  ].flatMap(([name, table]) =>
    table === null || table.nRows <= MAX_TAUGHT_ROWS
      ? []
      : [`${showCount(MAX_TAUGHT_ROWS)} of ${showCount(table.nRows)} rows of ${name}`],
  );
  return drawn.length === 0 ? '' : ` Computed on ${drawn.join(', ')}, drawn at random.`;
}

/** What a reader needs to know of the target, as further sentences; empty where a person chose it and nothing is left out. */
export function tellTarget({ target, sampled }: Pick<TaughtTask, 'target' | 'sampled'>): string {
  const { name, how } = target;
  const leaks = tellLeaks(target);
  return `${how === null ? '' : ` The target "${name}" was ${how}.`}${leaks === '' ? '' : ` Not used${leaks}.`}${sampled}`;
}

function tellLeaks({ name, leaks }: ChosenTarget): string {
  return leaks.length === 0
    ? ''
    : `: ${leaks.map((leak) => `"${leak}"`).join(', ')}, which alone almost decide${leaks.length === 1 ? 's' : ''} "${name}"`;
}

/** Teaches a learner all rows of a task. */
export function teach(learner: LearnerId, { features, target, rows }: Task, rng: Rng): Predictor {
  return fitLearner(learner, features, target, Int32Array.from(rows.keys()), rng);
}
