import type * as tf from '@tensorflow/tfjs-core';
import { dense, denseGradient, multiplyTransposedRight, reluGradient } from './algebra';
import { layOutParameters, type ParameterLayout, type Parameters } from './parameters';

/** Sizes of a tabular variational autoencoder; encoder and decoder have two hidden layers of the same widths. */
export interface TvaeSizes {
  readonly width: number;
  readonly nAlpha: number;
  readonly latentSize: number;
  readonly hidden: readonly [number, number];
}

export type DecoderKey = `${'dec1' | 'dec2' | 'row'}/${'w' | 'b'}` | 'freeSigma';
export type TvaeKey = `${'enc1' | 'enc2' | 'code'}/${'w' | 'b'}` | DecoderKey;

export function layOutDecoder({ width, nAlpha, latentSize, hidden }: TvaeSizes): ParameterLayout<DecoderKey> {
  const [first, second] = hidden;
  return layOutParameters<DecoderKey>({
    'dec1/w': [latentSize, second],
    'dec1/b': [second],
    'dec2/w': [second, first],
    'dec2/b': [first],
    'row/w': [first, width],
    'row/b': [width],
    freeSigma: [Math.max(nAlpha, 1)],
  });
}

/** Encoder first, so that the decoder is the end of the vector. */
export function layOutTvae(sizes: TvaeSizes): ParameterLayout<TvaeKey> {
  const { width, nAlpha, latentSize, hidden } = sizes;
  const [first, second] = hidden;
  return layOutParameters<TvaeKey>({
    'enc1/w': [width, first],
    'enc1/b': [first],
    'enc2/w': [first, second],
    'enc2/b': [second],
    'code/w': [second, 2 * latentSize],
    'code/b': [2 * latentSize],
    'dec1/w': [latentSize, second],
    'dec1/b': [second],
    'dec2/w': [second, first],
    'dec2/b': [first],
    'row/w': [first, width],
    'row/b': [width],
    freeSigma: [Math.max(nAlpha, 1)],
  });
}

export interface DecoderPass {
  readonly h1: tf.Tensor2D;
  readonly h2: tf.Tensor2D;
  /** [n, width] */
  readonly logits: tf.Tensor2D;
}

/** latent [n, latentSize] → row logits. */
export function decode(latent: tf.Tensor2D, p: Parameters<DecoderKey>): DecoderPass {
  const h1 = dense(latent, p['dec1/w'], p['dec1/b'], 'relu');
  const h2 = dense(h1, p['dec2/w'], p['dec2/b'], 'relu');
  return { h1, h2, logits: dense(h2, p['row/w'], p['row/b']) };
}

export interface EncoderPass {
  readonly h1: tf.Tensor2D;
  readonly h2: tf.Tensor2D;
  /** Mean, then log variance of the latent code: [n, 2 · latentSize]. */
  readonly code: tf.Tensor2D;
}

/** rows [n, width] → the distribution of the latent code. */
export function encode(rows: tf.Tensor2D, p: Parameters<TvaeKey>): EncoderPass {
  const h1 = dense(rows, p['enc1/w'], p['enc1/b'], 'relu');
  const h2 = dense(h1, p['enc2/w'], p['enc2/b'], 'relu');
  return { h1, h2, code: dense(h2, p['code/w'], p['code/b']) };
}

/** Gradients of the decoder, and of the latent code, from the gradient of the logits. */
export function backwardDecoder(
  latent: tf.Tensor2D,
  pass: DecoderPass,
  logits: tf.Tensor2D,
  p: Parameters<DecoderKey>,
) {
  const row = denseGradient(pass.h2, logits);
  const h2 = reluGradient(pass.h2, multiplyTransposedRight(logits, p['row/w'] as tf.Tensor2D));
  const dec2 = denseGradient(pass.h1, h2);
  const h1 = reluGradient(pass.h1, multiplyTransposedRight(h2, p['dec2/w'] as tf.Tensor2D));
  const dec1 = denseGradient(latent, h1);
  return {
    latent: multiplyTransposedRight(h1, p['dec1/w'] as tf.Tensor2D),
    gradients: {
      'dec1/w': dec1.weight,
      'dec1/b': dec1.bias,
      'dec2/w': dec2.weight,
      'dec2/b': dec2.bias,
      'row/w': row.weight,
      'row/b': row.bias,
    },
  };
}

/** Gradients of the encoder from the gradient of [mean, log variance]. */
export function backwardEncoder(
  rows: tf.Tensor2D,
  pass: EncoderPass,
  code: tf.Tensor2D,
  p: Parameters<TvaeKey>,
) {
  const last = denseGradient(pass.h2, code);
  const h2 = reluGradient(pass.h2, multiplyTransposedRight(code, p['code/w'] as tf.Tensor2D));
  const enc2 = denseGradient(pass.h1, h2);
  const h1 = reluGradient(pass.h1, multiplyTransposedRight(h2, p['enc2/w'] as tf.Tensor2D));
  const enc1 = denseGradient(rows, h1);
  return {
    'enc1/w': enc1.weight,
    'enc1/b': enc1.bias,
    'enc2/w': enc2.weight,
    'enc2/b': enc2.bias,
    'code/w': last.weight,
    'code/b': last.bias,
  };
}
