import type { Rng } from '../rng';
import type { CodedFeatures, Target } from './features';
import { addTree, TreeGrower, type GrowthLimits, type Tree } from './grow-tree';
import { countScores, derive, findBase, measureLoss, toPredictions } from './losses';

export interface BoostSettings extends GrowthLimits {
  readonly nRounds: number;
  readonly learningRate: number;
  /** Share of rows kept aside to see when to stop; 0 = take all rounds. */
  readonly asideShare: number;
  /** Rounds without a lower loss on the rows kept aside after which to stop; they are kept, as scikit-learn does. */
  readonly patience: number;
}

/** As scikit-learn's and LightGBM's defaults, with a ridge on leaf values. */
export const BOOST_DEFAULTS: BoostSettings = {
  nRounds: 100,
  learningRate: 0.1,
  maxLeaves: 31,
  minRows: 20,
  lambda: 1,
  asideShare: 0,
  patience: 10,
};

/** Boosted trees for a class or a number. Plain data. */
export interface BoostedTrees {
  readonly kind: Target['kind'];
  readonly base: Float64Array;
  /** One tree a score in each round. */
  readonly rounds: readonly (readonly Tree[])[];
}

/**
 * Gradient boosting over histograms (Friedman 2001; second-order leaves as in Chen & Guestrin 2016): each round fits the
 * loss's derivatives by one tree a score. `rng` is drawn from only where rows are kept aside.
 */
export function fitBoostedTrees(
  features: CodedFeatures,
  target: Target,
  rows: Int32Array,
  settings: BoostSettings,
  rng: Rng,
): BoostedTrees {
  const { learn, aside } = setAside(rows, settings.asideShare, rng);
  const nScores = countScores(target);
  const base = findBase(target, learn);
  const fresh = () => Array.from({ length: nScores }, () => new Float64Array(features.nRows));
  const [scores, gradients, curvatures] = [fresh(), fresh(), fresh()];
  scores.forEach((score, s) => score.fill(base[s] ?? 0));
  const grower = new TreeGrower(features, learn, settings);
  const rounds: Tree[][] = [];
  let [best, nBest] = [measureLoss(target, aside, scores), 0];
  for (let round = 0; round < settings.nRounds; round++) {
    derive(target, learn, scores, gradients, curvatures);
    const grown = scores.map((score, s) => {
      const [gradient, curvature] = [gradients[s] ?? score, curvatures[s] ?? score];
      return grower.grow(gradient, curvature, settings.learningRate, score);
    });
    rounds.push(grown);
    if (aside.length === 0) continue;
    grown.forEach((tree, s) => addTree(tree, features.codes, aside, scores[s] ?? new Float64Array()));
    const loss = measureLoss(target, aside, scores);
    if (loss < best) [best, nBest] = [loss, rounds.length];
    else if (rounds.length - nBest >= settings.patience) break;
  }
  return { kind: target.kind, base, rounds };
}

function setAside(rows: Int32Array, share: number, rng: Rng): { learn: Int32Array; aside: Int32Array } {
  const nAside = Math.floor(rows.length * share);
  if (nAside === 0) return { learn: rows, aside: new Int32Array() };
  const order = rng.shuffle(rows.slice());
  return { learn: order.slice(nAside).sort(), aside: order.slice(0, nAside).sort() };
}

/** Predictions for the given rows of coded columns, in their places: the number, or one array of probabilities a class. */
export function predictBoosted(
  model: BoostedTrees,
  features: CodedFeatures,
  rows: Int32Array = Int32Array.from({ length: features.nRows }, (_, row) => row),
): readonly Float64Array[] {
  const scores = Array.from(model.base, (base) => new Float64Array(features.nRows).fill(base));
  for (const trees of model.rounds)
    trees.forEach((tree, s) => addTree(tree, features.codes, rows, scores[s] ?? new Float64Array()));
  return toPredictions(model, scores);
}
