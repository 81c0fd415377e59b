import { takeRows, type Table } from '../../data/table';
import { Z95 } from '../../math/proportions';
import type { Rng } from '../../math/rng';
import { alignTables } from '../align-tables';
import type { ColumnKind } from '../fidelity/column-kinds';
import type { Interval, Measured } from '../measure';
import { spanSpace } from './gower-space';
import { growGowerTree } from './gower-tree';
import { findNearest, type Nearest } from './nearest-rows';

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
  readonly closer: CloserShare;
}

/** Share of synthetic rows nearer to a sample of train than to as many rows of the holdout. */
export interface CloserShare {
  /** Ties count half; 0.5 = the synthetic table does not tell them apart. */
  readonly share: number;
  readonly interval: Interval;
  /** Rows of either reference. */
  readonly nReferences: number;
  /** Synthetic rows. */
  readonly n: number;
}

const MIN_ROWS = 20;

/**
 * Distances to the closest record: a diagnostic of copying, and no evidence of privacy, since they say nothing of the rows
 * that matter most (Yao et al. 2025, "The DCR delusion"). Distances as SDMetrics' calculate_dcr, ranges of train. References
 * of equal size, since the nearest of more rows is nearer: train is sampled down to the holdout's size, or the other way
 * round. The interval counts synthetic rows that share their nearest record as one another's kin. Skipped without a holdout.
 */
export function measureClosest(
  train: Table,
  holdout: Table | null,
  synthetic: Table,
  kinds: readonly ColumnKind[],
  rng: Rng,
): Measured<ClosestRecords> {
  const id = 'closest-records';
  if (holdout === null) return { id, reason: 'there is no holdout to say how near new people come to train' };
  if (Math.min(train.nRows, holdout.nRows, synthetic.nRows) < MIN_ROWS)
    return { id, reason: `a table has fewer than ${MIN_ROWS} rows` };
  if (kinds.length === 0) return { id, reason: 'there is no column to compare' };
  const [own, held, made] = alignTables(
    kinds,
    ['train', train],
    ['holdout', holdout],
    ['synthetic', synthetic],
  );
  const space = spanSpace(own);
  const trainTree = growGowerTree(space, own);
  const toTrain = findNearest(trainTree, made);
  const toHoldout = findNearest(growGowerTree(space, held), made);
  const holdoutToTrain = findNearest(trainTree, held);
  const nReferences = Math.min(own.nRows, held.nRows);
  const nearTo = (table: Table, full: Nearest, name: string) =>
    table.nRows === nReferences
      ? full
      : findNearest(growGowerTree(space, drawRows(table, nReferences, rng.fork(name))), made);
  const summary = summarise(holdoutToTrain.distances);
  return {
    syntheticToTrain: summarise(toTrain.distances),
    syntheticToHoldout: summarise(toHoldout.distances),
    holdoutToTrain: summary,
    shareVeryNear: toTrain.distances.filter((distance) => distance < summary.p05).length / made.nRows,
    closer: shareCloser(nearTo(own, toTrain, 'train'), nearTo(held, toHoldout, 'holdout'), nReferences),
  };
}

function drawRows(table: Table, n: number, rng: Rng): Table {
  return takeRows(table, rng.permutation(table.nRows).slice(0, n).sort());
}

function summarise(distances: Float64Array): DistanceSummary {
  const sorted = distances.slice().sort();
  const at = (share: number) => {
    const place = share * (sorted.length - 1);
    const [below, above] = [sorted[Math.floor(place)] ?? 0, sorted[Math.ceil(place)] ?? 0];
    return below + (above - below) * (place - Math.floor(place));
  };
  return { min: at(0), p01: at(0.01), p05: at(0.05), median: at(0.5), p95: at(0.95) };
}

/** Each synthetic row votes for the reference row nearest to it; votes for one row stand or fall together. */
function shareCloser(toTrain: Nearest, toHoldout: Nearest, nReferences: number): CloserShare {
  const n = toTrain.distances.length;
  const trainVotes = new Map<number, number>();
  const holdoutVotes = new Map<number, number>();
  const vote = (votes: Map<number, number>, row: number, weight: number) =>
    votes.set(row, (votes.get(row) ?? 0) + weight);
  let forTrain = 0;
  for (let row = 0; row < n; row++) {
    const [a, b] = [toTrain.distances[row] ?? 0, toHoldout.distances[row] ?? 0];
    const weight = a < b ? 1 : a > b ? 0 : 0.5;
    forTrain += weight;
    if (weight > 0) vote(trainVotes, toTrain.rows[row] ?? -1, weight);
    if (weight < 1) vote(holdoutVotes, toHoldout.rows[row] ?? -1, 1 - weight);
  }
  const share = forTrain / n;
  const variance =
    spreadOf(trainVotes, nReferences) * (1 - share) ** 2 + spreadOf(holdoutVotes, nReferences) * share ** 2;
  const error = (Z95 * Math.sqrt(nReferences * variance)) / n;
  return {
    share,
    interval: { low: Math.max(0, share - error), high: Math.min(1, share + error) },
    nReferences,
    n,
  };
}

/** Variance of the votes of a reference's rows, those without any included. */
function spreadOf(votes: ReadonlyMap<number, number>, nRows: number): number {
  let [sum, squares] = [0, 0];
  for (const weight of votes.values()) {
    sum += weight;
    squares += weight * weight;
  }
  return (squares - (sum * sum) / nRows) / Math.max(1, nRows - 1);
}
