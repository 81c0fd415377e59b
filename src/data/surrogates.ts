import type { Rng } from '../math/rng';
import { findShapes, type Shape } from './identifier-shape';

/**
 * Surrogates for an identifier column: same shape as the source (digits for digits, letters for letters, separators
 * and a common beginning kept; UUIDs become version 4), none equal to a source value in any case of letters, none
 * twice among the first `nRows`. Places of a shape count through a permutation of their whole space, so that
 * uniqueness needs no memory of what was drawn.
 */
export class SurrogateSource {
  private readonly streams: readonly SurrogateStream[];
  private readonly cumulative: readonly number[];

  constructor(
    texts: readonly string[],
    nRows: number,
    private readonly rng: Rng,
  ) {
    const taken = new Set(texts.map((text) => text.toLowerCase()));
    const shapes = findShapes(texts, nRows);
    this.streams = shapes.map((shape, i) => new SurrogateStream(shape, taken, rng.fork(`shape/${i}`)));
    let sum = 0;
    this.cumulative = shapes.map((shape) => (sum += shape.weight));
  }

  next(): string {
    const stream = this.streams[this.rng.pick(this.cumulative)];
    if (stream === undefined) throw new RangeError('no shape to draw a surrogate from');
    return stream.next();
  }
}

/** Counting places beyond which more would not fit an exact integer. */
const MAX_SPACE = 2 ** 48;

class SurrogateStream {
  private position = 0n;
  private readonly space: bigint;
  private readonly step: bigint;
  private readonly offset: bigint;
  /** Places (from the right) that count; those before them are drawn at random. */
  private readonly firstCounting: number;

  constructor(
    private readonly shape: Shape,
    private readonly taken: ReadonlySet<string>,
    private readonly rng: Rng,
  ) {
    let space = 1;
    let first = shape.places.length;
    while (first > 0) {
      const larger = space * (shape.places[first - 1]?.length ?? 1);
      if (larger > MAX_SPACE) break;
      space = larger;
      first--;
    }
    this.firstCounting = first;
    this.space = BigInt(space);
    this.offset = drawBelow(this.space, rng);
    this.step = drawStep(this.space, rng);
  }

  next(): string {
    for (;;) {
      if (this.position >= this.space) throw new RangeError('a surrogate space ran out');
      const text = this.spell((this.position++ * this.step + this.offset) % this.space);
      if (!this.taken.has(text.toLowerCase())) return text;
    }
  }

  private spell(index: bigint): string {
    const { places } = this.shape;
    const chars = new Array<string>(places.length);
    let rest = Number(index);
    for (let i = places.length - 1; i >= 0; i--) {
      const alphabet = places[i] ?? '';
      if (i < this.firstCounting) {
        chars[i] = alphabet[this.rng.int(alphabet.length)] ?? '';
        continue;
      }
      chars[i] = alphabet[rest % alphabet.length] ?? '';
      rest = Math.floor(rest / alphabet.length);
    }
    return chars.join('');
  }
}

/** A step prime to the space: index → offset + step · index (mod space) then visits every place once. */
function drawStep(space: bigint, rng: Rng): bigint {
  if (space <= 2n) return 1n;
  for (;;) {
    const step = 1n + drawBelow(space - 1n, rng);
    if (greatestCommonDivisor(step, space) === 1n) return step;
  }
}

/** Uniform to within 2⁻¹⁶ over spaces of at most 2⁴⁸: 64 random bits, since fewer would share factors with the space. */
function drawBelow(limit: bigint, rng: Rng): bigint {
  return ((BigInt(rng.uint32()) << 32n) | BigInt(rng.uint32())) % limit;
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  while (b !== 0n) [a, b] = [b, a % b];
  return a;
}
