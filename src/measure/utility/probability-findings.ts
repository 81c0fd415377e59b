import type { Rng } from '../../math/rng';
import type { Finding } from '../evaluate';
import type { JudgeId } from '../judge-ids';
import { SHARE } from '../group-jackknife';
import type { Measured } from '../measure';
import { foreseeAll, type Foreseen, type Ground } from '../needs';
import { show, showBounded } from '../tell';
import { apart } from '../watch';
import { bootstrapPair, bootstrapSpread } from './bootstrap';
import { SERIES, traceCalibration } from './curves';
import { openBrier, openCalibration } from './probability-scores';
import { guessAlike } from './train-synthetic';
import type { Predicted, UtilityTask } from './utility-task';

const FOR_CLASSES = 'is a number, and this judges probabilities of classes';

/** What is skipped since the target is a number. */
export function foreseeForNumbers({ kinds, target }: Ground): readonly Foreseen[] {
  if (kinds.find(({ name }) => name === target)?.kind !== 'numerical') return [];
  const ids: readonly JudgeId[] = ['train-synthetic-brier', 'train-synthetic-calibration'];
  return foreseeAll(ids, { reason: `"${target ?? ''}" ${FOR_CLASSES}`, wanting: 'target' });
}

/** Brier's score of both models on the holdout, beside that of train's shares for everybody. */
export function reportBrier(task: UtilityTask, { synthetic, train }: Predicted, rng: Rng): Measured<Finding> {
  const id: JudgeId = 'train-synthetic-brier';
  const { target, features } = task.holdout;
  if (target.kind === 'number') return { id, reason: `"${task.target.name}" ${FOR_CLASSES}` };
  const n = features.nRows;
  const scores = apart(task, 'interval', () =>
    bootstrapPair(openBrier(target, synthetic), openBrier(target, train), n, rng),
  );
  if (scores === null) return { id, reason: 'the score is not defined on this holdout' };
  const { first, second, difference } = scores;
  return {
    id,
    ...first,
    n,
    direction: 'lower-is-better',
    floor: openBrier(target, guessAlike(task.train.target, n))(new Float64Array(n).fill(1)),
    ceiling: second.value,
    difference,
    sentence:
      `Probabilities of "${task.target.name}" from boosted trees taught on synthetic rows are off by ${show(first.value)} ` +
      `(Brier score), taught on train by ${show(second.value)}; the difference is ${showBounded(difference)}.`,
    parts: [],
  };
}

/** How true both models' probabilities are on the holdout. */
export function reportCalibration(
  task: UtilityTask,
  { synthetic, train, shuffled }: Predicted,
  rng: Rng,
): Measured<Finding> {
  const id: JudgeId = 'train-synthetic-calibration';
  const { target, features } = task.holdout;
  if (target.kind === 'number') return { id, reason: `"${task.target.name}" ${FOR_CLASSES}` };
  const n = features.nRows;
  const even = new Float64Array(n).fill(1);
  const [made, own, mixed] = [synthetic, train, shuffled].map((each) => openCalibration(target, each));
  if (made === undefined || own === undefined || mixed === undefined)
    return { id, reason: 'a model is missing' };
  const found = apart(task, 'interval', () => bootstrapSpread(made.score, n, rng, SHARE));
  if (found === null) return { id, reason: 'the score is not defined on this holdout' };
  const ceiling = own.score(even);
  return {
    id,
    ...found,
    n,
    direction: 'lower-is-better',
    floor: mixed.score(even),
    ceiling,
    sentence:
      `Probabilities of "${task.target.name}" from boosted trees taught on synthetic rows miss the share that came true by ` +
      `${showBounded(found)} on average, taught on train by ${show(ceiling ?? NaN)}.`,
    parts: [],
    curves: [made, own].map(({ groups }, i) => traceCalibration(groups, SERIES[i] ?? '')),
  };
}
