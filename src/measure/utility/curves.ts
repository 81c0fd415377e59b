import type { Curve } from '../measure';

/** Names of the two lines of every chart. */
export const SERIES = ['taught on synthetic', 'taught on train'] as const;

const MAX_POINTS = 100;

/** ROC curves of two models over the same rows, from (0, 0) to (1, 1). Predictions are one array of probabilities a class. */
export function listRocCurves(
  classes: Int32Array,
  made: readonly Float64Array[],
  own: readonly Float64Array[],
): readonly Curve[] {
  return [made, own].map((predictions, i) =>
    traceRoc(classes, predictions[1] ?? new Float64Array(), SERIES[i] ?? ''),
  );
}

function traceRoc(classes: Int32Array, scores: Float64Array, series: string): Curve {
  const order = Uint32Array.from(scores.keys()).sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0));
  let [hits, alarms] = [0, 0];
  const points: (readonly [number, number])[] = [[0, 0]];
  for (let i = 0; i < order.length;) {
    const value = scores[order[i] ?? 0] ?? 0;
    for (; i < order.length && (scores[order[i] ?? 0] ?? 0) === value; i++)
      if (classes[order[i] ?? 0] === 1) hits++;
      else alarms++;
    points.push([alarms, hits]);
  }
  const kept = thin(points);
  return {
    chart: 'roc',
    series,
    x: kept.map(([x]) => x / Math.max(1, alarms)),
    y: kept.map(([, y]) => y / Math.max(1, hits)),
  };
}

/** Points evenly along the curve, ends included. */
function thin(points: readonly (readonly [number, number])[]): readonly (readonly [number, number])[] {
  const last = points[points.length - 1];
  if (points.length <= MAX_POINTS || last === undefined) return points;
  const length = last[0] + last[1];
  const kept: (readonly [number, number])[] = [];
  let next = 0;
  for (const point of points.slice(0, -1)) {
    if (point[0] + point[1] < next) continue;
    kept.push(point);
    next = (length * kept.length) / (MAX_POINTS - 1);
  }
  return [...kept, last];
}

/** Groups of rows by their probability: what was said and what came true. */
export function traceCalibration(groups: readonly CalibrationGroup[], series: string): Curve {
  const used = groups.filter(({ n }) => n > 0);
  return {
    chart: 'calibration',
    series,
    x: used.map(({ n, said }) => said / n),
    y: used.map(({ n, cameTrue }) => cameTrue / n),
  };
}

export interface CalibrationGroup {
  readonly n: number;
  /** Sum of the probabilities. */
  readonly said: number;
  readonly cameTrue: number;
}
