import type { Table } from '../data/table';
import {
  BOOST_DEFAULTS,
  fitBoostedTrees,
  predictBoosted,
  type BoostSettings,
} from '../math/learners/boosted-trees';
import { designRows, fitDesign } from '../math/learners/design-matrix';
import { codeFeatures, type Target } from '../math/learners/features';
import { fitLogistic, fitRidge, scoreRows } from '../math/learners/linear-models';
import { FOREST_DEFAULTS, fitRandomForest, predictForest } from '../math/learners/random-forest';
import type { Rng } from '../math/rng';

/** Learners that judge tables: trees see thresholds and interactions, the linear model sees slopes only. */
export type LearnerId = 'boosted' | 'forest' | 'linear';
export const LEARNER_IDS: readonly LearnerId[] = ['boosted', 'forest', 'linear'];

/** Those that are taught to tell tables apart. */
export type DetectorId = Exclude<LearnerId, 'forest'>;
export const DETECTOR_IDS: readonly DetectorId[] = ['boosted', 'linear'];

/** Above this many rows boosting watches a tenth of them to see when to stop, as scikit-learn does. */
const WATCH_FROM = 10_000;

/** What was learnt from some rows, ready to predict others of the same aligned columns. */
export type Predictor = (table: Table) => readonly Float64Array[];

/**
 * Learns `target` from the given rows of a table. Predictions are the number itself, or one array of probabilities a
 * class. The linear learner is logistic regression (one class against the rest where there are several) or ridge.
 */
export function fitLearner(
  id: LearnerId,
  table: Table,
  target: Target,
  rows: Int32Array,
  rng: Rng,
): Predictor {
  if (id === 'linear') return fitLinear(table, target, rows);
  return id === 'boosted' ? fitBoosted(table, target, rows, rng) : fitForest(table, target, rows, rng);
}

function fitForest(table: Table, target: Target, rows: Int32Array, rng: Rng): Predictor {
  const features = codeFeatures(table.columns, table.nRows);
  const model = fitRandomForest(features, target, rows, FOREST_DEFAULTS, rng);
  return (other) => predictForest(model, codeFeatures(other.columns, other.nRows, features.binnings));
}

function fitBoosted(table: Table, target: Target, rows: Int32Array, rng: Rng): Predictor {
  const features = codeFeatures(table.columns, table.nRows);
  const model = fitBoostedTrees(features, target, rows, chooseSettings(rows.length), rng);
  return (other) => predictBoosted(model, codeFeatures(other.columns, other.nRows, features.binnings));
}

/** Settings of the boosted learner for that many rows; the same for every table that is compared. */
export function chooseSettings(nRows: number): BoostSettings {
  return { ...BOOST_DEFAULTS, asideShare: nRows > WATCH_FROM ? 0.1 : 0 };
}

function fitLinear(table: Table, target: Target, rows: Int32Array): Predictor {
  const design = fitDesign(table.columns, rows);
  const learnt = designRows(design, table.columns, rows);
  const { width } = design;
  const read = (other: Table) =>
    designRows(
      design,
      other.columns,
      Int32Array.from({ length: other.nRows }, (_, row) => row),
    );
  if (target.kind === 'number') {
    const beta = fitRidge(
      learnt,
      width,
      Float64Array.from(rows, (row) => target.values[row] ?? 0),
    );
    return (other) => [scoreRows(read(other), beta)];
  }
  const { classes, nClasses } = target;
  const models = Array.from({ length: nClasses === 2 ? 1 : nClasses }, (_, s) => {
    const wanted = nClasses === 2 ? 1 : s;
    return fitLogistic(
      learnt,
      width,
      Uint8Array.from(rows, (row) => (classes[row] === wanted ? 1 : 0)),
    );
  });
  return (other) => {
    const entries = read(other);
    const ones = models.map((beta) => scoreRows(entries, beta).map((eta) => 1 / (1 + Math.exp(-eta))));
    return nClasses === 2 ? [(ones[0] ?? new Float64Array()).map((p) => 1 - p), ...ones] : normalise(ones);
  };
}

/** Probabilities of one class against the rest, made to add up to 1. */
function normalise(ones: readonly Float64Array[]): readonly Float64Array[] {
  const nRows = ones[0]?.length ?? 0;
  const sums = new Float64Array(nRows);
  for (const one of ones)
    for (let row = 0; row < nRows; row++) sums[row] = (sums[row] ?? 0) + (one[row] ?? 0);
  return ones.map((one) => one.map((p, row) => p / Math.max(sums[row] ?? 0, 1e-300)));
}
