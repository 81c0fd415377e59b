import type { Tree } from './tree';

/**
 * Where each code of a tree may be drawn: at its leaf where enough rows of the leaf share it, else in a pool of such codes
 * at the nearest node above where enough of these do. Plain data.
 */
export interface CodePools {
  /** Node at which each place of the tree's codes is drawn: its leaf or one above. */
  readonly owner: Int32Array | Uint16Array;
  /** Places drawn at nodes above their leaf, by node: those of node `i` are `pooled[starts[i] … starts[i + 1])`. */
  readonly pooled: Int32Array;
  readonly starts: Int32Array;
}

/**
 * Lifts each code that fewer than `least` rows of a leaf share to the nearest node above where, among the codes lifted so
 * far, `least` rows do; at the root it stays. A leaf then draws a lifted code as often as its own rows had one, but which
 * one is drawn from all that are lifted to the same node: no code is tied to a leaf by fewer rows, and shares in the whole
 * stay as they were.
 *
 * @param nCodes codes are 0 … nCodes − 1
 * @param least rows; up to 1 nothing is lifted
 */
export function poolCodes(tree: Tree, nCodes: number, least: number): CodePools {
  const { leftChild, rightChild, start, end, codes } = tree;
  const nNodes = leftChild.length;
  const owner = nNodes < 2 ** 16 ? new Uint16Array(codes.length) : new Int32Array(codes.length);
  const open: number[][] = Array.from({ length: nNodes }, () => []);
  const counts = new Int32Array(nCodes);
  for (let node = nNodes - 1; node >= 0; node--) {
    const left = leftChild[node] ?? -1;
    const own =
      left < 0
        ? Array.from({ length: (end[node] ?? 0) - (start[node] ?? 0) }, (_, i) => (start[node] ?? 0) + i)
        : (open[left] ?? []).concat(open[rightChild[node] ?? 0] ?? []);
    for (const place of own) counts[codes[place] ?? 0] = (counts[codes[place] ?? 0] ?? 0) + 1;
    const lifted: number[] = [];
    for (const place of own)
      if (node > 0 && (counts[codes[place] ?? 0] ?? 0) < least) lifted.push(place);
      else owner[place] = node;
    for (const place of own) counts[codes[place] ?? 0] = 0;
    open[node] = lifted;
    if (left >= 0) open[left] = open[rightChild[node] ?? 0] = [];
  }
  return { owner, ...listPooled(tree, owner) };
}

function listPooled({ leftChild }: Tree, owner: CodePools['owner']): Omit<CodePools, 'owner'> {
  const starts = new Int32Array(leftChild.length + 1);
  const isPooled = (place: number) => (leftChild[owner[place] ?? 0] ?? -1) >= 0;
  for (let place = 0; place < owner.length; place++)
    if (isPooled(place)) starts[(owner[place] ?? 0) + 1] = (starts[(owner[place] ?? 0) + 1] ?? 0) + 1;
  for (let node = 0; node < leftChild.length; node++)
    starts[node + 1] = (starts[node + 1] ?? 0) + (starts[node] ?? 0);
  const cursor = starts.slice(0, leftChild.length);
  const pooled = new Int32Array(starts[leftChild.length] ?? 0);
  for (let place = 0; place < owner.length; place++) {
    if (!isPooled(place)) continue;
    const node = owner[place] ?? 0;
    const at = cursor[node] ?? 0;
    pooled[at] = place;
    cursor[node] = at + 1;
  }
  return { starts, pooled };
}
