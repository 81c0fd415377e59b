import * as tf from '@tensorflow/tfjs-core';
import { dense, multiplyTransposedLeft, multiplyTransposedRight } from './algebra';
import { sumColumns } from './column-sums';
import { layOutParameters, type ParameterLayout, type Parameters } from './parameters';

export interface GeneratorSizes {
  /** Latent size plus condition width. */
  readonly inputs: number;
  readonly hidden: readonly [number, number];
  readonly width: number;
}

export type GeneratorKey = `gen${1 | 2}/${'w' | 'scale' | 'shift'}` | 'row/w' | 'row/b';

/** Two residual blocks [ReLU(BN(x W)), x] and a last layer; batch normalisation makes their biases superfluous. */
export function layOutGenerator({ inputs, hidden, width }: GeneratorSizes): ParameterLayout<GeneratorKey> {
  const [first, second] = hidden;
  return layOutParameters<GeneratorKey>({
    'gen1/w': [inputs, first],
    'gen1/scale': [first],
    'gen1/shift': [first],
    'gen2/w': [first + inputs, second],
    'gen2/scale': [second],
    'gen2/shift': [second],
    'row/w': [second + first + inputs, width],
    'row/b': [width],
  });
}

const VARIANCE_EPSILON = 1e-5;

/** Statistics a normalised layer divides by: of its batch in training, frozen for drawing rows. */
export interface Normalisation {
  readonly mean: tf.Tensor;
  readonly inverseSd: tf.Tensor;
}

/** Pairs of mean and inverse standard deviation, one a layer. */
export function toNormalisations(statistics: readonly tf.Tensor[]): Normalisation[] {
  const frozen: Normalisation[] = [];
  for (let i = 0; i + 1 < statistics.length; i += 2) {
    const [mean, inverseSd] = [statistics[i], statistics[i + 1]];
    if (mean !== undefined && inverseSd !== undefined) frozen.push({ mean, inverseSd });
  }
  return frozen;
}

interface BlockPass {
  readonly mean: tf.Tensor;
  readonly normalised: tf.Tensor2D;
  readonly inverseSd: tf.Tensor;
  readonly activated: tf.Tensor2D;
  /** [activated, input] */
  readonly output: tf.Tensor2D;
}

export interface GeneratorPass {
  readonly input: tf.Tensor2D;
  readonly block1: BlockPass;
  readonly block2: BlockPass;
  /** [n, width] */
  readonly logits: tf.Tensor2D;
}

/** input [n, latent + conditions] → row logits, normalised by the batch's own statistics unless frozen ones are given. */
export function generate(
  input: tf.Tensor2D,
  p: Parameters<GeneratorKey>,
  frozen: readonly Normalisation[] = [],
): GeneratorPass {
  const block1 = passBlock(input, p['gen1/w'], p['gen1/scale'], p['gen1/shift'], frozen[0]);
  const block2 = passBlock(block1.output, p['gen2/w'], p['gen2/scale'], p['gen2/shift'], frozen[1]);
  return { input, block1, block2, logits: dense(block2.output, p['row/w'], p['row/b']) };
}

/** Mean and inverse standard deviation of each column of a batch. */
export function measureBatch(linear: tf.Tensor2D): Normalisation & { readonly centred: tf.Tensor2D } {
  const perRow = 1 / linear.shape[0];
  const mean = sumColumns(linear, perRow);
  const centred = tf.sub<tf.Tensor2D>(linear, mean);
  const variance = sumColumns(tf.square(centred) as tf.Tensor2D, perRow);
  return { mean, centred, inverseSd: tf.rsqrt(tf.add(variance, VARIANCE_EPSILON)) };
}

function passBlock(
  input: tf.Tensor2D,
  weight: tf.Tensor,
  scale: tf.Tensor,
  shift: tf.Tensor,
  frozen: Normalisation | undefined,
): BlockPass {
  const linear = tf.matMul<tf.Tensor2D>(input, weight as tf.Tensor2D);
  const { mean, centred, inverseSd } =
    frozen === undefined
      ? measureBatch(linear)
      : { ...frozen, centred: tf.sub<tf.Tensor2D>(linear, frozen.mean) };
  const normalised = tf.mul(centred, inverseSd) as tf.Tensor2D;
  const activated = tf.relu(tf.add(tf.mul(normalised, scale), shift)) as tf.Tensor2D;
  return { mean, normalised, inverseSd, activated, output: tf.concat2d([activated, input], 1) };
}

/** Gradients of every parameter from the gradient of the logits. */
export function backwardGenerator(
  pass: GeneratorPass,
  logits: tf.Tensor2D,
  p: Parameters<GeneratorKey>,
): Parameters<GeneratorKey> {
  const n = logits.shape[0];
  const second = pass.block2.activated.shape[1];
  const first = pass.block1.activated.shape[1];
  // The input of the first block needs no gradient, so the last rows of both weights are left out.
  const rowWeight = tf.slice2d(p['row/w'] as tf.Tensor2D, [0, 0], [second + first, logits.shape[1]]);
  const top = multiplyTransposedRight(logits, rowWeight);
  const block2 = backwardBlock(
    pass.block2,
    tf.slice2d(top, [0, 0], [n, second]),
    pass.block1.output,
    p['gen2/scale'],
  );
  const middleWeight = tf.slice2d(p['gen2/w'] as tf.Tensor2D, [0, 0], [first, second]);
  const middle = tf.add(
    tf.slice2d(top, [0, second], [n, first]),
    multiplyTransposedRight(block2.linear, middleWeight),
  ) as tf.Tensor2D;
  const block1 = backwardBlock(pass.block1, middle, pass.input, p['gen1/scale']);
  return {
    'gen1/w': block1.weight,
    'gen1/scale': block1.scale,
    'gen1/shift': block1.shift,
    'gen2/w': block2.weight,
    'gen2/scale': block2.scale,
    'gen2/shift': block2.shift,
    'row/w': multiplyTransposedLeft(pass.block2.output, logits),
    'row/b': sumColumns(logits),
  };
}

/** Through relu, scale and shift, and batch normalisation (Ioffe & Szegedy 2015, section 3). */
function backwardBlock(pass: BlockPass, activated: tf.Tensor2D, input: tf.Tensor2D, scale: tf.Tensor) {
  const shifted = tf.mul(activated, tf.step(pass.activated)) as tf.Tensor2D;
  const shift = sumColumns(shifted);
  const scaleGradient = sumColumns(tf.mul(shifted, pass.normalised) as tf.Tensor2D);
  const perRow = 1 / activated.shape[0];
  const centred = tf.sub(
    tf.sub(shifted, tf.mul(shift, perRow)),
    tf.mul(pass.normalised, tf.mul(scaleGradient, perRow)),
  );
  const linear = tf.mul(centred, tf.mul(scale, pass.inverseSd)) as tf.Tensor2D;
  return { shift, scale: scaleGradient, linear, weight: multiplyTransposedLeft(input, linear) };
}
