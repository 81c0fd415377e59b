import type { Tree } from './tree';

/** Rows of a split that its weight is estimated from, evenly spaced. */
const MAX_ROWS = 8192;
/** The likelihood is concave in the weight: so many halvings find it to 0.001. */
const N_HALVINGS = 10;

/**
 * How much the children of a node have to say against the node, 0–1, one weight for both: a child draws from its own rows
 * with that probability, else as its parent does. The weight is the one under which rows of train are likeliest when each
 * is left out of all counts that it is judged by (deleted interpolation, Jelinek & Mercer 1980): a split that tells
 * something keeps its say, one that only repeats its own rows loses it. Siblings weigh alike, so that what both draw
 * together is what their parent draws, and margins stay.
 *
 * @param strength as {@link holdBack} takes it; no weight is larger than its
 * @param isJudged false = every split keeps the most that strength allows
 * @returns a weight for each node, 1 for the root; and for each place of the tree's codes the probability of its code with
 *   the row left out
 */
export function weighSplits(
  tree: Tree,
  nCodes: number,
  strength: number,
  isJudged = true,
): { readonly weights: Float64Array; readonly known: Float64Array } {
  const { leftChild, rightChild, start, end, codes } = tree;
  const weights = holdBack(tree, strength);
  const counts = new Int32Array(nCodes);
  const known = leaveOneOut(codes, 0, codes.length, counts);
  leftChild.forEach((left, node) => {
    if (left < 0) return;
    const right = rightChild[node] ?? 0;
    const [from, to] = [start[node] ?? 0, end[node] ?? 0];
    const middle = end[left] ?? 0;
    const own = new Float64Array(to - from);
    own.set(leaveOneOut(codes, from, middle, counts));
    own.set(leaveOneOut(codes, middle, to, counts), middle - from);
    const most = weights[left] ?? 1;
    const weight = isJudged ? Math.min(estimateWeight(own, known, from), most) : most;
    weights[left] = weights[right] = weight;
    for (let i = 0; i < own.length; i++)
      known[from + i] = weight * (own[i] ?? 0) + (1 - weight) * (known[from + i] ?? 0);
  });
  return { weights, known };
}

/** The weight m / (m + strength) for both children of a node, m the rows of the smaller; 1 for the root. */
export function holdBack({ leftChild, rightChild, start, end }: Tree, strength: number): Float64Array {
  const weights = new Float64Array(leftChild.length).fill(1);
  const sizeOf = (node: number) => (end[node] ?? 0) - (start[node] ?? 0);
  leftChild.forEach((left, node) => {
    const right = rightChild[node] ?? 0;
    const least = Math.min(sizeOf(left), sizeOf(right));
    if (left >= 0) weights[left] = weights[right] = least / (least + strength);
  });
  return weights;
}

/** Share of each row's code among the other rows of [from, to). `counts` is zero before and after. */
function leaveOneOut(codes: Tree['codes'], from: number, to: number, counts: Int32Array): Float64Array {
  for (let i = from; i < to; i++) counts[codes[i] ?? 0] = (counts[codes[i] ?? 0] ?? 0) + 1;
  const shares = new Float64Array(to - from);
  for (let i = from; i < to; i++)
    shares[i - from] = ((counts[codes[i] ?? 0] ?? 1) - 1) / Math.max(1, to - from - 1);
  for (let i = from; i < to; i++) counts[codes[i] ?? 0] = 0;
  return shares;
}

/** The weight w under which the product of w·own + (1 − w)·known is largest, by bisection of its slope. */
function estimateWeight(own: Float64Array, known: Float64Array, from: number): number {
  const step = Math.max(1, Math.floor(own.length / MAX_ROWS));
  const rises = (weight: number) => {
    let slope = 0;
    for (let i = 0; i < own.length; i += step) {
      const before = known[from + i] ?? 0;
      const gain = (own[i] ?? 0) - before;
      if (gain !== 0) slope += gain / (before + weight * gain);
    }
    return slope > 0;
  };
  let [low, high] = [0, 1];
  for (let i = 0; i < N_HALVINGS; i++) {
    const middle = (low + high) / 2;
    if (rises(middle)) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
