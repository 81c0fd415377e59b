import { takeColumnRows, type Table } from '../../data/table';
import type { Target } from '../../math/learners/features';
import type { Rng } from '../../math/rng';
import { correlate, rankWithTies } from '../../math/statistics';
import type { Predictor } from '../learners';
import type { Scorer } from './prediction-scores';
import type { Task } from './read-target';

/** How much each column matters to a model: by how much the loss of each row rises when the column is shuffled. */
export interface Importance {
  readonly columns: readonly string[];
  /** One array a column, one entry a row judged. */
  readonly rises: readonly Float64Array[];
}

/**
 * Permutation importance (Breiman 2001; Fisher, Rudin & Dominici 2019) of a model over rows it was not taught on, in the
 * loss that it was taught to lower. `rng` decides the shuffles, so models are to be given equal streams.
 */
export function measureImportance(predict: Predictor, { features, target }: Task, rng: Rng): Importance {
  const before = lossOfRows(target, predict(features));
  const rises = features.columns.map((column, at) => {
    const order = rng.fork(column.name).permutation(features.nRows);
    const mixed: Table = {
      nRows: features.nRows,
      columns: features.columns.map((own, i) => (i === at ? takeColumnRows(own, order) : own)),
    };
    const after = lossOfRows(target, predict(mixed));
    return after.map((loss, row) => loss - (before[row] ?? 0));
  });
  return { columns: features.columns.map(({ name }) => name), rises };
}

function lossOfRows(target: Target, predictions: readonly Float64Array[]): Float64Array {
  if (target.kind === 'number')
    return target.values.map((value, row) => 0.5 * (value - (predictions[0]?.[row] ?? 0)) ** 2);
  return Float64Array.from(
    target.classes,
    (c, row) => -Math.log(Math.max(predictions[c]?.[row] ?? 0, 1e-12)),
  );
}

/** Mean rise of each column over weighted rows. */
export function meanRises({ rises }: Importance, weights?: Float64Array): Float64Array {
  return Float64Array.from(rises, (rise) => {
    let [sum, n] = [0, 0];
    for (let row = 0; row < rise.length; row++) {
      const weight = weights?.[row] ?? 1;
      sum += weight * (rise[row] ?? 0);
      n += weight;
    }
    return sum / Math.max(n, 1e-300);
  });
}

/** Spearman's rank correlation of two importances; null where a model leans on no column. */
export function compareImportance(a: Float64Array, b: Float64Array): number | null {
  return correlate(rankWithTies(a), rankWithTies(b));
}

/** Agreement of two models that were judged on the same rows, under any weights of them. */
export function openAgreement(a: Importance, b: Importance): Scorer {
  return (weights) => compareImportance(meanRises(a, weights), meanRises(b, weights));
}
