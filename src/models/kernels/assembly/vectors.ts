// What the kernel does with vectors of numbers in memory, four at a time; it knows nothing of nets.

/** Below it an exponential is 0. */
const LEAST: f32 = -87;
/** 1.5 × 2²³: a 32-bit float of that size has no fractions. */
const ROUNDING: f32 = 12582912;

/**
 * Adds A B to C. C has `m` rows (whole fours) of `n` numbers (whole fours), `cRow` bytes apart; A's numbers lie `aRow` bytes
 * apart along rows of C and `aInner` along the sum; B's rows lie `bRow` bytes apart.
 */
export function multiplyAdd(
  c: usize,
  cRow: usize,
  a: usize,
  aRow: usize,
  aInner: usize,
  m: i32,
  b: usize,
  bRow: usize,
  inner: i32,
  n: i32,
): void {
  const bytes = <usize>n << 2;
  for (let i = 0; i < m; i += 4) {
    const a0 = a + <usize>i * aRow;
    const c0 = c + <usize>i * cRow;
    let j: usize = 0;
    for (; j + 32 <= bytes; j += 32) addTile8(c0 + j, cRow, a0, aRow, aInner, b + j, bRow, inner);
    if (j < bytes) addTile4(c0 + j, cRow, a0, aRow, aInner, b + j, bRow, inner);
  }
}

/** Four rows of eight numbers, all in registers. */
@inline
function addTile8(
  c0: usize,
  cRow: usize,
  a: usize,
  aRow: usize,
  aInner: usize,
  b: usize,
  bRow: usize,
  inner: i32,
): void {
  const c1 = c0 + cRow;
  const c2 = c1 + cRow;
  const c3 = c2 + cRow;
  let s00 = v128.load(c0);
  let s01 = v128.load(c0, 16);
  let s10 = v128.load(c1);
  let s11 = v128.load(c1, 16);
  let s20 = v128.load(c2);
  let s21 = v128.load(c2, 16);
  let s30 = v128.load(c3);
  let s31 = v128.load(c3, 16);
  let a0 = a;
  let a1 = a0 + aRow;
  let a2 = a1 + aRow;
  let a3 = a2 + aRow;
  for (let k = 0; k < inner; k++) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    const x0 = v128.load32_splat(a0);
    s00 = f32x4.add(s00, f32x4.mul(x0, b0));
    s01 = f32x4.add(s01, f32x4.mul(x0, b1));
    const x1 = v128.load32_splat(a1);
    s10 = f32x4.add(s10, f32x4.mul(x1, b0));
    s11 = f32x4.add(s11, f32x4.mul(x1, b1));
    const x2 = v128.load32_splat(a2);
    s20 = f32x4.add(s20, f32x4.mul(x2, b0));
    s21 = f32x4.add(s21, f32x4.mul(x2, b1));
    const x3 = v128.load32_splat(a3);
    s30 = f32x4.add(s30, f32x4.mul(x3, b0));
    s31 = f32x4.add(s31, f32x4.mul(x3, b1));
    b += bRow;
    a0 += aInner;
    a1 += aInner;
    a2 += aInner;
    a3 += aInner;
  }
  v128.store(c0, s00);
  v128.store(c0, s01, 16);
  v128.store(c1, s10);
  v128.store(c1, s11, 16);
  v128.store(c2, s20);
  v128.store(c2, s21, 16);
  v128.store(c3, s30);
  v128.store(c3, s31, 16);
}

/** Four rows of four numbers. */
@inline
function addTile4(
  c0: usize,
  cRow: usize,
  a: usize,
  aRow: usize,
  aInner: usize,
  b: usize,
  bRow: usize,
  inner: i32,
): void {
  let s0 = v128.load(c0);
  let s1 = v128.load(c0 + cRow);
  let s2 = v128.load(c0 + 2 * cRow);
  let s3 = v128.load(c0 + 3 * cRow);
  for (let k = 0; k < inner; k++) {
    const b0 = v128.load(b);
    s0 = f32x4.add(s0, f32x4.mul(v128.load32_splat(a), b0));
    s1 = f32x4.add(s1, f32x4.mul(v128.load32_splat(a + aRow), b0));
    s2 = f32x4.add(s2, f32x4.mul(v128.load32_splat(a + 2 * aRow), b0));
    s3 = f32x4.add(s3, f32x4.mul(v128.load32_splat(a + 3 * aRow), b0));
    b += bRow;
    a += aInner;
  }
  v128.store(c0, s0);
  v128.store(c0 + cRow, s1);
  v128.store(c0 + 2 * cRow, s2);
  v128.store(c0 + 3 * cRow, s3);
}

@inline
export function sumLanes(v: v128): f32 {
  const pairs = f32x4.add(v, v128.shuffle<i32>(v, v, 2, 3, 0, 1));
  return f32x4.extract_lane(pairs, 0) + f32x4.extract_lane(pairs, 1);
}

/**
 * e to each of four powers of at most 0, to about 1e-7 (Cephes: x = n ln 2 + r, a polynomial of r, n put into the exponent).
 * A number added that leaves no room for fractions rounds to n and leaves n in the lowest bits.
 */
@inline
export function exp4(x: v128): v128 {
  const isLive = f32x4.ge(x, f32x4.splat(LEAST));
  const held = f32x4.pmax(x, f32x4.splat(LEAST));
  const marked = f32x4.add(f32x4.mul(held, f32x4.splat(1.4426950408889634)), f32x4.splat(ROUNDING));
  const n = f32x4.sub(marked, f32x4.splat(ROUNDING));
  let r = f32x4.sub(held, f32x4.mul(n, f32x4.splat(0.693359375)));
  r = f32x4.add(r, f32x4.mul(n, f32x4.splat(2.12194440e-4)));
  let p = f32x4.splat(1.9875691500e-4);
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.3981999507e-3));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(8.3334519073e-3));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(4.1665795894e-2));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.6666665459e-1));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(5.0000001201e-1));
  p = f32x4.add(f32x4.add(f32x4.mul(f32x4.mul(p, r), r), r), f32x4.splat(1));
  return v128.and(i32x4.add(p, i32x4.shl(marked, 23)), isLive);
}

/** The sums of the lanes of four vectors, side by side. */
@inline
export function sumFour(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = f32x4.add(v128.shuffle<i32>(a, b, 0, 4, 1, 5), v128.shuffle<i32>(a, b, 2, 6, 3, 7));
  const cd = f32x4.add(v128.shuffle<i32>(c, d, 0, 4, 1, 5), v128.shuffle<i32>(c, d, 2, 6, 3, 7));
  return f32x4.add(v128.shuffle<i32>(ab, cd, 0, 1, 4, 5), v128.shuffle<i32>(ab, cd, 2, 3, 6, 7));
}

@inline
export function addScaled(out: usize, from: usize, bytes: usize, factor: f32): void {
  const factors = f32x4.splat(factor);
  for (let k: usize = 0; k < bytes; k += 16)
    v128.store(out + k, f32x4.add(v128.load(out + k), f32x4.mul(factors, v128.load(from + k))));
}

/** The largest of n numbers, whole fours. */
export function largest(logit: usize, n: i32): f32 {
  const end = logit + (<usize>n << 2);
  let most = v128.load(logit);
  for (let at = logit + 16; at < end; at += 16) most = f32x4.pmax(most, v128.load(at));
  const pairs = f32x4.pmax(most, v128.shuffle<i32>(most, most, 2, 3, 0, 1));
  return max(f32x4.extract_lane(pairs, 0), f32x4.extract_lane(pairs, 1));
}

/** Turns the logits of a row into exponentials of what they are above `most`; answers their sum. */
export function exponentiate(logit: usize, n: i32, most: f32): f32 {
  const end = logit + (<usize>n << 2);
  const shift = f32x4.splat(most);
  let sum = f32x4.splat(0);
  let at = logit;
  for (; at + 32 <= end; at += 32) {
    const one = exp4(f32x4.sub(v128.load(at), shift));
    const two = exp4(f32x4.sub(v128.load(at, 16), shift));
    v128.store(at, one);
    v128.store(at, two, 16);
    sum = f32x4.add(f32x4.add(sum, one), two);
  }
  for (; at < end; at += 16) {
    const value = exp4(f32x4.sub(v128.load(at), shift));
    v128.store(at, value);
    sum = f32x4.add(sum, value);
  }
  return sumLanes(sum);
}

/** First of n weights up to which their sum is above `left`; the last that can be drawn where rounding leaves none. */
export function pick(logit: usize, n: i32, left: f32): i32 {
  let c = 0;
  for (; c + 16 <= n; c += 16) {
    const at = logit + (<usize>c << 2);
    const low = f32x4.add(v128.load(at), v128.load(at, 16));
    const sixteen = sumLanes(f32x4.add(low, f32x4.add(v128.load(at, 32), v128.load(at, 48))));
    if (left < sixteen) break;
    left -= sixteen;
  }
  for (; c < n; c++) {
    const weight = load<f32>(logit + (<usize>c << 2));
    if (left < weight) return c;
    left -= weight;
  }
  do c--;
  while (c > 0 && load<f32>(logit + (<usize>c << 2)) <= 0);
  return c;
}

export function scaleRow(logit: usize, n: i32, factor: f32): void {
  const end = logit + (<usize>n << 2);
  const factors = f32x4.splat(factor);
  for (let at = logit; at < end; at += 16) v128.store(at, f32x4.mul(v128.load(at), factors));
}
