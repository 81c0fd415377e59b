import type { Rng } from '../../math/rng';
import type { Finding } from '../evaluate';
import type { JudgeId } from '../judge-ids';
import type { Interval, Measured, MeasurePart } from '../measure';
import type { Predictor } from '../learners';
import { showBounded } from '../tell';
import { apart } from '../watch';
import { bootstrapSpread } from './bootstrap';
import {
  compareImportance,
  meanRises,
  measureImportance,
  openAgreement,
  type Importance,
} from './importance';
import { takeTaskRows } from './read-target';
import type { Models, UtilityTask } from './utility-task';

const MIN_COLUMNS = 3;
const N_DRAWS = 300;
/** Rows of holdout that a column is shuffled among. */
const MAX_JUDGED = 5000;
const RANKS: Interval = { low: -1, high: 1 };

/** Whether two models lean on the same columns. Models are judged on rows that none of them was taught on. */
export function reportImportance(task: UtilityTask, models: Models, rng: Rng): Measured<Finding> {
  const id: JudgeId = 'importance-agreement';
  const { train } = task;
  const holdout = takeTaskRows(task.holdout, MAX_JUDGED);
  const nColumns = holdout.features.columns.length;
  if (nColumns < MIN_COLUMNS)
    return {
      id,
      reason: `there are ${nColumns} columns to predict from, and ranks take at least ${MIN_COLUMNS}`,
    };
  const shuffles = rng.fork('shuffles');
  const judge = (model: Predictor) => measureImportance(model, holdout, shuffles);
  const [made, own] = [judge(models.synthetic), judge(models.train)];
  const found = apart(task, 'interval', () =>
    bootstrapSpread(openAgreement(made, own), holdout.features.nRows, rng.fork('bootstrap'), RANKS, N_DRAWS),
  );
  if (found === null) return { id, reason: 'one of the models leans on no column at all' };
  const mixed = apart(task, 'floor', () => judge(models.shuffled));
  const turned = apart(task, 'ceiling', () =>
    meanRises(measureImportance(models.holdout, takeTaskRows(train, holdout.features.nRows), shuffles)),
  );
  const floor = compareImportance(meanRises(mixed), meanRises(own));
  const ceiling = compareImportance(turned, meanRises(own));
  return {
    id,
    ...found,
    n: nColumns,
    direction: 'higher-is-better',
    floor,
    ceiling,
    ...tellIdle({ floor, ceiling }),
    sentence:
      `Boosted trees taught on synthetic rows and on train rank the ${nColumns} columns by importance with a correlation of ` +
      `${showBounded(found)}; 1 is the same order.`,
    parts: listColumns(made, own),
  };
}

/** Why a yardstick is wanting: ranks take a model that leans on some column. */
function tellIdle({ floor, ceiling }: Pick<Finding, 'floor' | 'ceiling'>): Pick<Finding, 'noYardstick'> {
  const idle = {
    ...(floor === null ? { floor: "the model taught on train's shuffled columns leans on no column" } : {}),
    ...(ceiling === null ? { ceiling: 'the model taught on the holdout leans on no column' } : {}),
  };
  return Object.keys(idle).length === 0 ? {} : { noYardstick: idle };
}

/** Each column with both importances, as shares of the largest; the largest difference first. */
function listColumns(made: Importance, own: Importance): readonly MeasurePart[] {
  const [ofMade, ofOwn] = [shareOfLargest(meanRises(made)), shareOfLargest(meanRises(own))];
  return own.columns
    .map((name, at): MeasurePart => {
      const sides = { train: ofOwn[at] ?? 0, other: ofMade[at] ?? 0 };
      return {
        columns: [name],
        value: sides.other - sides.train,
        note: 'importance as a share of that of the most important column',
        sides,
      };
    })
    .sort((a, b) => Math.abs(b.value ?? 0) - Math.abs(a.value ?? 0));
}

function shareOfLargest(values: Float64Array): Float64Array {
  const largest = values.reduce((most, value) => Math.max(most, value), 0);
  return values.map((value) => (largest > 0 ? value / largest : 0));
}
