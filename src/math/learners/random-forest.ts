import type { Rng } from '../rng';
import type { CodedFeatures, Target } from './features';
import { ForestTreeGrower } from './grow-forest-tree';
import { addTree, type GrowthLimits, type Tree } from './grow-tree';

export interface ForestSettings extends GrowthLimits {
  /** Trees in all where there is one score; three times as many, shared out over the classes, where there are several. */
  readonly nTrees: number;
  /** Fewest trees a class. */
  readonly minTrees: number;
}

/** Leaves large enough that a tree cannot learn single rows by heart, and a ridge towards the mean on their values. */
export const FOREST_DEFAULTS: ForestSettings = {
  nTrees: 100,
  minTrees: 20,
  maxLeaves: 256,
  minRows: 10,
  lambda: 1,
};

/** Trees for a class or a number. Plain data. */
export interface RandomForest {
  readonly kind: Target['kind'];
  readonly nClasses: number;
  /** Mean of the target, or share of each class that has trees. */
  readonly base: Float64Array;
  /** Trees of each score; their mean is added to its base. */
  readonly trees: readonly (readonly Tree[])[];
}

/**
 * Random forest over histograms (Breiman 2001): each tree is grown by squared error on a draw of the rows with replacement,
 * and each cut looks at √p of the p columns, or p / 3 for numbers. Several classes have trees each, against all others. Only
 * the four rules of arithmetic are used, so the trees are the same on every machine.
 */
export function fitRandomForest(
  features: CodedFeatures,
  target: Target,
  rows: Int32Array,
  settings: ForestSettings,
  rng: Rng,
): RandomForest {
  const wanted =
    target.kind === 'number' ? [-1] : target.nClasses === 2 ? [1] : [...Array(target.nClasses).keys()];
  const nEach =
    wanted.length === 1
      ? settings.nTrees
      : Math.max(settings.minTrees, Math.ceil((3 * settings.nTrees) / wanted.length));
  const outcomes = wanted.map((c) => readOutcome(target, c));
  const base = Float64Array.from(outcomes, (outcome) => meanOf(outcome, rows));
  const trees = outcomes.map((outcome, s) =>
    growTrees(
      features,
      outcome,
      base[s] ?? 0,
      rows,
      target.kind,
      { ...settings, nTrees: nEach },
      rng.fork(`${s}`),
    ),
  );
  return { kind: target.kind, nClasses: target.kind === 'number' ? 1 : target.nClasses, base, trees };
}

/** The number, or 1 for rows of the class and 0 for others. */
function readOutcome(target: Target, wanted: number): Float64Array {
  if (target.kind === 'number') return target.values;
  return Float64Array.from(target.classes, (c) => (c === wanted ? 1 : 0));
}

function meanOf(values: Float64Array, rows: Int32Array): number {
  let sum = 0;
  for (const row of rows) sum += values[row] ?? 0;
  return sum / Math.max(1, rows.length);
}

function growTrees(
  features: CodedFeatures,
  outcome: Float64Array,
  base: number,
  rows: Int32Array,
  kind: Target['kind'],
  settings: ForestSettings,
  rng: Rng,
): readonly Tree[] {
  const nColumns = features.codes.length;
  const nDrawn = Math.max(1, Math.round(kind === 'number' ? nColumns / 3 : Math.sqrt(nColumns)));
  const gradient = outcome.map((y) => base - y);
  let own = rng;
  const grower = new ForestTreeGrower(features, gradient, settings, () => drawColumns(nColumns, nDrawn, own));
  return Array.from({ length: settings.nTrees }, (_, t) => {
    own = rng.fork(`tree/${t}`);
    return grower.grow(Int32Array.from(rows, () => rows[own.int(rows.length)] ?? 0).sort());
  });
}

/** Different columns, ascending. */
function drawColumns(nColumns: number, nDrawn: number, rng: Rng): Int32Array {
  const chosen = new Set<number>();
  while (chosen.size < nDrawn) chosen.add(rng.int(nColumns));
  return Int32Array.from(chosen).sort();
}

/** Predictions for the rows of coded columns: the number, or one array of probabilities a class. */
export function predictForest(model: RandomForest, features: CodedFeatures): readonly Float64Array[] {
  const rows = Int32Array.from({ length: features.nRows }, (_, row) => row);
  const scores = model.trees.map((trees, s) => {
    const sums = new Float64Array(features.nRows);
    for (const tree of trees) addTree(tree, features.codes, rows, sums);
    return sums.map((sum) => (model.base[s] ?? 0) + sum / Math.max(1, trees.length));
  });
  if (model.kind === 'number') return scores;
  const ones = scores.map((score) => score.map((p) => Math.min(1, Math.max(0, p))));
  const [only = new Float64Array()] = ones;
  if (model.nClasses === 2) return [only.map((p) => 1 - p), only];
  const totals = only.map((_, row) => ones.reduce((sum, one) => sum + (one[row] ?? 0), 0));
  return ones.map((one) => one.map((p, row) => p / Math.max(totals[row] ?? 0, 1e-300)));
}
