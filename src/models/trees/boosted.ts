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
 * Probabilities of the classes of each row. Goes tree by tree, so that what is looked up lies close together, without
 * branches, which no processor could foresee here, and by four rows at a time, so that one is looked up while others wait.
 *
 * @returns [nRows, nClasses]
 */
export function predictClasses(open: OpenBoosted, rows: CodedRows): Float64Array {
  const { depth, nScores, nClasses, base, leaves } = open.model;
  const { feature, isRight } = open;
  const { nRows } = rows;
  const scores = new Float64Array(nRows * nScores);
  for (let i = 0; i < scores.length; i++) scores[i] = base[i % nScores] ?? 0;
  const nSplits = 2 ** depth - 1;
  for (let tree = 0, split = 0; split < feature.length; tree++, split += nSplits) {
    const laidOut: LaidOutTree = {
      depth,
      features: feature.subarray(split, split + nSplits),
      turns: isRight.subarray(split * 256, (split + nSplits) * 256),
      ends: leaves.subarray(tree * 2 ** depth, (tree + 1) * 2 ** depth),
    };
    addTree(laidOut, rows, scores, nScores, tree % nScores);
  }
  const shares = new Float64Array(nRows * nClasses);
  for (let row = 0; row < nRows; row++)
    toProbabilities(scores, row * nScores, nScores, shares, row * nClasses);
  return shares;
}

/** One full binary tree of an {@link OpenBoosted}. */
interface LaidOutTree {
  readonly depth: number;
  readonly features: Uint16Array;
  readonly turns: Uint8Array;
  readonly ends: Float64Array;
}

/** Adds to every `nScores`-th score, from the one at `first` on, what the tree says of the row. */
function addTree(
  { depth, features, turns, ends }: LaidOutTree,
  { codes, width, nRows }: CodedRows,
  scores: Float64Array,
  nScores: number,
  first: number,
): void {
  const step = (from: number, node: number): number =>
    2 * node + 1 + (turns[(node << 8) | (codes[from + (features[node] ?? 0)] ?? 0)] ?? 0);
  const add = (row: number, node: number): void => {
    const at = row * nScores + first;
    scores[at] = (scores[at] ?? 0) + (ends[node - features.length] ?? 0);
  };
  let row = 0;
  for (let from = 0; row + 3 < nRows; row += 4, from += 4 * width) {
    let [a, b, c, d] = [0, 0, 0, 0];
    for (let level = 0; level < depth; level++) {
      a = step(from, a);
      b = step(from + width, b);
      c = step(from + 2 * width, c);
      d = step(from + 3 * width, d);
    }
    add(row, a);
    add(row + 1, b);
    add(row + 2, c);
    add(row + 3, d);
  }
  for (; row < nRows; row++) {
    let node = 0;
    for (let level = 0; level < depth; level++) node = step(row * width, node);
    add(row, node);
  }
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
