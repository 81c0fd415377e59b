import * as tf from '@tensorflow/tfjs-core';
import { sumColumns } from './column-sums';
import { hasHostKernel, runHostKernel } from './host-memory';
import type { RowActivation } from './row-activation';
import { DRAW_LATENT, DRAW_LATENT_GRADIENT, MIN_LOG_SIGMA, RECONSTRUCT_ROWS } from './tvae-kernels';

/** σ in (0.01, 1) from a free number; 0 gives 0.1. */
export function boundSigma(free: tf.Tensor): tf.Tensor {
  return tf.exp(tf.mul(tf.sub(1, tf.sigmoid(free)), MIN_LOG_SIGMA));
}

/** Gradient with respect to the free number, from the gradient with respect to log σ. */
function boundSigmaGradient(free: tf.Tensor, logSigmaGradient: tf.Tensor): tf.Tensor {
  const share = tf.sigmoid(free);
  return tf.mul(logSigmaGradient, tf.mul(tf.mul(share, tf.sub(1, share)), -MIN_LOG_SIGMA));
}

export interface ReconstructInput {
  /** [n, width] */
  readonly rows: tf.Tensor2D;
  /** [n, nAlpha]; null when the encoding has no positions. */
  readonly alphaMask: tf.Tensor2D | null;
  /** [n, width] */
  readonly logits: tf.Tensor2D;
  /** [nAlpha], or one number when there are no positions. */
  readonly freeSigma: tf.Tensor;
}

export interface Reconstruction {
  /** [n, width] */
  readonly logitGradient: tf.Tensor2D;
  /** [nAlpha], or a zero when there are no positions. */
  readonly sigmaGradient: tf.Tensor;
  /** Mean over rows; null unless asked for. */
  readonly loss: tf.Scalar | null;
}

/**
 * Reconstruction loss, `factor` × mean over rows of Σ_positions ((x − tanh o)²/(2σ²) + log σ) + Σ_blocks cross-entropy,
 * and its gradients. Positions count only where the row's mode is Gaussian (`alphaMask` [n, nAlpha]).
 */
export function reconstruct(
  batch: ReconstructInput,
  activation: RowActivation,
  factor: number,
  watch: boolean,
): Reconstruction {
  if (!hasHostKernel(RECONSTRUCT_ROWS.name)) return reconstructByTensors(batch, activation, factor, watch);
  const { alphaMask, ...inputs } = batch;
  const attributes = { layout: activation.layout, factor, hasPositions: alphaMask !== null };
  const full = alphaMask === null ? inputs : { ...inputs, alphaMask };
  const [logitGradient, sigmaGradient, loss] = runHostKernel(RECONSTRUCT_ROWS, full, attributes);
  return {
    logitGradient: logitGradient as tf.Tensor2D,
    sigmaGradient: sigmaGradient as tf.Tensor,
    loss: watch ? (tf.reshape(loss as tf.Tensor, []) as tf.Scalar) : null,
  };
}

/** The same as {@link reconstruct}, by tensor operations only. */
export function reconstructByTensors(
  { rows, alphaMask, logits, freeSigma }: ReconstructInput,
  activation: RowActivation,
  factor: number,
  watch: boolean,
): Reconstruction {
  const perRow = factor / rows.shape[0];
  const output = activation.activate(logits);
  const error = tf.mul(tf.sub(output, rows), perRow) as tf.Tensor2D;
  const [positionError, blockError] = activation.split(error);
  const blockLoss = watch ? crossEntropy(rows, output, activation) : null;
  if (positionError === null || alphaMask === null) {
    const loss = blockLoss === null ? null : (tf.mul(blockLoss, perRow) as tf.Scalar);
    return { logitGradient: blockError, sigmaGradient: tf.zerosLike(freeSigma), loss };
  }
  const positions = activation.split(output)[0] as tf.Tensor2D;
  const sigma = boundSigma(freeSigma);
  const masked = tf.mul(positionError, alphaMask);
  const scaled = tf.div(masked, tf.square(sigma));
  const positionGradient = tf.mul(scaled, tf.sub(1, tf.square(positions))) as tf.Tensor2D;
  const squares = tf.div(tf.mul(scaled, positionError), perRow);
  const logSigmaGradient = tf.reshape(
    sumColumns(tf.sub(tf.mul(alphaMask, perRow), squares) as tf.Tensor2D),
    [-1],
  );
  const loss =
    blockLoss === null
      ? null
      : (tf.add(
          tf.mul(blockLoss, perRow),
          tf.add(tf.mul(tf.sum(squares), 0.5), tf.mul(tf.sum(tf.mul(alphaMask, tf.log(sigma))), perRow)),
        ) as tf.Scalar);
  return {
    logitGradient: tf.concat2d([positionGradient, blockError], 1),
    sigmaGradient: boundSigmaGradient(freeSigma, logSigmaGradient),
    loss,
  };
}

function crossEntropy(rows: tf.Tensor2D, output: tf.Tensor2D, activation: RowActivation): tf.Scalar {
  const shares = activation.split(output)[1];
  const target = activation.split(rows)[1];
  return tf.neg(tf.sum(tf.mul(target, tf.log(tf.add(shares, 1e-12))))) as tf.Scalar;
}

/** A latent code a row, and what its gradient needs. */
export interface LatentDraw {
  /** [n, latentSize] */
  readonly latent: tf.Tensor2D;
  readonly sd: tf.Tensor2D;
  /** Standard normals it was drawn with. */
  readonly noise: tf.Tensor2D;
}

/** Draws from N(mean, variance) given as rows of [mean, log variance], with the standard normals given. */
export function drawLatent(code: tf.Tensor2D, noise: tf.Tensor2D): LatentDraw {
  const latentSize = noise.shape[1];
  if (hasHostKernel(DRAW_LATENT.name)) {
    const [latent, sd] = runHostKernel(DRAW_LATENT, { code, noise }, { latentSize });
    return { latent: latent as tf.Tensor2D, sd: sd as tf.Tensor2D, noise };
  }
  return drawLatentByTensors(code, noise);
}

/** The same as {@link drawLatent}, by tensor operations only. */
export function drawLatentByTensors(code: tf.Tensor2D, noise: tf.Tensor2D): LatentDraw {
  const [mean, logVariance] = halves(code);
  const sd = tf.exp(tf.mul(logVariance, 0.5)) as tf.Tensor2D;
  return { latent: tf.add(mean, tf.mul(noise, sd)) as tf.Tensor2D, sd, noise };
}

export interface LatentGradient {
  /** [n, 2 · latentSize] */
  readonly code: tf.Tensor2D;
  /** Divergence from the prior; null unless asked for. */
  readonly loss: tf.Scalar | null;
}

/**
 * Gradient of [mean, log variance] from that of the latent codes and of the KL divergence of N(mean, variance) from
 * N(0, 1), mean over rows; and that divergence.
 */
export function latentGradient(
  code: tf.Tensor2D,
  drawn: LatentDraw,
  gradient: tf.Tensor2D,
  watch: boolean,
): LatentGradient {
  if (hasHostKernel(DRAW_LATENT_GRADIENT.name)) {
    const inputs = { code, sd: drawn.sd, noise: drawn.noise, gradient };
    const [result, loss] = runHostKernel(DRAW_LATENT_GRADIENT, inputs, { latentSize: gradient.shape[1] });
    return {
      code: result as tf.Tensor2D,
      loss: watch ? (tf.reshape(loss as tf.Tensor, []) as tf.Scalar) : null,
    };
  }
  return latentGradientByTensors(code, drawn, gradient, watch);
}

/** The same as {@link latentGradient}, by tensor operations only. */
export function latentGradientByTensors(
  code: tf.Tensor2D,
  { sd, noise }: LatentDraw,
  gradient: tf.Tensor2D,
  watch: boolean,
): LatentGradient {
  const perRow = 1 / code.shape[0];
  const [mean, logVariance] = halves(code);
  const excess = tf.sub(tf.exp(logVariance), 1);
  const meanGradient = tf.add(gradient, tf.mul(mean, perRow)) as tf.Tensor2D;
  const logVarianceGradient = tf.mul(
    tf.add(tf.mul(gradient, tf.mul(noise, sd)), tf.mul(excess, perRow)),
    0.5,
  ) as tf.Tensor2D;
  const divergence = () => tf.sum(tf.sub(tf.add(tf.square(mean), excess), logVariance));
  return {
    code: tf.concat2d([meanGradient, logVarianceGradient], 1),
    loss: watch ? (tf.mul(divergence(), 0.5 * perRow) as tf.Scalar) : null,
  };
}

function halves(code: tf.Tensor2D): [tf.Tensor2D, tf.Tensor2D] {
  const [n, width] = code.shape;
  return [tf.slice2d(code, [0, 0], [n, width / 2]), tf.slice2d(code, [0, width / 2], [n, width / 2])];
}
