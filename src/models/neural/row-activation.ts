import * as tf from '@tensorflow/tfjs-core';
import { alphasOf, blocksOf, type Encoding } from '../encode/encoding';
import { hasHostKernel, runHostKernel } from './host-memory';
import { ACTIVATE_ROWS, ACTIVATE_ROWS_GRADIENT, type RowLayout } from './row-kernels';

/**
 * The last layer of every decoder and generator: tanh for positions, one segmented softmax for all indicator blocks
 * at once. On cpu and wasm it is one kernel that works on the backend's memory; elsewhere a composition of tensor
 * operations whose number does not depend on the number of blocks.
 */
export class RowActivation {
  readonly layout: RowLayout;
  /** [nBlocks, width − nAlpha]: 1 where the matrix column belongs to the block. */
  private readonly members: tf.Tensor2D;
  /** Its transpose. */
  private readonly owners: tf.Tensor2D;
  /** [nBlocks · widest]: matrix columns of each block, padded by repeating its first. */
  private readonly padded: tf.Tensor1D;
  private readonly widest: number;

  constructor(encoding: Encoding) {
    const blocks = blocksOf(encoding);
    this.layout = {
      width: encoding.width,
      nAlpha: alphasOf(encoding).length,
      starts: Int32Array.from([...blocks.map((block) => block.offset), encoding.width]),
    };
    const nColumns = encoding.width - encoding.nAlpha;
    this.widest = Math.max(...blocks.map((block) => block.width));
    const members = new Float32Array(blocks.length * nColumns);
    const padded = new Int32Array(blocks.length * this.widest);
    blocks.forEach((block, b) => {
      const first = block.offset - encoding.nAlpha;
      members.fill(1, b * nColumns + first, b * nColumns + first + block.width);
      for (let k = 0; k < this.widest; k++) padded[b * this.widest + k] = first + (k < block.width ? k : 0);
    });
    this.members = tf.tensor2d(members, [blocks.length, nColumns]);
    this.owners = tf.transpose(this.members);
    this.padded = tf.tensor1d(padded, 'int32');
  }

  /** Rows of positions and softmax shares; `temperature` divides the block logits only. [n, width] → [n, width]. */
  activate(logits: tf.Tensor2D, temperature = 1): tf.Tensor2D {
    if (hasHostKernel(ACTIVATE_ROWS.name)) {
      return runHostKernel(ACTIVATE_ROWS, { logits }, { layout: this.layout, temperature })[0] as tf.Tensor2D;
    }
    return this.activateByTensors(logits, temperature);
  }

  /** Gradient with respect to the logits, from the output and the gradient with respect to it. */
  backward(output: tf.Tensor2D, gradient: tf.Tensor2D, temperature = 1): tf.Tensor2D {
    if (hasHostKernel(ACTIVATE_ROWS_GRADIENT.name)) {
      const attributes = { layout: this.layout, temperature };
      return runHostKernel(ACTIVATE_ROWS_GRADIENT, { output, gradient }, attributes)[0] as tf.Tensor2D;
    }
    return this.backwardByTensors(output, gradient, temperature);
  }

  /** The same as {@link activate}, by tensor operations only. */
  activateByTensors(logits: tf.Tensor2D, temperature: number): tf.Tensor2D {
    return tf.tidy(() => {
      const [positions, raw] = this.split(logits);
      const scaled = tf.div(raw, temperature);
      const nBlocks = this.members.shape[0];
      const spread = tf.reshape(tf.gather(scaled, this.padded, 1), [-1, nBlocks, this.widest]);
      const tops = tf.matMul(tf.max(spread, 2) as tf.Tensor2D, this.members);
      const weights = tf.exp(tf.sub(scaled, tops)) as tf.Tensor2D;
      const totals = tf.matMul(tf.matMul(weights, this.owners), this.members);
      const shares = tf.div(weights, totals) as tf.Tensor2D;
      return positions === null ? shares : tf.concat2d([tf.tanh(positions), shares], 1);
    });
  }

  /** The same as {@link backward}, by tensor operations only. */
  backwardByTensors(output: tf.Tensor2D, gradient: tf.Tensor2D, temperature: number): tf.Tensor2D {
    return tf.tidy(() => {
      const [positions, shares] = this.split(output);
      const [positionGradient, shareGradient] = this.split(gradient);
      const weighted = tf.mul(shares, shareGradient) as tf.Tensor2D;
      const sums = tf.matMul(tf.matMul(weighted, this.owners), this.members);
      const blocks = tf.div(tf.sub(weighted, tf.mul(shares, sums)), temperature) as tf.Tensor2D;
      if (positions === null || positionGradient === null) return blocks;
      const slope = tf.sub(1, tf.square(positions));
      return tf.concat2d([tf.mul(positionGradient, slope) as tf.Tensor2D, blocks], 1);
    });
  }

  /** Positions (null when there are none) and blocks of a matrix in this layout. */
  split(matrix: tf.Tensor2D): [tf.Tensor2D | null, tf.Tensor2D] {
    const { nAlpha, width } = this.layout;
    if (nAlpha === 0) return [null, matrix];
    const nRows = matrix.shape[0];
    return [
      tf.slice2d(matrix, [0, 0], [nRows, nAlpha]),
      tf.slice2d(matrix, [0, nAlpha], [nRows, width - nAlpha]),
    ];
  }

  dispose(): void {
    tf.dispose([this.members, this.owners, this.padded]);
  }
}
