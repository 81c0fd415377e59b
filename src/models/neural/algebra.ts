import * as tf from '@tensorflow/tfjs-core';
import { sumColumns } from './column-sums';

/**
 * Matrix products with their operands transposed by a kernel of its own. tfjs-wasm multiplies transposed operands ten
 * times slower than plain ones (500 × 256 × 256: 46–78 ms against 3), and a transpose costs 0.2 ms. It also repacks the
 * right operand whenever that is a new tensor (12 ns a number), so the smaller one goes there.
 */

/** aᵀ · b for a [n, p], b [n, q] → [p, q]. */
export function multiplyTransposedLeft(a: tf.Tensor2D, b: tf.Tensor2D): tf.Tensor2D {
  if (a.size * 2 < b.size) return tf.transpose(tf.matMul(tf.transpose(b), a));
  return tf.matMul(tf.transpose(a), b);
}

/** a · bᵀ for a [n, p], b [q, p] → [n, q]. */
export function multiplyTransposedRight(a: tf.Tensor2D, b: tf.Tensor2D): tf.Tensor2D {
  if (a.size * 2 < b.size) return tf.transpose(tf.matMul(b, tf.transpose(a)));
  return tf.matMul(a, tf.transpose(b));
}

/** x · w + b, then relu when asked: one fused kernel. */
export function dense(
  x: tf.Tensor2D,
  weight: tf.Tensor,
  bias: tf.Tensor,
  activation: 'linear' | 'relu' = 'linear',
): tf.Tensor2D {
  return tf.fused.matMul({ a: x, b: weight as tf.Tensor2D, bias, activation }) as tf.Tensor2D;
}

export interface DenseGradient {
  readonly weight: tf.Tensor2D;
  readonly bias: tf.Tensor2D;
}

/** Gradients of a dense layer's weight and bias from its input and the gradient of its output before activation. */
export function denseGradient(x: tf.Tensor2D, output: tf.Tensor2D): DenseGradient {
  return { weight: multiplyTransposedLeft(x, output), bias: sumColumns(output) };
}

/** Gradient through a relu, from its output. */
export function reluGradient(output: tf.Tensor2D, gradient: tf.Tensor2D): tf.Tensor2D {
  return tf.mul(gradient, tf.step(output)) as tf.Tensor2D;
}
