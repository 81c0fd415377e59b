import type { Table } from '../../data/table';
import { Z95 } from '../../math/proportions';
import type { Interval } from '../measure';
import type { Asking } from '../neighbours/near-rows';
import type { GowerTree } from './gower-tree';
import { askNearest, type Nearest } from './nearest-rows';

/** Distances to the nearest row of another table, as quantiles. */
export interface DistanceSummary {
  readonly min: number;
  readonly p01: number;
  readonly p05: number;
  readonly median: number;
  readonly p95: number;
}

/** How near rows lie to train. */
export interface NearTrain {
  /** The nearest row of train for each. */
  readonly nearest: Nearest;
  readonly distances: DistanceSummary;
  /** Distance to the nearest row of train over that to the second nearest. */
  readonly ratios: DistanceSummary;
  /** 95 % intervals of `p05` of both. */
  readonly tails: { readonly distances: Interval; readonly ratios: Interval };
  /** Share of rows at no distance from a row of train. */
  readonly matches: number;
}

/** Asks for the two rows of train nearest to each row; the rows are aligned with train's. */
export function* askNearTrain(train: GowerTree, rows: Table): Asking<NearTrain> {
  const two = yield* askNearest(train, rows, 2);
  const nearest = keepFirst(two);
  const ratios = takeRatios(two);
  return {
    nearest,
    distances: summarise(nearest.distances),
    ratios: summarise(ratios),
    tails: { distances: boundTail(nearest.distances), ratios: boundTail(ratios) },
    matches: shareOfMatches(nearest),
  };
}

/** The nearest alone. */
function keepFirst({ k, distances, rows }: Nearest): Nearest {
  const isFirst = (_: number, at: number) => at % k === 0;
  return { k: 1, distances: distances.filter(isFirst), rows: rows.filter(isFirst) };
}

/** Added to both distances, so that the ratio is defined where both are 0; as mostlyai-qa. */
const TINY = 1e-8;
/** Distances up to here are of identical rows; as mostlyai-qa. */
const SAME = 1e-6;

/** Nearest over second nearest distance of each row. */
function takeRatios({ k, distances }: Nearest): Float64Array {
  return Float64Array.from({ length: distances.length / k }, (_, row) => {
    const [first, second] = [distances[row * k] ?? 0, distances[row * k + 1] ?? 0];
    return (first + TINY) / (second + TINY);
  });
}

function shareOfMatches({ distances }: Nearest): number {
  return distances.filter((distance) => distance <= SAME).length / distances.length;
}

/** Quantiles of distances. */
export function summarise(distances: Float64Array): DistanceSummary {
  const at = openQuantiles(distances);
  return { min: at(0), p01: at(0.01), p05: at(0.05), median: at(0.5), p95: at(0.95) };
}

/** The 95 % interval of the 5 % quantile, from the order of the rows. */
function boundTail(distances: Float64Array): Interval {
  const at = openQuantiles(distances);
  const reach = Z95 * Math.sqrt((0.05 * 0.95) / distances.length);
  return { low: at(Math.max(0, 0.05 - reach)), high: at(Math.min(1, 0.05 + reach)) };
}

function openQuantiles(distances: Float64Array): (share: number) => number {
  const sorted = distances.slice().sort();
  return (share) => {
    const place = share * (sorted.length - 1);
    const [below, above] = [sorted[Math.floor(place)] ?? 0, sorted[Math.ceil(place)] ?? 0];
    return below + (above - below) * (place - Math.floor(place));
  };
}
