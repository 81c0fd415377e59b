import type { Table } from '../../data/table';
import { chanceOfNone, Z95 } from '../../math/proportions';
import { takeFirst } from '../evaluation-context';
import { alignTables } from '../align-tables';
import type { ColumnKind } from '../fidelity/column-kinds';
import type { Interval, Measured } from '../measure';
import { findLack, sizesOf, type Needs } from '../needs';
import { runAlone, type Asking } from '../neighbours/near-rows';
import { spanSpace } from './gower-space';
import { growGowerTree, type GowerTree } from './gower-tree';
import { askNearest, askWithin, type Nearest } from './nearest-rows';
import type { JudgeId } from '../judge-ids';

/** Distances to the nearest row of another table, as quantiles. */
export interface DistanceSummary {
  readonly min: number;
  readonly p01: number;
  readonly p05: number;
  readonly median: number;
  readonly p95: number;
}

/** How near synthetic rows lie to train, beside how near the holdout does. */
export interface ClosestRecords {
  readonly syntheticToTrain: DistanceSummary;
  readonly syntheticToHoldout: DistanceSummary;
  readonly holdoutToTrain: DistanceSummary;
  /** Share of synthetic rows nearer to train than 95 % of the holdout's rows are. */
  readonly shareVeryNear: number;
  /** Distance to the nearest row of train over that to the second nearest, of synthetic rows and of the holdout's. */
  readonly syntheticRatios: DistanceSummary;
  readonly holdoutRatios: DistanceSummary;
  /** 95 % intervals of `p05`, of the synthetic rows' distances to train and of their ratios. */
  readonly tails: { readonly distances: Interval; readonly ratios: Interval };
  /** Share of rows at no distance from a row of train. */
  readonly syntheticMatches: number;
  readonly holdoutMatches: number;
  readonly closer: CloserShare;
}

/** Share of synthetic rows nearer to train than to the holdout, were both of equal size. */
export interface CloserShare {
  /** Ties count half; 0.5 = the synthetic table does not tell them apart. */
  readonly share: number;
  readonly interval: Interval;
  /** Rows of either reference. */
  readonly nReferences: number;
  /** Synthetic rows. */
  readonly n: number;
}

/** What it takes of the tables. */
export const CLOSEST_NEEDS = {
  noHoldout: 'there is no holdout to say how near new people come to train',
  minRows: 20,
  minColumns: 1,
  tooNarrow: 'there is no column to compare',
} as const satisfies Needs;

/**
 * Distances to the closest record: a diagnostic of copying, and no evidence of privacy, since they say nothing of the rows
 * that matter most (Yao et al. 2025, "The DCR delusion"). Distances as SDMetrics' calculate_dcr, ranges of train. For the
 * share closer to train, the larger of train and holdout counts as all samples of the smaller one's size do on average,
 * since the nearest of more rows is nearer. The interval treats synthetic rows that share their nearest record as one.
 * Skipped without a holdout.
 *
 * @param nAsked rows of the holdout that are asked about for their nearest in train, the first ones
 */
export function measureClosest(...tables: Parameters<typeof askClosest>): Measured<ClosestRecords> {
  return runAlone(askClosest(...tables));
}

/** {@link measureClosest}, where others may be asked which rows lie near. */
export function* askClosest(
  train: Table,
  holdout: Table | null,
  synthetic: Table,
  kinds: readonly ColumnKind[],
  nAsked = Infinity,
): Asking<Measured<ClosestRecords>> {
  const id: JudgeId = 'closest-records';
  const lack = findLack(sizesOf(train, holdout, synthetic, kinds), CLOSEST_NEEDS);
  if (lack !== null || holdout === null) return { id, reason: lack?.reason ?? CLOSEST_NEEDS.noHoldout };
  const [own, held, made] = alignTables(
    kinds,
    ['train', train],
    ['holdout', holdout],
    ['synthetic', synthetic],
  );
  const space = spanSpace(own);
  const trainTree = growGowerTree(space, own);
  const nearTrain = yield* askNearest(trainTree, made, 2);
  const toTrain = keepFirst(nearTrain);
  const ratios = takeRatios(nearTrain);
  const holdoutTree = growGowerTree(space, held);
  const toHoldout = yield* askNearest(holdoutTree, made);
  const heldNearTrain = yield* askNearest(trainTree, takeFirst(held, nAsked), 2);
  const holdoutToTrain = keepFirst(heldNearTrain);
  const summary = summarise(holdoutToTrain.distances);
  const closer = yield* askCloser(
    made,
    { tree: trainTree, near: toTrain },
    { tree: holdoutTree, near: toHoldout },
  );
  return {
    syntheticToTrain: summarise(toTrain.distances),
    syntheticToHoldout: summarise(toHoldout.distances),
    holdoutToTrain: summary,
    shareVeryNear: toTrain.distances.filter((distance) => distance < summary.p05).length / made.nRows,
    syntheticRatios: summarise(ratios),
    tails: { distances: boundTail(toTrain.distances), ratios: boundTail(ratios) },
    holdoutRatios: summarise(takeRatios(heldNearTrain)),
    syntheticMatches: shareOfMatches(toTrain),
    holdoutMatches: shareOfMatches(holdoutToTrain),
    closer,
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

function summarise(distances: Float64Array): DistanceSummary {
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

/** A table that synthetic rows may be near to, and how near they are. */
interface Reference {
  readonly tree: GowerTree;
  readonly near: Nearest;
}

function* askCloser(made: Table, train: Reference, holdout: Reference): Asking<CloserShare> {
  const [nTrain, nHoldout] = [train.tree.rows.nRows, holdout.tree.rows.nRows];
  const forTrain =
    nTrain >= nHoldout
      ? yield* askChances(made, train, holdout)
      : (yield* askChances(made, holdout, train)).map((chance) => 1 - chance);
  const n = made.nRows;
  const share = forTrain.reduce((sum, chance) => sum + chance, 0) / n;
  const ofTrain = spreadOfVotes(train, forTrain);
  const ofHoldout = spreadOfVotes(
    holdout,
    forTrain.map((chance) => 1 - chance),
  );
  const error = (Z95 * Math.sqrt(ofTrain * (1 - share) ** 2 + ofHoldout * share ** 2)) / n;
  const interval = { low: Math.max(0, share - error), high: Math.min(1, share + error) };
  return { share, interval, nReferences: Math.min(nTrain, nHoldout), n };
}

/** For each synthetic row the chance that it is nearer to a sample of `large`, of the size of `small`, than to `small`. */
function* askChances(made: Table, large: Reference, small: Reference): Asking<Float64Array> {
  const [nRows, nDrawn] = [large.tree.rows.nRows, small.tree.rows.nRows];
  const { nearer, asNear } = yield* askWithin(large.tree, made, small.near.distances);
  return Float64Array.from(nearer, (count, row) => {
    const noneNearer = chanceOfNone(nRows, nDrawn, count);
    return 1 - (noneNearer + chanceOfNone(nRows, nDrawn, asNear[row] ?? 0)) / 2;
  });
}

/** Each synthetic row votes for the row nearest to it; variance of the sum, votes for one row standing or falling together. */
function spreadOfVotes({ tree, near }: Reference, weights: Float64Array): number {
  const votes = new Float64Array(tree.rows.nRows);
  near.rows.forEach((row, i) => (votes[row] = (votes[row] ?? 0) + (weights[i] ?? 0)));
  const mean = votes.reduce((sum, vote) => sum + vote, 0) / votes.length;
  const squares = votes.reduce((sum, vote) => sum + (vote - mean) ** 2, 0);
  return (votes.length * squares) / Math.max(1, votes.length - 1);
}
