import * as tf from '@tensorflow/tfjs-core';
import { backwardDecoder, backwardEncoder, decode, encode, type TvaeKey } from './tvae-network';
import { drawLatent, latentGradient, reconstruct } from './tvae-loss';
import type { PairTarget } from './pair-target';
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

/** What the networks are trained towards. */
export interface TvaeAims {
  readonly activation: RowActivation;
  /** Weight of the reconstruction. */
  readonly factor: number;
  /** Two-way margins that rows drawn from the prior are pulled towards; null without. */
  readonly pairs: TvaePairs | null;
}

export interface TvaePairs {
  readonly target: PairTarget;
  readonly weight: number;
  /** Standard normals [n, latentSize]. */
  readonly noise: tf.Tensor2D;
}

export interface TvaeGradients {
  readonly gradients: Parameters<TvaeKey>;
  /** [reconstruction, KL, and pairs where they are aimed at]; null unless watched. */
  readonly losses: tf.Tensor1D | null;
}

/**
 * Loss and gradients of one batch (TVAE, Xu et al. 2019, section 4.3): factor × reconstruction + KL, both means over
 * rows, and where asked for the distance of rows from the prior from train's two-way margins. Gradients are written out,
 * layer by layer: half the kernels of a tape, and no second pass over them.
 */
export function computeTvaeGradients(
  batch: TvaeBatch,
  p: Parameters<TvaeKey>,
  { activation, factor, pairs }: TvaeAims,
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
  const pulled = pairs === null ? null : pullDecoder(pairs, p, activation, watch);
  const decoderGradients = pulled === null ? back.gradients : addGradients(back.gradients, pulled.gradients);
  return {
    gradients: {
      ...backwardEncoder(rows, encoder, prior.code, p),
      ...decoderGradients,
      freeSigma: reconstruction.sigmaGradient,
    },
    losses: stackLosses([reconstruction.loss, prior.loss, pulled?.loss ?? null]),
  };
}

/** Those losses that were watched, as one vector; null when none was. */
function stackLosses(losses: readonly (tf.Scalar | null)[]): tf.Tensor1D | null {
  const watched = losses.filter((loss) => loss !== null);
  return watched.length === 0 ? null : (tf.stack(watched) as tf.Tensor1D);
}

/** Gradients of the decoder's weights that draw rows from the prior towards pairs. */
function pullDecoder(
  { target, weight, noise }: TvaePairs,
  p: Parameters<TvaeKey>,
  activation: RowActivation,
  watch: boolean,
) {
  const pass = decode(noise, p);
  const shares = activation.activate(pass.logits);
  const { gradient, loss } = target.pull(shares, weight, watch);
  const { gradients } = backwardDecoder(noise, pass, activation.backward(shares, gradient), p);
  return { gradients, loss };
}

function addGradients<K extends string>(a: Parameters<K>, b: Parameters<K>): Parameters<K> {
  const names = Object.keys(a) as K[];
  return Object.fromEntries(names.map((name) => [name, tf.add(a[name], b[name])])) as Record<K, tf.Tensor>;
}
