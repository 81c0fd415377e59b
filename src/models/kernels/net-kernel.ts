/**
 * Where one column's net lies in the memory of a kernel: byte offsets, counts padded to whole vectors of four. The net is
 * h = ReLU(b + sum over parents of a row of T), logits = h W + c; parameters stand as T, W, b, c.
 */
export interface NetPlaces {
  /** Hidden units, padded. */
  readonly hidden: number;
  /** Classes that there are. */
  readonly nKnown: number;
  /** Classes, padded; those of padding have a bias that no weight can lift. */
  readonly classes: number;
  readonly nParents: number;
  /** Two 32-bit offsets a parent: its column of classes (16 bits a row) and its table of {@link InputEntry}. */
  readonly parents: number;
  /** Column of classes that is learnt, drawn or scored, 16 bits a row; {@link nKnown} = not learnt. */
  readonly target: number;
  readonly nParams: number;
  /** How many parameters from the start decay: T and W. */
  readonly nDecayed: number;
  /** Rows of T. */
  readonly nInputRows: number;
  readonly params: number;
  /** Gradients and Adam's two moments; 0 in all when training starts, and unused by a net that only draws. */
  readonly grads: number;
  readonly first: number;
  readonly second: number;
  /** Room for {@link TILE} rows of hidden units, of their gradients and of classes. */
  readonly scratch: number;
}

/**
 * How a class enters a net: the rows of T that are added and their weights. 16 bytes: two 32-bit offsets in floats from the
 * start of the parameters, two 32-bit floats.
 */
export interface InputEntry {
  readonly low: number;
  readonly high: number;
  readonly lowWeight: number;
  readonly highWeight: number;
}

export const ENTRY_BYTES = 16;
/** Rows that go through a net at a time, so that what they need stays in the nearest cache. */
export const TILE = 64;
/** Bias of classes that are never drawn. */
export const NEVER = -1e9;

/** What Adam needs in one step (Kingma & Ba 2015). */
export interface AdamRates {
  /** Learning rate over 1 − β1ᵗ. */
  readonly rate: number;
  /** 1 / (1 − β2ᵗ). */
  readonly unbias: number;
  /** Weight decay, added to the gradient. */
  readonly decay: number;
}

export const BETA1 = 0.9;
export const BETA2 = 0.99;
export const EPSILON = 1e-8;

/** Memory and the four things that are done with a net in it. Offsets are in bytes and multiples of 16. */
export interface NetKernel {
  readonly name: 'simd' | 'plain';
  /** The memory as it is now: it is another object after {@link grow}. */
  buffer(): ArrayBuffer;
  /** Makes the memory at least that large, keeping what it holds. */
  grow(nBytes: number): void;
  /** One step of gradient descent on the rows numbered at `rows` (32 bits each); answers the sum of their cross-entropies in nats. */
  step(net: NetPlaces, rows: number, nRows: number, rates: AdamRates): number;
  /** Draws the target of rows 0 … n−1 by one uniform each (32-bit floats at `uniforms`) and writes it to the target column. */
  draw(net: NetPlaces, nRows: number, uniforms: number): void;
  /** Writes the log-probability of the target of rows 0 … n−1 as 32-bit floats at `out`; 0 where it is unknown. */
  score(net: NetPlaces, nRows: number, out: number): void;
}

/** A count padded to whole vectors. */
export function pad(n: number): number {
  return (n + 3) & ~3;
}

/** Bytes of {@link NetPlaces.scratch}. */
export function scratchBytes(hidden: number, classes: number): number {
  return 4 * TILE * (2 * hidden + classes);
}
