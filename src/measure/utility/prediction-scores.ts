import type { Target } from '../../math/learners/features';

/** What predictions are scored by: area under the ROC curve, macro-averaged F1, or explained variance. */
export type ScoreId = 'auc' | 'macro-f1' | 'r2';

/** Scores the same predictions under any weights of the rows; null where the rows leave the score undefined. */
export type Scorer = (weights: Float64Array) => number | null;

export function scoreIdOf(target: Target): ScoreId {
  if (target.kind === 'number') return 'r2';
  return target.nClasses === 2 ? 'auc' : 'macro-f1';
}

/** A scorer of predictions against the truth, which sorts once however often it is asked. */
export function openScorer(truth: Target, predictions: readonly Float64Array[]): Scorer {
  const first = predictions[0] ?? new Float64Array();
  if (truth.kind === 'number') return (weights) => explainedVariance(truth.values, first, weights);
  if (truth.nClasses === 2) return openArea(truth.classes, predictions[1] ?? first);
  const chosen = chooseClasses(predictions);
  return (weights) => macroF1(truth.classes, chosen, truth.nClasses, weights);
}

/** Area under the ROC curve with weighted rows; ties count half. */
function openArea(classes: Int32Array, scores: Float64Array): Scorer {
  const order = Uint32Array.from(scores.keys()).sort((a, b) => (scores[a] ?? 0) - (scores[b] ?? 0));
  return (weights) => {
    let [below, positives, area] = [0, 0, 0];
    for (let i = 0; i < order.length;) {
      const value = scores[order[i] ?? 0] ?? 0;
      let [tiedPositives, tiedNegatives] = [0, 0];
      for (; i < order.length && (scores[order[i] ?? 0] ?? 0) === value; i++) {
        const row = order[i] ?? 0;
        if (classes[row] === 1) tiedPositives += weights[row] ?? 0;
        else tiedNegatives += weights[row] ?? 0;
      }
      area += tiedPositives * (below + tiedNegatives / 2);
      below += tiedNegatives;
      positives += tiedPositives;
    }
    return positives > 0 && below > 0 ? area / (positives * below) : null;
  };
}

function chooseClasses(predictions: readonly Float64Array[]): Int32Array {
  const chosen = new Int32Array(predictions[0]?.length ?? 0);
  for (let row = 0; row < chosen.length; row++) {
    let most = -Infinity;
    predictions.forEach((probabilities, c) => {
      if ((probabilities[row] ?? 0) <= most) return;
      most = probabilities[row] ?? 0;
      chosen[row] = c;
    });
  }
  return chosen;
}

/** Mean over the classes that occur of 2·hits / (rows of the class + rows predicted so). */
function macroF1(
  truth: Int32Array,
  chosen: Int32Array,
  nClasses: number,
  weights: Float64Array,
): number | null {
  const [hits, rows, guesses] = [0, 1, 2].map(() => new Float64Array(nClasses));
  if (hits === undefined || rows === undefined || guesses === undefined) return null;
  for (let row = 0; row < truth.length; row++) {
    const [is, guess, weight] = [truth[row] ?? 0, chosen[row] ?? 0, weights[row] ?? 0];
    rows[is] = (rows[is] ?? 0) + weight;
    guesses[guess] = (guesses[guess] ?? 0) + weight;
    if (is === guess) hits[is] = (hits[is] ?? 0) + weight;
  }
  let [sum, n] = [0, 0];
  for (let c = 0; c < nClasses; c++) {
    if ((rows[c] ?? 0) === 0) continue;
    sum += (2 * (hits[c] ?? 0)) / ((rows[c] ?? 0) + (guesses[c] ?? 0));
    n++;
  }
  return n === 0 ? null : sum / n;
}

/** R²: 1 − squared error / spread around the mean of these rows; negative when the mean would predict better. */
function explainedVariance(
  truth: Float64Array,
  predicted: Float64Array,
  weights: Float64Array,
): number | null {
  let [n, sum] = [0, 0];
  for (let row = 0; row < truth.length; row++) {
    n += weights[row] ?? 0;
    sum += (weights[row] ?? 0) * (truth[row] ?? 0);
  }
  const mean = sum / n;
  let [error, spread] = [0, 0];
  for (let row = 0; row < truth.length; row++) {
    const [value, weight] = [truth[row] ?? 0, weights[row] ?? 0];
    error += weight * (value - (predicted[row] ?? 0)) ** 2;
    spread += weight * (value - mean) ** 2;
  }
  return spread > 0 ? 1 - error / spread : null;
}
