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

/** A boosted model laid out for many rows: a byte for each split and code. */
export interface OpenBoosted {
  readonly model: Boosted;
  /** Feature of each split; a split without one looks at the first and sends all to the left. */
  readonly feature: Uint16Array;
  /** [split, 256]: 1 = the code goes right. */
  readonly isRight: Uint8Array;
}

export function openBoosted(model: Boosted): OpenBoosted {
  const feature = Uint16Array.from(model.feature, (f) => Math.max(f, 0));
  const isRight = new Uint8Array(feature.length * 256);
  model.feature.forEach((f, split) => {
    if (f < 0) return;
    for (let code = 0; code < 256; code++)
      isRight[split * 256 + code] = isMarked(model.marks, split * MARK_BYTES, code) ? 0 : 1;
  });
  return { model, feature, isRight };
}

/**
 * Probabilities of the classes of each row. Goes tree by tree, so that what is looked up lies close together, and without
 * branches, which no processor could foresee here.
 *
 * @returns [nRows, nClasses]
 */
export function predictClasses(open: OpenBoosted, { codes, width, nRows }: CodedRows): Float64Array {
  const { depth, nScores, nClasses, base, leaves } = open.model;
  const { feature, isRight } = open;
  const scores = Float64Array.from({ length: nRows * nScores }, (_, i) => base[i % nScores] ?? 0);
  const nSplits = 2 ** depth - 1;
  for (let tree = 0, split = 0; split < feature.length; tree++, split += nSplits) {
    const features = feature.subarray(split, split + nSplits);
    const turns = isRight.subarray(split * 256, (split + nSplits) * 256);
    const ends = leaves.subarray(tree * 2 ** depth, (tree + 1) * 2 ** depth);
    for (let from = 0, at = tree % nScores; at < scores.length; from += width, at += nScores) {
      let node = 0;
      for (let level = 0; level < depth; level++) {
        const code = codes[from + (features[node] ?? 0)] ?? 0;
        node = 2 * node + 1 + (turns[(node << 8) | code] ?? 0);
      }
      scores[at] = (scores[at] ?? 0) + (ends[node - nSplits] ?? 0);
    }
  }
  const shares = new Float64Array(nRows * nClasses);
  for (let row = 0; row < nRows; row++)
    toProbabilities(scores, row * nScores, nScores, shares, row * nClasses);
  return shares;
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
