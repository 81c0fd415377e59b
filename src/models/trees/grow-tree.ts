import { markLeft } from './bin-order';
import { isMarked, MARK_BYTES } from './marks';
import type { SplitFeature, SplitTarget, Cut } from './split-target';
import { spaceOut } from './space-out';
import type { Tree } from './tree';

export interface GrowthLimits {
  /** Rows of train in a leaf at least. */
  readonly minLeaf: number;
  /** Rows of a node behind a level that a split sends its own way; levels of fewer go together. */
  readonly minBin: number;
  /** Smallest gain that is worth a split. */
  readonly minGain: number;
}

/** Larger nodes are split by what this many of their rows say, evenly spaced. */
const MAX_SPLIT_ROWS = 32_768;

interface Node {
  feature: number;
  threshold: number;
  marksAt: number;
  leftChild: number;
  rightChild: number;
  readonly parent: number;
  readonly start: number;
  readonly end: number;
}

/**
 * A tree that splits greedily until leaves are small or gains are, over the rows given (sorted in place by leaf). Rows of
 * a node lie side by side, so that every node owns a slice of `codes`, the target codes.
 */
export function growTree(
  target: SplitTarget,
  features: readonly SplitFeature[],
  codes: Int32Array,
  rows: Int32Array,
  limits: GrowthLimits,
): Tree {
  const nodes: Node[] = [makeNode(-1, 0, rows.length)];
  const marks: Uint8Array[] = [];
  const spare = new Int32Array(rows.length);
  const waiting = [0];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    const node = nodes[at];
    if (node === undefined || node.end - node.start < 2 * limits.minLeaf) continue;
    const found = findSplit(target, features, rows, node, limits);
    if (found === null) continue;
    const { feature, cut } = found;
    const split = features[feature];
    if (split === undefined) continue;
    node.feature = feature;
    const isLeft = markLeft(cut.order, cut.nLeft);
    if (split.isNominal) {
      node.marksAt = marks.length * MARK_BYTES;
      marks.push(isLeft);
    } else node.threshold = cut.order.bins[cut.nLeft - 1] ?? 0;
    const middle = partition(rows, node, split.codes, isLeft, spare);
    node.leftChild = nodes.push(makeNode(at, node.start, middle)) - 1;
    node.rightChild = nodes.push(makeNode(at, middle, node.end)) - 1;
    waiting.push(node.rightChild, node.leftChild);
  }
  return packTree(
    nodes,
    marks,
    Int32Array.from(rows, (row) => codes[row] ?? 0),
  );
}

function makeNode(parent: number, start: number, end: number): Node {
  return { feature: -1, threshold: -1, marksAt: 0, leftChild: -1, rightChild: -1, parent, start, end };
}

function findSplit(
  target: SplitTarget,
  features: readonly SplitFeature[],
  rows: Int32Array,
  { start, end }: Node,
  { minLeaf, minBin, minGain }: GrowthLimits,
): { readonly feature: number; readonly cut: Cut } | null {
  const n = end - start;
  const looked = n > MAX_SPLIT_ROWS ? spaceOut(rows, MAX_SPLIT_ROWS, start, end) : null;
  const isMixed = looked === null ? target.enter(rows, start, end) : target.enter(looked, 0, looked.length);
  if (!isMixed) return null;
  const scale = looked === null ? 1 : n / looked.length;
  const looking = { minLeaf: Math.ceil(minLeaf / scale), minBin: Math.ceil(minBin / scale) };
  let best: { feature: number; cut: Cut } | null = null;
  features.forEach((feature, index) => {
    const cut = target.cut(feature, looking);
    if (cut !== null && cut.gain * scale >= minGain && cut.gain > (best?.cut.gain ?? -Infinity))
      best = { feature: index, cut };
  });
  return best;
}

/** Brings the rows that go left to the front, in their order; answers where the others begin. */
function partition(
  rows: Int32Array,
  node: Node,
  codes: Uint8Array,
  isLeft: Uint8Array,
  spare: Int32Array,
): number {
  let middle = node.start;
  let nSpare = 0;
  const goesLeft =
    node.threshold >= 0
      ? (code: number) => code <= node.threshold
      : (code: number) => isMarked(isLeft, 0, code);
  for (let i = node.start; i < node.end; i++) {
    const row = rows[i] ?? 0;
    if (goesLeft(codes[row] ?? 0)) rows[middle++] = row;
    else spare[nSpare++] = row;
  }
  rows.set(spare.subarray(0, nSpare), middle);
  return middle;
}

function packTree(nodes: readonly Node[], marks: readonly Uint8Array[], codes: Int32Array): Tree {
  const list = (pick: (node: Node) => number) => nodes.map(pick);
  const joined = new Uint8Array(marks.length * MARK_BYTES);
  marks.forEach((one, i) => joined.set(one, i * MARK_BYTES));
  return {
    feature: Int16Array.from(list((node) => node.feature)),
    threshold: Int16Array.from(list((node) => node.threshold)),
    marksAt: Int32Array.from(list((node) => node.marksAt)),
    marks: joined,
    leftChild: Int32Array.from(list((node) => node.leftChild)),
    rightChild: Int32Array.from(list((node) => node.rightChild)),
    parent: Int32Array.from(list((node) => node.parent)),
    start: Int32Array.from(list((node) => node.start)),
    end: Int32Array.from(list((node) => node.end)),
    codes: codes.every((code) => code < 2 ** 16) ? Uint16Array.from(codes) : codes,
  };
}
