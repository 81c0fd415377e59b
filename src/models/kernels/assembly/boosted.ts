// AssemblyScript, compiled by src/build/kernel-plugin.ts. It does what addTrees of boosted.ts does, in the same order, so that
// both give the same scores to the last bit; the caller lays out the memory.

/**
 * Adds what full binary trees say of rows to their scores, tree by tree, those of one score after the other.
 *
 * @param features column of each split, 16 bits
 * @param turns [split, 256] bytes: 1 = the code goes right
 * @param leaves 64-bit floats, `2^depth` a tree
 * @param codes [nRows, width] bytes
 * @param scores [nRows, nScores] 64-bit floats
 */
export function addTrees(
  nTrees: i32,
  depth: i32,
  features: usize,
  turns: usize,
  leaves: usize,
  codes: usize,
  width: usize,
  nRows: i32,
  scores: usize,
  nScores: i32,
): void {
  const nSplits: usize = (<usize>1 << depth) - 1;
  const stride = <usize>nScores << 3;
  for (let tree = 0; tree < nTrees; tree++) {
    const split = <usize>tree * nSplits;
    const values = leaves + ((<usize>tree << depth) << 3);
    const score = scores + (<usize>(tree % nScores) << 3);
    addTree(depth, features + (split << 1), turns + (split << 8), values, codes, width, nRows, score, stride);
  }
}

/** Four rows at a time, so that one is looked up while others wait; without branches, which no processor could foresee here. */
function addTree(
  depth: i32,
  features: usize,
  turns: usize,
  leaves: usize,
  codes: usize,
  width: usize,
  nRows: i32,
  scores: usize,
  stride: usize,
): void {
  const first = leaves - (((<usize>1 << depth) - 1) << 3);
  let row = 0;
  for (; row + 3 < nRows; row += 4) {
    const second = codes + width;
    const third = second + width;
    const fourth = third + width;
    let a: usize = 0;
    let b: usize = 0;
    let c: usize = 0;
    let d: usize = 0;
    for (let level = 0; level < depth; level++) {
      a = childOf(a, features, turns, codes);
      b = childOf(b, features, turns, second);
      c = childOf(c, features, turns, third);
      d = childOf(d, features, turns, fourth);
    }
    addLeaf(scores, first, a);
    addLeaf(scores + stride, first, b);
    addLeaf(scores + 2 * stride, first, c);
    addLeaf(scores + 3 * stride, first, d);
    codes = fourth + width;
    scores += 4 * stride;
  }
  for (; row < nRows; row++) {
    let node: usize = 0;
    for (let level = 0; level < depth; level++) node = childOf(node, features, turns, codes);
    addLeaf(scores, first, node);
    codes += width;
    scores += stride;
  }
}

/** Where a row goes from a split. */
@inline
function childOf(node: usize, features: usize, turns: usize, codes: usize): usize {
  const code = <usize>load<u8>(codes + <usize>load<u16>(features + (node << 1)));
  return 2 * node + 1 + <usize>load<u8>(turns + (node << 8) + code);
}

@inline
function addLeaf(score: usize, first: usize, node: usize): void {
  store<f64>(score, load<f64>(score) + load<f64>(first + (node << 3)));
}
