import type { Table } from '../../data/table';
import { chanceOfNone, Z95 } from '../../math/proportions';
import type { Interval } from '../measure';
import type { Asking } from '../neighbours/near-rows';
import type { GowerTree } from './gower-tree';
import { askWithin, type Nearest } from './nearest-rows';

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

/** A table that synthetic rows may be near to, and its row nearest to each of them. */
export interface Reference {
  readonly tree: GowerTree;
  readonly near: Nearest;
}

/**
 * How often rows lie nearer to train than to the holdout. The larger of the two counts as all samples of the smaller one's
 * size do on average, since the nearest of more rows is nearer. The interval treats rows that share their nearest record as
 * one.
 */
export function* askCloser(made: Table, train: Reference, holdout: Reference): Asking<CloserShare> {
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
