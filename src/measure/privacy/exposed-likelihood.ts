import { takeRows, type Table } from '../../data/table';
import type { Rng } from '../../math/rng';
import { alignTables } from '../align-tables';
import type { Likelihoods } from '../evaluation-context';
import type { ColumnKind } from '../fidelity/column-kinds';
import type { JudgeId } from '../judge-ids';
import type { Measured } from '../measure';
import { judgeExposed, type ExposedMembership, type ExposedSide } from './distance-membership';
import { spanSpace } from './gower-space';
import { growGowerTree, type GowerTree } from './gower-tree';
import { findNearest } from './nearest-rows';

/** Tables whose rows are asked about, and what the model says of each row of train and of the holdout. */
export interface ScoredTables {
  readonly train: Table;
  readonly holdout: Table;
  /** Spans the space that distances are taken in. */
  readonly synthetic: Table;
  readonly likelihood: Likelihoods;
}

/**
 * The attack by likelihood on the tenth of records that lie farthest from other people's. Who is exposed is decided by
 * distance, as for the attack by distance, and not by the likelihood: that is the score itself, and of records chosen by
 * their score the area says little. Half of the holdout are the other people and half the controls, then the other way
 * round. Skipped where the most exposed tenth of the holdout has fewer than 50 rows.
 */
export function judgeExposedLikelihoods(
  { train, holdout, synthetic, likelihood }: ScoredTables,
  kinds: readonly ColumnKind[],
  rng: Rng,
): Measured<ExposedMembership> {
  const id: JudgeId = 'membership-likelihood-exposed';
  const [own, held, made] = alignTables(
    kinds,
    ['train', train],
    ['holdout', holdout],
    ['synthetic', synthetic],
  );
  const space = spanSpace(made);
  const order = rng.fork('halves').permutation(held.nRows);
  const middle = held.nRows >>> 1;
  const halves = [order.slice(0, middle), order.slice(middle)].map((rows) => {
    rows.sort();
    return {
      table: takeRows(held, rows),
      scores: Float64Array.from(rows, (row) => likelihood.holdout[row] ?? NaN),
    };
  });
  const sides = halves.map((controls, h): ExposedSide => {
    const others = growGowerTree(space, (halves[1 - h] ?? controls).table);
    return {
      members: { scores: likelihood.train.subarray(0, own.nRows), exposures: findExposures(others, own) },
      controls: { scores: controls.scores, exposures: findExposures(others, controls.table) },
    };
  });
  return judgeExposed(id, sides);
}

function findExposures(others: GowerTree, rows: Table): Float64Array {
  return findNearest(others, rows).distances;
}
