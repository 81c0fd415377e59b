import * as tf from '@tensorflow/tfjs-core';
import { backwardDecoder, backwardEncoder, decode, encode, type TvaeKey } from './tvae-network';
import { drawLatent, latentGradient, reconstruct } from './tvae-loss';
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
  const drawn = drawLatent(encoder.code, batch.noise);
  const decoder = decode(drawn.latent, p);
  const { rows, alphaMask } = batch;
  const reconstruction = reconstruct(
    { rows, alphaMask, logits: decoder.logits, freeSigma: p.freeSigma },
    activation,
    factor,
    watch,
  );
  const back = backwardDecoder(drawn.latent, decoder, reconstruction.logitGradient, p);
  const prior = latentGradient(encoder.code, drawn, back.latent, watch);
  return {
    gradients: {
      ...backwardEncoder(rows, encoder, prior.code, p),
      ...back.gradients,
      freeSigma: reconstruction.sigmaGradient,
    },
    losses:
      reconstruction.loss === null || prior.loss === null
        ? null
        : (tf.stack([reconstruction.loss, prior.loss]) as tf.Tensor1D),
  };
}
