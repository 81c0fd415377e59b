import type { Target } from './features';

/** Scores a model keeps for each row: one for numbers and two classes, else one a class. */
export function countScores(target: Target): number {
  return target.kind === 'number' || target.nClasses === 2 ? 1 : target.nClasses;
}

/** The constant scores that fit best: the mean, or log odds with half a row added to each class. */
export function findBase(target: Target, rows: Int32Array): Float64Array {
  if (target.kind === 'number') {
    let sum = 0;
    for (const row of rows) sum += target.values[row] ?? 0;
    return Float64Array.of(sum / Math.max(1, rows.length));
  }
  const counts = new Float64Array(target.nClasses).fill(0.5);
  for (const row of rows) {
    const y = target.classes[row] ?? 0;
    counts[y] = (counts[y] ?? 0) + 1;
  }
  if (target.nClasses === 2) return Float64Array.of(Math.log((counts[1] ?? 1) / (counts[0] ?? 1)));
  return counts.map((n) => Math.log(n / rows.length));
}

/** First and second derivatives of the loss by each score, in place. */
export function derive(
  target: Target,
  rows: Int32Array,
  scores: readonly Float64Array[],
  gradients: readonly Float64Array[],
  curvatures: readonly Float64Array[],
): void {
  const p = new Float64Array(scores.length);
  for (const row of rows) {
    if (target.kind === 'number') {
      write(gradients[0], row, (scores[0]?.[row] ?? 0) - (target.values[row] ?? 0));
      write(curvatures[0], row, 1);
      continue;
    }
    readProbabilities(scores, row, p);
    const y = target.classes[row] ?? 0;
    for (let s = 0; s < p.length; s++) {
      const hit = (p.length === 1 ? y === 1 : y === s) ? 1 : 0;
      const ps = p[s] ?? 0;
      write(gradients[s], row, ps - hit);
      write(curvatures[s], row, Math.max(ps * (1 - ps), 1e-16));
    }
  }
}

function write(array: Float64Array | undefined, at: number, value: number): void {
  if (array !== undefined) array[at] = value;
}

/** Probability of class 1 from one score, of each class from several; in place. */
function readProbabilities(scores: readonly Float64Array[], row: number, p: Float64Array): void {
  if (p.length === 1) {
    p[0] = 1 / (1 + Math.exp(-(scores[0]?.[row] ?? 0)));
    return;
  }
  let most = -Infinity;
  for (const score of scores) most = Math.max(most, score[row] ?? 0);
  let sum = 0;
  for (let s = 0; s < p.length; s++) sum += p[s] = Math.exp((scores[s]?.[row] ?? 0) - most);
  for (let s = 0; s < p.length; s++) p[s] = (p[s] ?? 0) / sum;
}

/** Mean loss over rows: half the squared error, or minus the log-probability of the class. */
export function measureLoss(target: Target, rows: Int32Array, scores: readonly Float64Array[]): number {
  const p = new Float64Array(scores.length);
  let sum = 0;
  for (const row of rows) {
    if (target.kind === 'number') {
      sum += 0.5 * ((scores[0]?.[row] ?? 0) - (target.values[row] ?? 0)) ** 2;
      continue;
    }
    readProbabilities(scores, row, p);
    const y = target.classes[row] ?? 0;
    const hit = p.length === 1 ? (y === 1 ? p[0] : 1 - (p[0] ?? 0)) : p[y];
    sum -= Math.log(Math.max(hit ?? 0, 1e-300));
  }
  return sum / Math.max(1, rows.length);
}

/** Predictions from scores: the number itself, or one probability a class, class after class. */
export function toPredictions(
  target: Pick<Target, 'kind'>,
  scores: readonly Float64Array[],
): readonly Float64Array[] {
  if (target.kind === 'number') return scores;
  const nRows = scores[0]?.length ?? 0;
  const nClasses = scores.length === 1 ? 2 : scores.length;
  const out = Array.from({ length: nClasses }, () => new Float64Array(nRows));
  const p = new Float64Array(scores.length);
  for (let row = 0; row < nRows; row++) {
    readProbabilities(scores, row, p);
    if (p.length === 1) {
      write(out[0], row, 1 - (p[0] ?? 0));
      write(out[1], row, p[0] ?? 0);
    } else for (let s = 0; s < p.length; s++) write(out[s], row, p[s] ?? 0);
  }
  return out;
}
