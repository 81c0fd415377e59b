import type { Binning } from './features';

/** Bytes of a set of codes. */
export const SET_BYTES = 32;
/** Cells of one code in a histogram: sum of gradients, sum of curvatures, rows. */
export const STRIDE = 3;

/** Sums over the rows of a node. */
export interface NodeSums {
  readonly gradient: number;
  readonly curvature: number;
  readonly nRows: number;
}

export interface SplitLimits {
  /** Rows on either side at least. */
  readonly minRows: number;
  /** Weight of the squared leaf value. */
  readonly lambda: number;
}

/** Where a node is cut in two. */
export interface Split {
  readonly feature: number;
  /** Fall of the loss, times two. */
  readonly gain: number;
  /** Set of the codes that go left. */
  readonly goesLeft: Uint8Array;
  readonly left: NodeSums;
}

const MIN_GAIN = 1e-7;
const MIN_CURVATURE = 1e-3;
/** Rows that a level needs in a node to have a place of its own in the order. */
const MIN_LEVEL_ROWS = 10;
/** Curvature added when levels are ordered, so that a few rows do not put a level at an end. */
const LEVEL_SMOOTHING = 10;

interface Best {
  gain: number;
  /** Codes of the order that go left. */
  nLeft: number;
  missingLeft: boolean;
  left: NodeSums;
}

/**
 * The best cut of a node by one column's histogram: numbers between two codes, with missing on either side; levels in the
 * order of their mean gradient (Fisher 1958: the best of all groupings for a convex loss). Null when none is allowed.
 */
export function findSplit(
  histogram: Float64Array,
  from: number,
  feature: number,
  binning: Binning,
  node: NodeSums,
  limits: SplitLimits,
): Split | null {
  const order = binning.isNominal ? orderLevels(histogram, from, binning.nCodes) : null;
  const nPlaces = order === null ? binning.nCodes - 1 : order.length;
  const best: Best = { gain: MIN_GAIN, nLeft: 0, missingLeft: false, left: node };
  scan(histogram, from, order, nPlaces, node, limits, false, best);
  if (order === null && (histogram[from + 2] ?? 0) > 0)
    scan(histogram, from, order, nPlaces, node, limits, true, best);
  if (best.nLeft === 0) return null;
  const goesLeft = new Uint8Array(SET_BYTES);
  for (let place = 0; place < best.nLeft; place++)
    addCode(goesLeft, order === null ? place + 1 : (order[place] ?? 0));
  const isUnseen = order === null && (histogram[from + 2] ?? 0) === 0;
  if (best.missingLeft || (isUnseen && best.left.nRows * 2 > node.nRows)) addCode(goesLeft, 0);
  return { feature, gain: best.gain, goesLeft, left: best.left };
}

function scan(
  histogram: Float64Array,
  from: number,
  order: Int32Array | null,
  nPlaces: number,
  node: NodeSums,
  { minRows, lambda }: SplitLimits,
  missingLeft: boolean,
  best: Best,
): void {
  const whole = (node.gradient * node.gradient) / (node.curvature + lambda);
  let g = missingLeft ? (histogram[from] ?? 0) : 0;
  let h = missingLeft ? (histogram[from + 1] ?? 0) : 0;
  let n = missingLeft ? (histogram[from + 2] ?? 0) : 0;
  for (let place = 0; place < nPlaces; place++) {
    const at = from + STRIDE * (order === null ? place + 1 : (order[place] ?? 0));
    const rows = histogram[at + 2] ?? 0;
    if (rows === 0) continue;
    g += histogram[at] ?? 0;
    h += histogram[at + 1] ?? 0;
    n += rows;
    if (n < minRows) continue;
    if (node.nRows - n < minRows) return;
    const restH = node.curvature - h;
    if (h < MIN_CURVATURE || restH < MIN_CURVATURE) continue;
    const restG = node.gradient - g;
    const gain = (g * g) / (h + lambda) + (restG * restG) / (restH + lambda) - whole;
    if (gain <= best.gain) continue;
    best.gain = gain;
    best.nLeft = place + 1;
    best.missingLeft = missingLeft;
    best.left = { gradient: g, curvature: h, nRows: n };
  }
}

/** Codes with enough rows in the node, missing among them, by mean gradient; the others stay on the right. */
function orderLevels(histogram: Float64Array, from: number, nCodes: number): Int32Array {
  const codes: number[] = [];
  const means = new Float64Array(nCodes);
  for (let code = 0; code < nCodes; code++) {
    const at = from + STRIDE * code;
    if ((histogram[at + 2] ?? 0) < MIN_LEVEL_ROWS) continue;
    means[code] = (histogram[at] ?? 0) / ((histogram[at + 1] ?? 0) + LEVEL_SMOOTHING);
    codes.push(code);
  }
  return Int32Array.from(codes.sort((a, b) => (means[a] ?? 0) - (means[b] ?? 0) || a - b));
}

function addCode(set: Uint8Array, code: number): void {
  set[code >> 3] = (set[code >> 3] ?? 0) | (1 << (code & 7));
}

/** True when `code` is in the set that begins at byte `at`. */
export function hasCode(sets: Uint8Array, at: number, code: number): boolean {
  return (((sets[at + (code >> 3)] ?? 0) >> (code & 7)) & 1) === 1;
}
