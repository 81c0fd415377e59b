import type { Table } from '../../data/table';
import { takeFirst } from '../evaluation-context';
import { alignTables } from '../align-tables';
import type { ColumnKind } from '../fidelity/column-kinds';
import type { Measured } from '../measure';
import { findLack, sizesOf, type Needs } from '../needs';
import { runAlone } from '../neighbours/near-rows';
import { askCloser, type CloserShare } from './closer-share';
import { spanSpace } from './gower-space';
import { growGowerTree } from './gower-tree';
import { findNearest } from './nearest-rows';
import { askNearTrain, summarise, type DistanceSummary } from './near-train';
import type { JudgeId } from '../judge-ids';

/** How near synthetic rows lie to train, beside how near the holdout does. */
export interface ClosestRecords {
  readonly syntheticToTrain: DistanceSummary;
  readonly syntheticToHoldout: DistanceSummary;
  readonly holdoutToTrain: DistanceSummary;
  /** Share of synthetic rows nearer to train than 95 % of the holdout's rows are. */
  readonly shareVeryNear: number;
  readonly closer: CloserShare;
}

/** What it takes of the tables to say how near rows lie to train. */
export const NEAR_NEEDS = {
  noHoldout: null,
  minRows: 20,
  minColumns: 1,
  tooNarrow: 'there is no column to compare',
} as const satisfies Needs;

/** What it takes to hold that against the holdout. */
export const CLOSEST_NEEDS = {
  ...NEAR_NEEDS,
  noHoldout: 'there is no holdout to say how near new people come to train',
} as const satisfies Needs;

/**
 * Distances to the closest record: a diagnostic of copying, and no evidence of privacy, since they say nothing of the rows
 * that matter most (Yao et al. 2025, "The DCR delusion"). Distances as SDMetrics' calculate_dcr, ranges of train. Skipped
 * without a holdout.
 *
 * @param nAsked rows of the holdout that are asked about for their nearest in train, the first ones
 */
export function measureClosest(
  train: Table,
  holdout: Table | null,
  synthetic: Table,
  kinds: readonly ColumnKind[],
  nAsked = Infinity,
): Measured<ClosestRecords> {
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
  const [trainTree, holdoutTree] = [growGowerTree(space, own), growGowerTree(space, held)];
  const ofMade = runAlone(askNearTrain(trainTree, made));
  const ofHeld = runAlone(askNearTrain(trainTree, takeFirst(held, nAsked)));
  const toHoldout = findNearest(holdoutTree, made);
  const isVeryNear = (distance: number) => distance < ofHeld.distances.p05;
  return {
    syntheticToTrain: ofMade.distances,
    syntheticToHoldout: summarise(toHoldout.distances),
    holdoutToTrain: ofHeld.distances,
    shareVeryNear: ofMade.nearest.distances.filter(isVeryNear).length / made.nRows,
    closer: runAlone(
      askCloser(made, { tree: trainTree, near: ofMade.nearest }, { tree: holdoutTree, near: toHoldout }),
    ),
  };
}
