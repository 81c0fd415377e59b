import type { EvaluationSpec, Finding } from '../evaluate';
import type { JudgeId } from '../judge-ids';
import type { LearnerId } from '../learners';
import type { Measured } from '../measure';
import { foreseeAll } from '../needs';
import { show, showBounded } from '../tell';
import { bootstrapPair } from './bootstrap';
import { listRocCurves } from './curves';
import { openScorer, scoreIdOf, type ScoreId } from './prediction-scores';
import { guessAlike } from './train-synthetic';
import { apart } from '../watch';
import { foreseeTask, openTask, teach, tellTarget, type UtilityTask } from './utility-task';

type Predictions = readonly Float64Array[];

const LEARNERS: Readonly<Record<LearnerId, string>> = {
  boosted: 'Boosted trees',
  forest: 'Random forests',
  linear: 'Linear models',
};

const SCORES: Readonly<Record<ScoreId, string>> = {
  auc: 'area under the ROC curve',
  'macro-f1': 'macro-averaged F1',
  r2: 'R²',
};

/** Taught on synthetic rows and taught on train, judged on the holdout, by one learner. */
export function scoreSpec(learner: Exclude<LearnerId, 'boosted'>): EvaluationSpec {
  const id: JudgeId = `train-synthetic-${learner}`;
  return {
    family: 'utility',
    ids: [id],
    foresee: (ground) => foreseeAll([id], foreseeTask(ground)),
    measure: (context, rng) => {
      const task = openTask(context);
      if ('reason' in task) return [{ id, reason: task.reason }];
      const predict = (taught: UtilityTask['train'], name: string) =>
        teach(learner, taught, rng.fork(name))(task.holdout.features);
      const made = predict(task.synthetic, 'synthetic');
      const own = apart(task, 'ceiling', () => predict(task.train, 'train'));
      return [reportScore(learner, task, made, own, rng.fork('bootstrap'))];
    },
  };
}

/** The score of a learner with its yardsticks, from its predictions of the holdout. */
export function reportScore(
  learner: LearnerId,
  task: UtilityTask,
  made: Predictions,
  own: Predictions,
  rng: Parameters<typeof bootstrapPair>[3],
): Measured<Finding> {
  const id: JudgeId = `train-synthetic-${learner}`;
  const truth = task.holdout.target;
  const n = task.holdout.features.nRows;
  const scores = apart(task, 'interval', () =>
    bootstrapPair(openScorer(truth, made), openScorer(truth, own), n, rng),
  );
  const floor = openScorer(truth, guessAlike(task.train.target, n))(new Float64Array(n).fill(1));
  if (scores === null || floor === null) return { id, reason: 'the score is not defined on this holdout' };
  const { first, second, difference } = scores;
  return {
    id,
    ...first,
    n,
    direction: 'higher-is-better',
    floor,
    ceiling: second.value,
    difference,
    sentence:
      `${LEARNERS[learner]} taught on synthetic rows to predict "${task.target.name}" reach ${show(first.value)} on the ` +
      `holdout (${SCORES[scoreIdOf(truth)]}), taught on train ${show(second.value)}; the difference is ` +
      `${showBounded(difference)}.${tellTarget(task)}`,
    parts: [],
    ...(truth.kind === 'class' && truth.nClasses === 2
      ? { curves: listRocCurves(truth.classes, made, own) }
      : {}),
  };
}
