/**
 * Named, forkable random streams.
 *
 * A stream is a key (text) and a position. Forks derive from the key alone, so drawing from a stream never moves
 * another one and a new fork leaves all existing ones as they were. Generator: xoshiro128** (Blackman & Vigna 2021,
 * "Scrambled linear pseudorandom number generators"), seeded by four finalised FNV-1a hashes of the key.
 * Not for differential-privacy noise: that must come from the browser's cryptographic source.
 */
export interface RngState {
  readonly key: string;
  /** Four 32-bit words of xoshiro128** state. */
  readonly words: readonly [number, number, number, number];
  /** Second value of the last normal pair, NaN when none is waiting. */
  readonly spare: number;
}

export class Rng {
  private a = 0;
  private b = 0;
  private c = 0;
  private d = 0;
  private spare = NaN;

  private constructor(private readonly key: string) {}

  /** A root stream. `seed` is any text or number; equal seeds give equal streams. */
  static fromSeed(seed: string | number): Rng {
    const rng = new Rng(`${seed}`);
    [rng.a, rng.b, rng.c, rng.d] = [
      seedWord(rng.key, 0x811c9dc5),
      seedWord(rng.key, 0x9e3779b9),
      seedWord(rng.key, 0x85ebca6b),
      seedWord(rng.key, 0xc2b2ae35),
    ];
    return rng;
  }

  /** Continues a saved stream exactly where it stood. */
  static restore(state: RngState): Rng {
    const rng = new Rng(state.key);
    [rng.a, rng.b, rng.c, rng.d] = state.words;
    rng.spare = state.spare;
    return rng;
  }

  /** An independent stream named below this one, e.g. `rng.fork('init/critic')`. Does not advance this stream. */
  fork(name: string): Rng {
    return Rng.fromSeed(`${this.key}/${name}`);
  }

  save(): RngState {
    return { key: this.key, words: [this.a, this.b, this.c, this.d], spare: this.spare };
  }

  /** Uniform integer in [0, 2³²). */
  uint32(): number {
    const scrambled = Math.imul(rotateLeft(Math.imul(this.b, 5), 7), 9) >>> 0;
    const t = this.b << 9;
    this.c ^= this.a;
    this.d ^= this.b;
    this.b ^= this.c;
    this.a ^= this.d;
    this.c ^= t;
    this.d = rotateLeft(this.d, 11);
    return scrambled;
  }

  /** Uniform in [0, 1) with 32 random bits. */
  float(): number {
    return this.uint32() * 2 ** -32;
  }

  /** Uniform in (0, 1): never 0, so that logarithms of it are finite. */
  open(): number {
    return (this.uint32() + 0.5) * 2 ** -32;
  }

  /** Uniform integer in [0, n), unbiased (rejection). Throws RangeError unless 1 ≤ n ≤ 2³². */
  int(n: number): number {
    if (!(n >= 1 && n <= 2 ** 32)) throw new RangeError(`Rng.int needs 1 ≤ n ≤ 2^32, got ${n}`);
    let x = this.uint32();
    // What is over a multiple of n is less than n: below that no limit has to be worked out.
    if (x >= 2 ** 32 - n) {
      const limit = 2 ** 32 - (2 ** 32 % n);
      while (x >= limit) x = this.uint32();
    }
    return x % n;
  }

  /** Standard normal (Marsaglia's polar method). */
  normal(): number {
    if (!Number.isNaN(this.spare)) {
      const value = this.spare;
      this.spare = NaN;
      return value;
    }
    for (;;) {
      const u = this.uint32() * 2 ** -31 - 1;
      const v = this.uint32() * 2 ** -31 - 1;
      const s = u * u + v * v;
      if (s >= 1 || s === 0) continue;
      const scale = Math.sqrt((-2 * Math.log(s)) / s);
      this.spare = v * scale;
      return u * scale;
    }
  }

  /** Fills `out` with standard normals. */
  fillNormal(out: Float32Array | Float64Array): void {
    for (let i = 0; i < out.length; i++) out[i] = this.normal();
  }

  /** Fills `out` with uniforms in (0, 1). */
  fillOpen(out: Float32Array | Float64Array): void {
    for (let i = 0; i < out.length; i++) out[i] = this.open();
  }

  /** Shuffles in place (Fisher–Yates). */
  shuffle<T extends Uint32Array | Int32Array | Float64Array | unknown[]>(items: T): T {
    const list = items as unknown[];
    for (let i = list.length - 1; i > 0; i--) {
      const j = this.int(i + 1);
      const held = list[i];
      list[i] = list[j];
      list[j] = held;
    }
    return items;
  }

  /** A random order of 0 … n−1. */
  permutation(n: number): Uint32Array {
    const order = new Uint32Array(n);
    for (let i = 0; i < n; i++) order[i] = i;
    // As shuffle, but on numbers alone, which is several times as fast.
    for (let i = n - 1; i > 0; i--) {
      const j = this.int(i + 1);
      const held = order[i] ?? 0;
      order[i] = order[j] ?? 0;
      order[j] = held;
    }
    return order;
  }

  /** Index drawn with probability proportional to steps of `cumulative` (non-decreasing, last value the total). */
  pick(cumulative: ArrayLike<number>): number {
    const total = cumulative[cumulative.length - 1] ?? 0;
    if (!(total > 0)) throw new RangeError('Rng.pick needs a positive total weight');
    const target = this.float() * total;
    let low = 0;
    let high = cumulative.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((cumulative[middle] ?? 0) > target) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

function rotateLeft(x: number, k: number): number {
  return (x << k) | (x >>> (32 - k));
}

/** One 32-bit word of seed: FNV-1a over UTF-16 code units from the given basis, then a splitmix32 finaliser. */
function seedWord(text: string, basis: number): number {
  let hash = basis;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x21f0aaad);
  hash = Math.imul(hash ^ (hash >>> 15), 0x735a2d97);
  return hash ^ (hash >>> 15);
}
