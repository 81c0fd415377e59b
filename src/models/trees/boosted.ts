import { openTreeKernel, type AddTrees, type LaidOutTrees } from '../kernels/tree-kernel';
import type { CodedRows } from './features';
import { isMarked, MARK_BYTES } from './marks';

/**
 * Boosted trees for the probabilities of a few classes (Friedman 2001; second-order leaves and histograms as in Chen &
 * Guestrin 2016). Plain data: levels of a full binary tree, `2^depth − 1` splits a tree.
 */
export interface Boosted {
  readonly nClasses: number;
  readonly depth: number;
  /** Trees a round: one for two classes, else one a class. */
  readonly nScores: number;
  readonly base: Float64Array;
  /** Feature of each split, −1 = all go left. */
  readonly feature: Int16Array;
  /** Set of the codes that go left, one a split (marks.ts). */
  readonly marks: Uint8Array;
  /** `2^depth` values a tree. */
  readonly leaves: Float64Array;
}

/** A boosted model laid out for many rows. */
export interface OpenBoosted {
  readonly model: Boosted;
  readonly addTrees: AddTrees;
}

export function openBoosted(model: Boosted): OpenBoosted {
  const trees = layTrees(model);
  return { model, addTrees: openTreeKernel(trees) ?? plainTrees(trees) };
}

/** A byte for each split and code; a split without a feature looks at the first and sends all to the left. */
export function layTrees({ depth, nScores, leaves, marks, ...model }: Boosted): LaidOutTrees {
  const feature = Uint16Array.from(model.feature, (f) => Math.max(f, 0));
  const isRight = new Uint8Array(feature.length * 256);
  model.feature.forEach((f, split) => {
    if (f < 0) return;
    for (let code = 0; code < 256; code++)
      isRight[split * 256 + code] = isMarked(marks, split * MARK_BYTES, code) ? 0 : 1;
  });
  return { depth, nScores, feature, isRight, leaves };
}

/**
 * Probabilities of the classes of each row.
 *
 * @returns [nRows, nClasses]
 */
export function predictClasses({ model, addTrees }: OpenBoosted, rows: CodedRows): Float64Array {
  const { nScores, nClasses, base } = model;
  const { nRows } = rows;
  const scores = new Float64Array(nRows * nScores);
  for (let i = 0; i < scores.length; i++) scores[i] = base[i % nScores] ?? 0;
  addTrees(rows.codes, rows.width, nRows, scores);
  const shares = new Float64Array(nRows * nClasses);
  for (let row = 0; row < nRows; row++)
    toProbabilities(scores, row * nScores, nScores, shares, row * nClasses);
  return shares;
}

/** The trees in plain TypeScript: tree by tree, so that what is looked up lies close together. */
export function plainTrees({ depth, nScores, feature, isRight, leaves }: LaidOutTrees): AddTrees {
  const nSplits = 2 ** depth - 1;
  return (codes, width, nRows, scores) => {
    for (let tree = 0, split = 0; split < feature.length; tree++, split += nSplits) {
      const turns = isRight.subarray(split * 256, (split + nSplits) * 256);
      const features = feature.subarray(split, split + nSplits);
      const ends = leaves.subarray(tree * 2 ** depth, (tree + 1) * 2 ** depth);
      for (let row = 0, at = tree % nScores; row < nRows; row++, at += nScores) {
        let node = 0;
        for (let level = 0; level < depth; level++)
          node = 2 * node + 1 + (turns[(node << 8) | (codes[row * width + (features[node] ?? 0)] ?? 0)] ?? 0);
        scores[at] = (scores[at] ?? 0) + (ends[node - nSplits] ?? 0);
      }
    }
  };
}

/** Logistic of one score (the second class), softmax of several; writes from `to` on. */
export function toProbabilities(
  scores: Float64Array,
  at: number,
  nScores: number,
  out: Float64Array,
  to = 0,
): void {
  if (nScores === 1) {
    const p = 1 / (1 + Math.exp(-(scores[at] ?? 0)));
    out[to] = 1 - p;
    out[to + 1] = p;
    return;
  }
  let most = -Infinity;
  for (let s = 0; s < nScores; s++) most = Math.max(most, scores[at + s] ?? 0);
  let sum = 0;
  for (let s = 0; s < nScores; s++) sum += out[to + s] = Math.exp((scores[at + s] ?? 0) - most);
  for (let s = 0; s < nScores; s++) out[to + s] = (out[to + s] ?? 0) / sum;
}
