import * as tf from '@tensorflow/tfjs-core';
import { backwardDecoder, backwardEncoder, decode, encode, type TvaeKey } from './tvae-network';
import { divergeFromPrior, reconstruct } from './tvae-loss';
import type { Parameters } from './parameters';
import type { RowActivation } from './row-activation';

export interface TvaeBatch {
  /** [n, width] */
  readonly rows: tf.Tensor2D;
  /** [n, nAlpha]; null when the encoding has no positions. */
  readonly alphaMask: tf.Tensor2D | null;
  /** Standard normals [n, latentSize]. */
  readonly noise: tf.Tensor2D;
}

export interface TvaeGradients {
  readonly gradients: Parameters<TvaeKey>;
  /** [reconstruction, KL]; null unless watched. */
  readonly losses: tf.Tensor1D | null;
}

/**
 * Loss and gradients of one batch (TVAE, Xu et al. 2019, section 4.3): factor × reconstruction + KL, both means over
 * rows. Gradients are written out, layer by layer: half the kernels of a tape, and no second pass over them.
 */
export function computeTvaeGradients(
  batch: TvaeBatch,
  p: Parameters<TvaeKey>,
  activation: RowActivation,
  factor: number,
  watch: boolean,
): TvaeGradients {
  const encoder = encode(batch.rows, p);
  const sd = tf.exp(tf.mul(encoder.logVariance, 0.5));
  const spread = tf.mul(batch.noise, sd);
  const latent = tf.add(encoder.mean, spread) as tf.Tensor2D;
  const decoder = decode(latent, p);
  const reconstruction = reconstruct(
    batch.rows,
    batch.alphaMask,
    decoder.logits,
    p.freeSigma,
    activation,
    factor,
    watch,
  );
  const back = backwardDecoder(latent, decoder, reconstruction.logitGradient, p);
  const prior = divergeFromPrior(encoder, watch);
  const meanGradient = tf.add(back.latent, prior.meanGradient) as tf.Tensor2D;
  const logVarianceGradient = tf.add(
    tf.mul(tf.mul(back.latent, spread), 0.5),
    prior.logVarianceGradient,
  ) as tf.Tensor2D;
  const code = tf.concat2d([meanGradient, logVarianceGradient], 1);
  return {
    gradients: {
      ...backwardEncoder(batch.rows, encoder, code, p),
      ...back.gradients,
      freeSigma: reconstruction.sigmaGradient,
    },
    losses:
      reconstruction.loss === null || prior.loss === null
        ? null
        : (tf.stack([reconstruction.loss, prior.loss]) as tf.Tensor1D),
  };
}
