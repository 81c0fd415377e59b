import * as tf from '@tensorflow/tfjs-core';
import { dense, multiplyTransposedLeft, multiplyTransposedRight } from './algebra';
import { sumColumns } from './column-sums';
import { layOutParameters, type ParameterLayout, type Parameters } from './parameters';

export interface CriticSizes {
  /** Width of a packed row: (row + condition) × pac. */
  readonly inputs: number;
  readonly hidden: readonly [number, number];
}

export type CriticKey = 'critic1/w' | 'critic1/b' | 'critic2/w' | 'critic2/b' | 'score/w' | 'score/b';

const LEAK = 0.2;

export function layOutCritic({ inputs, hidden }: CriticSizes): ParameterLayout<CriticKey> {
  const [first, second] = hidden;
  return layOutParameters<CriticKey>({
    'critic1/w': [inputs, first],
    'critic1/b': [first],
    'critic2/w': [first, second],
    'critic2/b': [second],
    'score/w': [second, 1],
    'score/b': [1],
  });
}

/** Dropout masks of the two hidden layers, already divided by the share kept: [n, first] and [n, second]. */
export interface CriticMasks {
  readonly first: tf.Tensor2D;
  readonly second: tf.Tensor2D;
}

export interface CriticPass {
  readonly input: tf.Tensor2D;
  /** Slope of leaky ReLU times dropout: with these held fixed the critic is linear. */
  readonly slope1: tf.Tensor2D;
  readonly slope2: tf.Tensor2D;
  readonly h1: tf.Tensor2D;
  readonly h2: tf.Tensor2D;
}

/** packed rows [n, inputs] through both hidden layers. */
export function passCritic(input: tf.Tensor2D, p: Parameters<CriticKey>, masks: CriticMasks): CriticPass {
  const linear1 = dense(input, p['critic1/w'], p['critic1/b']);
  const slope1 = tf.mul(tf.step(linear1, LEAK), masks.first) as tf.Tensor2D;
  const h1 = tf.mul(linear1, slope1) as tf.Tensor2D;
  const linear2 = dense(h1, p['critic2/w'], p['critic2/b']);
  const slope2 = tf.mul(tf.step(linear2, LEAK), masks.second) as tf.Tensor2D;
  return { input, slope1, slope2, h1, h2: tf.mul(linear2, slope2) as tf.Tensor2D };
}

/** Scores [n, 1]. */
export function scoreRows(pass: CriticPass, p: Parameters<CriticKey>): tf.Tensor2D {
  return dense(pass.h2, p['score/w'], p['score/b']);
}

/** Gradients of the scores, times `weight` a row ([n, 1] or a number), at both hidden layers before activation. */
export function backwardHidden(pass: CriticPass, weight: tf.Tensor2D | number, p: Parameters<CriticKey>) {
  const scoreWeight = tf.reshape(p['score/w'], [1, -1]);
  const linear2 = tf.mul(tf.mul(pass.slope2, scoreWeight), weight) as tf.Tensor2D;
  const linear1 = tf.mul(
    multiplyTransposedRight(linear2, p['critic2/w'] as tf.Tensor2D),
    pass.slope1,
  ) as tf.Tensor2D;
  return { linear1, linear2 };
}

/** Gradient of `weight` × score with respect to the input, [n, inputs]. */
export function inputGradient(pass: CriticPass, weight: number, p: Parameters<CriticKey>): tf.Tensor2D {
  return multiplyTransposedRight(backwardHidden(pass, weight, p).linear1, p['critic1/w'] as tf.Tensor2D);
}

export interface CriticGradients {
  readonly gradients: Parameters<CriticKey>;
  /** [critic loss without penalty, penalty]; null unless watched. */
  readonly losses: tf.Tensor1D | null;
}

/**
 * Loss mean D(synthetic) − mean D(train) + λ mean (‖∇D(x̂)‖ − 1)² and its gradients (WGAN-GP, Gulrajani et al. 2017,
 * equation 3). `input` stacks synthetic, train and mixed packs, a third each.
 *
 * With slopes s1, s2 held fixed (they are piecewise constant) ∇D = ((w₃ᵀ∘s2) W₂ᵀ ∘ s1) W₁ᵀ is a product of the weights,
 * so the gradient of the penalty is first-order calculus: no second-order tape, the same on every backend.
 */
export function computeCriticGradients(
  input: tf.Tensor2D,
  masks: CriticMasks,
  p: Parameters<CriticKey>,
  penaltyWeight: number,
  watch: boolean,
): CriticGradients {
  const nPacks = input.shape[0] / 3;
  const pass = passCritic(input, p, masks);
  const weight = tf.concat2d(
    [tf.fill([nPacks, 1], 1 / nPacks), tf.fill([nPacks, 1], -1 / nPacks), tf.ones([nPacks, 1])],
    0,
  );
  const { linear1, linear2 } = backwardHidden(pass, weight, p);
  const mixed = penalise(linear1, nPacks, pass, penaltyWeight, p);
  const judged = 2 * nPacks;
  const top = (matrix: tf.Tensor2D) => tf.slice2d(matrix, [0, 0], [judged, matrix.shape[1]]);
  const linearTop1 = top(linear1);
  const linearTop2 = top(linear2);
  // Rows of the loss and rows of the penalty share their products: stacked operands, one matMul a weight.
  const left1 = tf.concat2d([top(pass.input), mixed.gradient], 0);
  const left2 = tf.concat2d([top(pass.h1), mixed.linear1], 0);
  const scoreGradient = tf.concat2d([tf.mul(top(pass.h2), top(weight)) as tf.Tensor2D, mixed.scoreWeight], 0);
  return {
    gradients: {
      'critic1/w': multiplyTransposedLeft(left1, linear1),
      'critic1/b': sumColumns(linearTop1),
      'critic2/w': multiplyTransposedLeft(left2, linear2),
      'critic2/b': sumColumns(linearTop2),
      'score/w': sumColumns(scoreGradient),
      'score/b': tf.zerosLike(p['score/b']),
    },
    losses: watch ? (tf.stack([lossOf(pass, weight, judged, p), mixed.penalty]) as tf.Tensor1D) : null,
  };
}

function lossOf(pass: CriticPass, weight: tf.Tensor2D, judged: number, p: Parameters<CriticKey>): tf.Scalar {
  const scores = tf.slice2d(scoreRows(pass, p), [0, 0], [judged, 1]);
  return tf.sum(tf.mul(scores, tf.slice2d(weight, [0, 0], [judged, 1]))) as tf.Scalar;
}

/** The penalty on the last third, and its gradients with respect to the factors of ∇D. */
function penalise(
  linear1: tf.Tensor2D,
  nPacks: number,
  pass: CriticPass,
  penaltyWeight: number,
  p: Parameters<CriticKey>,
) {
  const last = (matrix: tf.Tensor2D) => tf.slice2d(matrix, [2 * nPacks, 0], [nPacks, matrix.shape[1]]);
  const direction = multiplyTransposedRight(last(linear1), p['critic1/w'] as tf.Tensor2D);
  const norm = tf.sqrt(tf.add(tf.sum(tf.square(direction), 1, true), 1e-12));
  const excess = tf.sub(norm, 1);
  const scale = tf.mul(tf.div(excess, norm), (2 * penaltyWeight) / nPacks);
  const gradient = tf.mul(direction, scale) as tf.Tensor2D;
  const back1 = tf.mul(tf.matMul(gradient, p['critic1/w'] as tf.Tensor2D), last(pass.slope1)) as tf.Tensor2D;
  const back2 = tf.matMul(back1, p['critic2/w'] as tf.Tensor2D);
  return {
    gradient,
    linear1: back1,
    scoreWeight: tf.mul(back2, last(pass.slope2)) as tf.Tensor2D,
    penalty: tf.mul(tf.mean(tf.square(excess)), penaltyWeight) as tf.Scalar,
  };
}
