import { takeRows, type Table } from '../../data/table';
import type { Rng } from '../../math/rng';
import { measureArea } from '../../math/roc';
import { boundArea } from '../../math/area-interval';
import { alignTables, stackTables } from '../align-tables';
import { stratifyFolds } from '../folds';
import { fitLearner, type DetectorId } from '../learners';
import type { Interval, Measured } from '../measure';
import type { ColumnKind } from './column-kinds';
import type { JudgeId } from '../judge-ids';

/** How well a learner tells synthetic rows from train's. */
export interface Detection {
  /** Mean over the folds; 0.5 = it cannot tell, 1 = it always can. */
  readonly auc: number;
  readonly interval: Interval;
  readonly folds: readonly number[];
  /** Rows judged, of both tables. */
  readonly n: number;
}

const N_FOLDS = 3;
const MIN_ROWS = 50;

/**
 * Classifier two-sample test. A learner is taught on two thirds of train and of the synthetic table to tell them apart,
 * and judged on the other third, three times over (stratified folds); the area under its ROC curve, with DeLong's error,
 * enlarged for the rows that the folds' teachings share (Nadeau & Bengio 2003). A learner that cannot tell better than by chance is evidence that the tables agree in all
 * that it can see. Source: Lopez-Paz & Oquab 2017, "Revisiting classifier two-sample tests"; SDMetrics' LogisticDetection
 * is the linear case. Skipped for tables of fewer than 50 rows.
 */
export function detectSynthetic(
  learner: DetectorId,
  train: Table,
  synthetic: Table,
  kinds: readonly ColumnKind[],
  rng: Rng,
): Measured<Detection> {
  const id: JudgeId = `detection-${learner}`;
  if (Math.min(train.nRows, synthetic.nRows) < MIN_ROWS)
    return { id, reason: `a table has fewer than ${MIN_ROWS} rows, too few to teach a learner with` };
  if (kinds.length === 0) return { id, reason: 'there is no column to compare' };
  const [aligned, other] = alignTables(kinds, ['train', train], ['synthetic', synthetic]);
  const both = stackTables(aligned, other);
  const classes = Int32Array.from({ length: both.nRows }, (_, row) => (row < train.nRows ? 0 : 1));
  const target = { kind: 'class', classes, nClasses: 2 } as const;
  const areas = stratifyFolds(classes, N_FOLDS, rng.fork('folds')).flatMap(({ learn, judge }, fold) => {
    const predict = fitLearner(learner, both, target, learn, rng.fork(`fold/${fold}`));
    const scores = predict(takeRows(both, judge))[1] ?? new Float64Array();
    const isSynthetic = (_: number, i: number) => classes[judge[i] ?? 0] === 1;
    const area = measureArea(
      scores.filter(isSynthetic),
      scores.filter((_, i) => !isSynthetic(_, i)),
    );
    return area === null ? [] : [area];
  });
  const auc = areas.reduce((sum, area) => sum + area.auc, 0) / areas.length;
  const variance = areas.reduce((sum, area) => sum + area.error ** 2, 0) / areas.length;
  const error = Math.sqrt(variance * (1 / N_FOLDS + 1 / (N_FOLDS - 1)));
  return {
    auc,
    interval: boundArea(auc, error, other.nRows, aligned.nRows),
    folds: areas.map((area) => area.auc),
    n: both.nRows,
  };
}
