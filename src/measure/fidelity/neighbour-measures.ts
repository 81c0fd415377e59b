import { Z95 } from '../../math/proportions';
import { MAX_NEIGHBOUR_ROWS } from '../../data/sampled-rows';
import { takeFirst } from '../evaluation-context';
import { jackknifeInterval, SHARE } from '../group-jackknife';
import type { Interval } from '../measure';
import type { Asking } from '../neighbours/near-rows';
import type { AskingFidelitySpec, Estimate } from './hold-against-train';
import { show } from '../tell';
import {
  distancesToCentre,
  findCentre,
  placeMixed,
  spanMixedSpace,
  type MixedCentre,
  type MixedPoints,
} from './mixed-space';
import { followRadii, findRadii } from './nested-balls';
import { askBalls, askMeetings, measureCoverage, type Balls } from './neighbours';

/** Neighbours that a ball reaches to. */
const K = 5;

/**
 * Whether synthetic rows lie where train's lie, and everywhere they lie: density and coverage (Naeem et al. 2020, "Reliable
 * fidelity and diversity metrics for generative models"; k = 5), α-precision and β-recall (Alaa et al. 2022), in the space of
 * {@link MixedPoints}. The same number of rows from each table; the centre is that of train's rows, and the synthetic
 * table's own for its β-balls.
 */
export const NEIGHBOURS: AskingFidelitySpec = {
  titles: [
    {
      id: 'density',
      direction: 'higher-is-better',
      sentence: ({ value, n }) =>
        `A synthetic row lies near ${show(value)} times as many of train's rows as train's own do (1 is the same;` +
        ` ${n} rows of each table).`,
    },
    {
      id: 'coverage',
      direction: 'higher-is-better',
      sentence: ({ value, n }) =>
        `${show(value)} of train's rows have a synthetic row among their ${K} nearest (${n} rows of each table).`,
    },
    {
      id: 'alpha-precision',
      direction: 'higher-is-better',
      sentence: ({ value, n }) =>
        `Synthetic rows are spread around train's centre like train's rows to ${show(value)} (${n} rows of each table).`,
    },
    {
      id: 'beta-recall',
      direction: 'higher-is-better',
      sentence: ({ value, n }) =>
        `Train's rows, from the usual to the rare, are met by synthetic rows to ${show(value)}; fresh rows reach about` +
        ` a half (${n} rows of each table).`,
    },
  ],
  sizes: 'equal',
  minRows: 50,
  ask: function* (train, { equal, compared: { holdout, synthetic } }) {
    const nRows = Math.min(MAX_NEIGHBOUR_ROWS, equal.train.nRows);
    const space = spanMixedSpace(train, holdout === null ? [synthetic] : [synthetic, holdout]);
    const own = placeMixed(space, takeFirst(train, nRows));
    const balls = yield* askBalls(own, K);
    const centre = findCentre(own);
    const radii = findRadii(distancesToCentre(own, centre));
    return (other) =>
      askNeighbours({ own, balls, centre, radii }, placeMixed(space, takeFirst(other, nRows)));
  },
};

interface Ground {
  readonly own: MixedPoints;
  readonly balls: Balls;
  readonly centre: MixedCentre;
  readonly radii: Float64Array;
}

function* askNeighbours(
  { own, balls, centre, radii }: Ground,
  other: MixedPoints,
): Asking<readonly Estimate[]> {
  const meetings = yield* askMeetings(own, balls, other);
  const { nBalls, nearest, nearestRow } = meetings;
  const coverage = measureCoverage(meetings);
  const precision = followRadii(distancesToCentre(other, centre), radii);
  const fromOwnCentre = distancesToCentre(other, findCentre(other));
  const recall = followRadii(
    Float64Array.from(nearestRow, (row) => fromOwnCentre[row] ?? Infinity),
    findRadii(fromOwnCentre),
    (row) => (nearest[row] ?? Infinity) <= (balls.nearest[row] ?? 0),
  );
  const n = own.nRows;
  return [
    { ...measureDensity(nBalls, balls.k), n },
    { value: coverage[0] ?? NaN, interval: jackknifeInterval(coverage, SHARE), n },
    { value: precision[0] ?? NaN, interval: jackknifeInterval(precision, SHARE), n },
    { value: recall[0] ?? NaN, interval: jackknifeInterval(recall, SHARE), n },
  ];
}

/** Mean number of balls a row lies in, over k; its interval is that of a mean. */
export function measureDensity(
  nBalls: Int32Array,
  k: number,
): { readonly value: number; readonly interval: Interval } {
  const n = nBalls.length;
  const value = nBalls.reduce((sum, count) => sum + count, 0) / n / k;
  const squares = nBalls.reduce((sum, count) => sum + (count / k - value) ** 2, 0);
  const reach = Z95 * Math.sqrt(squares / Math.max(1, n - 1) / n);
  return { value, interval: { low: Math.max(0, value - reach), high: value + reach } };
}
