import type { Target } from '../../math/learners/features';
import type { CalibrationGroup } from './curves';
import type { Scorer } from './prediction-scores';

type Classes = Extract<Target, { kind: 'class' }>;

/** Brier's score: (p − y)² of the second class, or summed over the classes; mean over weighted rows. */
export function openBrier({ classes, nClasses }: Classes, predictions: readonly Float64Array[]): Scorer {
  const squares = Float64Array.from(classes, (own, row) => {
    if (nClasses === 2) return ((predictions[1]?.[row] ?? 0) - (own === 1 ? 1 : 0)) ** 2;
    return predictions.reduce((sum, p, c) => sum + ((p[row] ?? 0) - (c === own ? 1 : 0)) ** 2, 0);
  });
  return (weights) => meanOf(squares, weights);
}

function meanOf(values: Float64Array, weights: Float64Array): number | null {
  let [sum, n] = [0, 0];
  for (let row = 0; row < values.length; row++) {
    sum += (weights[row] ?? 0) * (values[row] ?? 0);
    n += weights[row] ?? 0;
  }
  return n > 0 ? sum / n : null;
}

const N_GROUPS = 10;

/** Rows in ten groups of equal size by the probability that is judged. */
export interface Calibration {
  readonly score: Scorer;
  readonly groups: readonly CalibrationGroup[];
}

/**
 * How true probabilities are: those of the second class, or of the likeliest of several. Mean over groups of the distance of
 * what was said from what came true. Rows of one probability lie in one group.
 */
export function openCalibration(truth: Classes, predictions: readonly Float64Array[]): Calibration {
  const { said, cameTrue } = judgeOne(truth, predictions);
  const order = Uint32Array.from(said.keys()).sort((a, b) => (said[a] ?? 0) - (said[b] ?? 0));
  const groupOf = new Uint8Array(said.length);
  for (let i = 0; i < order.length;) {
    const group = Math.floor((i * N_GROUPS) / order.length);
    const value = said[order[i] ?? 0] ?? 0;
    for (; i < order.length && said[order[i] ?? 0] === value; i++) groupOf[order[i] ?? 0] = group;
  }
  const gather = (weights: Float64Array) => {
    const groups = Array.from({ length: N_GROUPS }, () => ({ n: 0, said: 0, cameTrue: 0 }));
    for (let row = 0; row < groupOf.length; row++) {
      const group = groups[groupOf[row] ?? 0];
      const weight = weights[row] ?? 0;
      if (group === undefined) continue;
      group.n += weight;
      group.said += weight * (said[row] ?? 0);
      group.cameTrue += weight * (cameTrue[row] ?? 0);
    }
    return groups;
  };
  return {
    score: (weights) => {
      const groups = gather(weights);
      const n = groups.reduce((sum, group) => sum + group.n, 0);
      return n > 0 ? groups.reduce((sum, group) => sum + Math.abs(group.said - group.cameTrue), 0) / n : null;
    },
    groups: gather(new Float64Array(said.length).fill(1)),
  };
}

function judgeOne({ classes, nClasses }: Classes, predictions: readonly Float64Array[]) {
  if (nClasses === 2)
    return {
      said: predictions[1] ?? new Float64Array(),
      cameTrue: Float64Array.from(classes, (own) => (own === 1 ? 1 : 0)),
    };
  const likeliest = Int32Array.from(classes, (_, row) =>
    predictions.reduce((best, p, c) => ((p[row] ?? 0) > (predictions[best]?.[row] ?? 0) ? c : best), 0),
  );
  return {
    said: Float64Array.from(likeliest, (c, row) => predictions[c]?.[row] ?? 0),
    cameTrue: Float64Array.from(likeliest, (c, row) => (c === classes[row] ? 1 : 0)),
  };
}
