import * as tf from '@tensorflow/tfjs-core';
import type { Rng } from '../../math/rng';
import { hasHostKernel, runHostKernel } from './host-memory';
import { UNPACK_VECTOR, type VectorPiece } from './unpack-kernel';

/**
 * All weights of a network lie in one vector: the optimiser updates it in a dozen kernels whatever the number of
 * layers, and a checkpoint is three arrays. Layers see slices of it.
 */
export interface ParameterLayout<K extends string> {
  readonly names: readonly K[];
  readonly pieces: readonly VectorPiece[];
  readonly size: number;
}

/** [inputs, outputs] of a weight matrix or [n] of a bias. */
export type ParameterShape = readonly [number, number] | readonly [number];

export type Parameters<K extends string> = Readonly<Record<K, tf.Tensor>>;

export function layOutParameters<K extends string>(
  shapes: Readonly<Record<K, ParameterShape>>,
): ParameterLayout<K> {
  const names = Object.keys(shapes) as K[];
  const pieces: VectorPiece[] = [];
  let offset = 0;
  for (const name of names) {
    const shape = shapes[name];
    pieces.push({ offset, shape });
    offset += sizeOf(shape);
  }
  return { names, pieces, size: offset };
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, n) => product * n, 1);
}

/** One tensor a parameter. The caller disposes of them (a surrounding tidy does). */
export function unpackParameters<K extends string>(
  vector: tf.Tensor1D,
  layout: ParameterLayout<K>,
): Parameters<K> {
  const tensors = hasHostKernel(UNPACK_VECTOR.name)
    ? runHostKernel(UNPACK_VECTOR, { vector }, { pieces: layout.pieces })
    : layout.pieces.map((piece) =>
        tf.reshape(tf.slice1d(vector, piece.offset, sizeOf(piece.shape)), [...piece.shape]),
      );
  return Object.fromEntries(layout.names.map((name, i) => [name, tensors[i]])) as Record<K, tf.Tensor>;
}

/** Gradients of every parameter as one vector in the layout's order. */
export function packGradients<K extends string>(
  gradients: Parameters<K>,
  layout: ParameterLayout<K>,
): tf.Tensor1D {
  return tf.concat1d(layout.names.map((name) => tf.reshape(gradients[name], [-1]) as tf.Tensor1D));
}

/** Adds numbers to one parameter of a vector, in place. */
export function addToPiece<K extends string>(
  vector: Float32Array,
  layout: ParameterLayout<K>,
  name: K,
  values: ArrayLike<number>,
): void {
  const from = layout.pieces[layout.names.indexOf(name)]?.offset ?? NaN;
  for (let i = 0; i < values.length; i++) vector[from + i] = (vector[from + i] ?? 0) + (values[i] ?? 0);
}

/**
 * Start values: weights uniform in ± 1/√inputs and biases the same by the weight before them (the convention of the
 * libraries the recipes were tuned in), `overrides` as given.
 */
export function startParameters<K extends string>(
  layout: ParameterLayout<K>,
  overrides: Readonly<Partial<Record<K, number>>>,
  rng: Rng,
): Float32Array {
  const values = new Float32Array(layout.size);
  let bound = 0;
  layout.names.forEach((name, i) => {
    const piece = layout.pieces[i];
    if (piece === undefined) return;
    const [inputs, outputs] = piece.shape;
    if (inputs !== undefined && outputs !== undefined) bound = 1 / Math.sqrt(inputs);
    const target = values.subarray(piece.offset, piece.offset + sizeOf(piece.shape));
    const constant = overrides[name];
    if (constant !== undefined) target.fill(constant);
    else {
      const stream = rng.fork(name);
      for (let j = 0; j < target.length; j++) target[j] = (2 * stream.open() - 1) * bound;
    }
  });
  return values;
}
