import { groupOf, N_GROUPS, type Replicates } from '../group-jackknife';
import { runAlone, type Asking } from '../neighbours/near-rows';
import { NearWalk } from '../neighbours/near-walk';
import { squaredDistance, type MixedPoints } from './mixed-space';

/** Balls around the rows of train, each just reaching its k-th nearest other row of train, and the nearest one. */
export interface Balls {
  readonly k: number;
  /** Squared radius of each row's ball. */
  readonly radii: Float64Array;
  /** Squared distance of each row to the nearest other row. */
  readonly nearest: Float64Array;
}

/** Exact, as if every row were compared with every other. Throws RangeError for k rows or fewer. */
export function spanBalls(points: MixedPoints, k: number): Balls {
  return runAlone(askBalls(points, k));
}

/** {@link spanBalls}, where only rows that are answered need be measured. */
export function* askBalls(points: MixedPoints, k: number): Asking<Balls> {
  const { nRows } = points;
  if (nRows <= k) throw new RangeError(`balls of ${k} neighbours take more than ${k} rows, got ${nRows}`);
  // A row is its own nearest, which does not count.
  const near = yield { points, queries: points, metric: 'squared', k: k + 1, bands: null };
  const best = new Float64Array(nRows * k).fill(Infinity);
  const radii = new Float64Array(nRows).fill(Infinity);
  const walk = new NearWalk(points, points, near);
  for (let i = 0; i < nRows; i++) {
    let radius = Infinity;
    walk.open(i);
    for (let j = walk.next(radius); j >= 0; j = walk.next(radius)) {
      const distance = squaredDistance(points, i, points, j, radius);
      if (j !== i && distance < radius) radius = insert(best, i * k, k, distance);
    }
    radii[i] = radius;
  }
  return { k, radii, nearest: Float64Array.from({ length: nRows }, (_, row) => best[row * k] ?? Infinity) };
}

/** Puts a distance among the k best, ascending, and answers the last of them. */
function insert(best: Float64Array, from: number, k: number, distance: number): number {
  let at = from + k - 1;
  for (; at > from && (best[at - 1] ?? 0) > distance; at--) best[at] = best[at - 1] ?? 0;
  best[at] = distance;
  return best[from + k - 1] ?? Infinity;
}

/** Rows of another table among train's balls. */
export interface Meetings {
  /** For each row of the other table, in how many balls it lies. */
  readonly nBalls: Int32Array;
  /** For each row of train, a bit for each group of the other table's rows that lie in its ball. */
  readonly groups: Uint32Array;
  /** For each row of train, the squared distance of the other table's nearest row, and which it is. */
  readonly nearest: Float64Array;
  readonly nearestRow: Int32Array;
}

/**
 * Exact, as if every row of train were compared with every row of the other table. A row lies in a ball when it is nearer
 * than the radius (Naeem et al. 2020), or upon the centre: among rows that repeat, radii can be 0.
 */
export function meetBalls(points: MixedPoints, balls: Balls, other: MixedPoints): Meetings {
  return runAlone(askMeetings(points, balls, other));
}

/** {@link meetBalls}, where only rows that are answered need be measured. */
export function* askMeetings(points: MixedPoints, { radii }: Balls, other: MixedPoints): Asking<Meetings> {
  const bands = { low: new Float64Array(points.nRows), high: radii };
  const near = yield { points: other, queries: points, metric: 'squared', k: 1, bands };
  const nBalls = new Int32Array(other.nRows);
  const groups = new Uint32Array(points.nRows);
  const nearest = new Float64Array(points.nRows).fill(Infinity);
  const nearestRow = new Int32Array(points.nRows).fill(-1);
  const walk = new NearWalk(other, points, near);
  for (let i = 0; i < points.nRows; i++) {
    const radius = radii[i] ?? 0;
    let [best, bestRow, inBall] = [Infinity, -1, 0];
    walk.open(i);
    for (let j = walk.next(Infinity); j >= 0; j = walk.next(Math.max(radius, best))) {
      const distance = squaredDistance(points, i, other, j, Math.max(radius, best));
      if (distance < radius || distance === 0) {
        nBalls[j] = (nBalls[j] ?? 0) + 1;
        inBall |= 1 << groupOf(j);
      }
      if (distance < best) [best, bestRow] = [distance, j];
    }
    nearest[i] = best;
    nearestRow[i] = bestRow;
    groups[i] = inBall;
  }
  return { nBalls, groups, nearest, nearestRow };
}

/** Share of train's balls that hold a row of the other table, and the same with each group of its rows left out. */
export function measureCoverage({ groups }: Pick<Meetings, 'groups'>): Replicates {
  const shareWith = (mask: number) =>
    groups.reduce((n, inBall) => n + ((inBall & mask) !== 0 ? 1 : 0), 0) / groups.length;
  return Float64Array.from({ length: N_GROUPS + 1 }, (_, at) => shareWith(at === 0 ? -1 : ~(1 << (at - 1))));
}
