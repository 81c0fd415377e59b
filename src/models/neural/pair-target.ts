import * as tf from '@tensorflow/tfjs-core';
import { blocksOf, type EncodedRows, type Encoding } from '../encode/encoding';

/** Rows a pair of values must have, or it is left out: the network is never drawn towards what a handful of people share. */
export const MIN_PAIR_ROWS = 5;
/** Rows the target rests on at most, evenly spaced. */
const MAX_ROWS = 100_000;
/** Indicators from which the table of their pairs grows too large to be worth it: 16 MB. */
const MAX_PAIR_WIDTH = 2000;
/** Added to a share before errors are divided by it: about one row of a batch. */
const SHARE_FLOOR = 2e-3;

/**
 * Two-way margins of train, to which the generator is drawn beside the critic's judgement (the "information loss" of
 * CTAB-GAN, Zhao et al. 2021, taken over pairs; a generator trained on margins alone is GEM, Liu et al. 2021).
 *
 * Given the latent code a generator draws its blocks independently, so PᵀP/n over softmax shares P [n, width] is the
 * expected pair table of a batch, without the noise of the draws. The loss is the mean over pairs of blocks of
 * Σ (expected − target)² / (target + floor).
 */
export class PairTarget {
  /** [width, width]; 0 within blocks. */
  private readonly target: tf.Tensor2D;
  private readonly weight: tf.Tensor2D;

  /** `rowWeights`: how often training batches take each row, to a factor. */
  constructor(rows: EncodedRows, encoding: Encoding, rowWeights: Float64Array | null) {
    const { target, counts } = countPairs(rows, encoding, rowWeights);
    const nBlocks = blocksOf(encoding).length;
    const nPairs = Math.max((nBlocks * (nBlocks - 1)) / 2, 1);
    const owners = ownersOf(encoding);
    const weight = target.map((share, i) => {
      const [first, second] = [
        owners[Math.floor(i / encoding.width)] ?? -1,
        owners[i % encoding.width] ?? -1,
      ];
      const count = counts[i] ?? 0;
      const isKept = first >= 0 && second >= 0 && first !== second && (count === 0 || count >= MIN_PAIR_ROWS);
      return isKept ? 1 / (2 * nPairs * (share + SHARE_FLOOR)) : 0;
    });
    const shape: [number, number] = [encoding.width, encoding.width];
    this.target = tf.tensor2d(target, shape);
    this.weight = tf.tensor2d(weight, shape);
  }

  /** Gradient of `factor` × loss with respect to the shares [n, width], and that loss. */
  pull(shares: tf.Tensor2D, factor: number, watch: boolean) {
    const perRow = 1 / shares.shape[0];
    const table = tf.mul(tf.matMul(tf.transpose(shares), shares), perRow);
    const error = tf.sub(table, this.target);
    const slope = tf.mul(error, this.weight) as tf.Tensor2D;
    const gradient = tf.mul(tf.matMul(shares, slope), 4 * factor * perRow) as tf.Tensor2D;
    const loss = watch ? (tf.mul(tf.sum(tf.mul(error, slope)), factor) as tf.Scalar) : null;
    return { gradient, loss };
  }

  dispose(): void {
    tf.dispose([this.target, this.weight]);
  }
}

/** A target where it is asked for and of a size that pays; null else. */
export function openPairTarget(
  weight: number,
  rows: EncodedRows,
  encoding: Encoding,
  rowWeights: Float64Array | null,
): PairTarget | null {
  if (weight === 0 || encoding.width > MAX_PAIR_WIDTH) return null;
  return new PairTarget(rows, encoding, rowWeights);
}

/** Block of each matrix column; −1 for positions. */
function ownersOf(encoding: Encoding): Int32Array {
  const owners = new Int32Array(encoding.width).fill(-1);
  blocksOf(encoding).forEach(({ offset, width }, b) => owners.fill(b, offset, offset + width));
  return owners;
}

/** Shares of each pair of indicators among weighted rows, and the rows behind it: [width · width]. */
function countPairs(rows: EncodedRows, encoding: Encoding, rowWeights: Float64Array | null) {
  const { width } = encoding;
  const target = new Float32Array(width * width);
  const counts = new Uint32Array(width * width);
  const sums = new Float64Array(width * width);
  const blocks = blocksOf(encoding);
  const places = new Int32Array(blocks.length);
  const step = Math.max(rows.nRows / MAX_ROWS, 1);
  let total = 0;
  for (let at = 0; at < rows.nRows; at += step) {
    const row = Math.floor(at);
    const weight = rowWeights?.[row] ?? 1;
    total += weight;
    for (let b = 0; b < places.length; b++) {
      places[b] = (blocks[b]?.offset ?? 0) + (rows.codes[b]?.[row] ?? 0);
    }
    for (const first of places) {
      for (const second of places) {
        const cell = first * width + second;
        sums[cell] = (sums[cell] as number) + weight;
        counts[cell] = (counts[cell] as number) + 1;
      }
    }
  }
  for (let i = 0; i < sums.length; i++) target[i] = (sums[i] as number) / total;
  return { target, counts };
}
