import type { Rng } from '../../math/rng';
import type { EvaluationSpec, Finding } from '../evaluate';
import type { EvaluationContext } from '../evaluation-context';
import type { JudgeId } from '../judge-ids';
import type { Measured } from '../measure';
import { foreseeAll, type Foreseen, type Ground } from '../needs';
import { show, showBounded } from '../tell';
import { foreseeForNumbers, reportBrier, reportCalibration } from './probability-findings';
import { reportImportance } from './importance-finding';
import { reportScore } from './score-specs';
import { scoreSubgroups } from './subgroup-scores';
import { guessAlike } from './train-synthetic';
import { apart } from '../watch';
import { foreseeTask, openTask, teach, type Models, type Predicted, type UtilityTask } from './utility-task';

const IDS = [
  'train-synthetic-boosted',
  'train-synthetic-brier',
  'train-synthetic-calibration',
  'train-synthetic-subgroups',
  'importance-agreement',
] as const satisfies readonly JudgeId[];

/** Everything that is read off boosted trees, which are taught once for all of it. */
export const BOOSTED: EvaluationSpec = {
  family: 'utility',
  ids: IDS,
  foresee: foreseeBoosted,
  measure: (context, rng) => {
    const task = openTask(context);
    if ('reason' in task) return IDS.map((id) => ({ id, reason: task.reason }));
    const teachOn = (name: keyof Models) => teach('boosted', task[name], rng.fork(name));
    const models: Models = {
      synthetic: teachOn('synthetic'),
      train: apart(task, 'ceiling', () => teachOn('train')),
      shuffled: apart(task, 'floor', () => teachOn('shuffled')),
      holdout: apart(task, 'ceiling', () => teachOn('holdout')),
    };
    const { features } = task.holdout;
    const predicted: Predicted = {
      synthetic: models.synthetic(features),
      train: apart(task, 'ceiling', () => models.train(features)),
      shuffled: apart(task, 'floor', () => models.shuffled(features)),
    };
    return [
      reportScore('boosted', task, predicted.synthetic, predicted.train, rng.fork('bootstrap')),
      reportBrier(task, predicted, rng.fork('brier')),
      reportCalibration(task, predicted, rng.fork('calibration')),
      reportSubgroups(context, task, predicted, rng.fork('subgroups')),
      reportImportance(task, models, rng.fork('importance')),
    ];
  },
};

function foreseeBoosted(ground: Ground): readonly Foreseen[] {
  const lack = foreseeTask(ground);
  return lack === null ? foreseeForNumbers(ground) : foreseeAll(IDS, lack);
}

function reportSubgroups(
  { compared, options }: EvaluationContext,
  task: UtilityTask,
  { synthetic, train }: Predicted,
  rng: Rng,
): Measured<Finding> {
  const id: JudgeId = 'train-synthetic-subgroups';
  const { holdout, people, target } = task;
  const majority = guessAlike(task.train.target, holdout.features.nRows);
  const predictions = { synthetic, train, majority };
  const found = apart(task, 'interval', () =>
    scoreSubgroups(people, compared.train, holdout, target.name, predictions, options, rng),
  );
  if (found === null)
    return { id, reason: 'no column of categories has a level with enough rows of holdout to judge' };
  const { first, second, difference } = found.mean;
  const [worst] = found.parts;
  const lost =
    worst?.value === null || worst === undefined
      ? ''
      : `; most is lost in ${worst.group ?? ''} (${show(worst.value)})`;
  return {
    id,
    ...first,
    n: found.nGroups,
    direction: 'higher-is-better',
    floor: found.floor,
    ceiling: second.value,
    difference,
    sentence:
      `Within ${found.nGroups} groups of people, boosted trees taught on synthetic rows to predict "${target.name}" reach ` +
      `${show(first.value)} on average, taught on train ${show(second.value)}; the difference is ` +
      `${showBounded(difference)}${lost}.`,
    parts: found.parts,
  };
}
