import * as tf from '@tensorflow/tfjs-core';
import { sumColumns } from './algebra';
import type { RowActivation } from './row-activation';
import type { EncoderPass } from './tvae-network';

/** Logarithm of the smallest σ of a position; the largest is 1 (the range of Xu et al. 2019's code). */
const MIN_LOG_SIGMA = Math.log(0.01);

/** σ in (0.01, 1) from a free number; 0 gives 0.1. */
export function boundSigma(free: tf.Tensor): tf.Tensor {
  return tf.exp(tf.mul(tf.sub(1, tf.sigmoid(free)), MIN_LOG_SIGMA));
}

/** Gradient with respect to the free number, from the gradient with respect to log σ. */
function boundSigmaGradient(free: tf.Tensor, logSigmaGradient: tf.Tensor): tf.Tensor {
  const share = tf.sigmoid(free);
  return tf.mul(logSigmaGradient, tf.mul(tf.mul(share, tf.sub(1, share)), -MIN_LOG_SIGMA));
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
  rows: tf.Tensor2D,
  alphaMask: tf.Tensor2D | null,
  logits: tf.Tensor2D,
  freeSigma: tf.Tensor,
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

/** KL divergence of N(mean, variance) from N(0, 1), mean over rows, and its gradients. */
export function divergeFromPrior({ mean, logVariance }: EncoderPass, watch: boolean) {
  const perRow = 1 / mean.shape[0];
  const variance = tf.exp(logVariance);
  return {
    meanGradient: tf.mul(mean, perRow) as tf.Tensor2D,
    logVarianceGradient: tf.mul(tf.sub(variance, 1), 0.5 * perRow) as tf.Tensor2D,
    loss: watch
      ? (tf.mul(
          tf.sum(tf.sub(tf.add(tf.square(mean), variance), tf.add(logVariance, 1))),
          0.5 * perRow,
        ) as tf.Scalar)
      : null,
  };
}
