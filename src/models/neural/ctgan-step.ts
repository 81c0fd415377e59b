import * as tf from '@tensorflow/tfjs-core';
import {
  computeCriticGradients,
  inputGradient,
  passCritic,
  scoreRows,
  type CriticKey,
  type CriticMasks,
} from './critic-network';
import { backwardGenerator, generate, type GeneratorKey, type GeneratorPass } from './generator-network';
import type { PairTarget } from './pair-target';
import type { Parameters } from './parameters';
import type { RowActivation } from './row-activation';

/** Temperature of the Gumbel softmax (Xu et al. 2019, section 4.4). */
export const TEMPERATURE = 0.2;

/** Tensors of one step; n rows make n / pac packs. */
export interface CtganBatch {
  /** Latent code, then condition vector: [n, latentSize + nConditions]. */
  readonly input: tf.Tensor2D;
  /** [n, nConditions]; null without conditions. */
  readonly conditions: tf.Tensor2D | null;
  /** Standard Gumbel values under blocks, 0 under positions: [n, width]. */
  readonly gumbel: tf.Tensor2D;
  /** Train rows with their conditions, packed: [n / pac, (width + nConditions) · pac]. */
  readonly trainPacks: tf.Tensor2D;
  /** Share of train in each mixed pack: [n / pac, 1]. */
  readonly mix: tf.Tensor2D;
  readonly criticMasks: CriticMasks;
  readonly generatorMasks: CriticMasks;
  /** 1 / n under the conditioned block of each row, else 0: [n, width]; null without conditions. */
  readonly conditionMask: tf.Tensor2D | null;
  /** 1 / n at the conditioned level of each row, else 0: [n, width]; null without conditions. */
  readonly conditionTarget: tf.Tensor2D | null;
}

export interface SyntheticBatch {
  readonly pass: GeneratorPass;
  /** Activated rows [n, width]. */
  readonly rows: tf.Tensor2D;
  /** [n / pac, (width + nConditions) · pac] */
  readonly packs: tf.Tensor2D;
}

/** Rows of the generator as the critic sees them. Both networks of a step learn from the same batch. */
export function generateBatch(
  batch: CtganBatch,
  p: Parameters<GeneratorKey>,
  activation: RowActivation,
): SyntheticBatch {
  const pass = generate(batch.input, p);
  const noisy = tf.add(pass.logits, batch.gumbel) as tf.Tensor2D;
  const rows = activation.activate(noisy, TEMPERATURE);
  const full = batch.conditions === null ? rows : tf.concat2d([rows, batch.conditions], 1);
  return { pass, rows, packs: tf.reshape(full, batch.trainPacks.shape) as tf.Tensor2D };
}

/** Critic gradients on synthetic, train and mixed packs; losses are [critic, penalty]. */
export function criticStep(
  batch: CtganBatch,
  synthetic: SyntheticBatch,
  p: Parameters<CriticKey>,
  penaltyWeight: number,
  watch: boolean,
) {
  const difference = tf.sub(batch.trainPacks, synthetic.packs);
  const mixed = tf.add(synthetic.packs, tf.mul(difference, batch.mix)) as tf.Tensor2D;
  const input = tf.concat2d([synthetic.packs, batch.trainPacks, mixed], 0);
  return computeCriticGradients(input, batch.criticMasks, p, penaltyWeight, watch);
}

/** What the generator is trained against beside its batch. */
export interface GeneratorAims {
  readonly critic: Parameters<CriticKey>;
  readonly activation: RowActivation;
  /** Two-way margins and the weight of their loss; null without. */
  readonly pairs: { readonly target: PairTarget; readonly weight: number } | null;
}

/**
 * Generator gradients: −mean D(synthetic), plus the cross-entropy between the conditioned level and the logits of its
 * column, plus the distance from train's two-way margins; losses are [generator, condition, and
 * pairs where they are aimed at].
 */
export function generatorStep(
  batch: CtganBatch,
  synthetic: SyntheticBatch,
  generator: Parameters<GeneratorKey>,
  { critic, activation, pairs }: GeneratorAims,
  watch: boolean,
) {
  const [n, width] = synthetic.rows.shape;
  const nPacks = synthetic.packs.shape[0];
  const judged = passCritic(synthetic.packs, critic, batch.generatorMasks);
  const byPack = inputGradient(judged, -1 / nPacks, critic);
  const byRow = tf.slice2d(tf.reshape(byPack, [n, -1]) as tf.Tensor2D, [0, 0], [n, width]);
  const parts = [activation.backward(synthetic.rows, byRow, TEMPERATURE)];
  const isShared = batch.conditionMask !== null || pairs !== null;
  const shares = isShared ? activation.activate(synthetic.pass.logits) : null;
  const condition = shares === null ? null : conditionLoss(batch, shares, watch);
  if (condition !== null) parts.push(condition.gradient);
  const pulled = shares === null ? null : (pairs?.target.pull(shares, pairs.weight, watch) ?? null);
  if (shares !== null && pulled !== null) parts.push(activation.backward(shares, pulled.gradient));
  const losses = watch
    ? tf.stack([
        tf.neg(tf.mean(scoreRows(judged, critic))),
        condition?.loss ?? tf.scalar(0),
        ...(pulled === null ? [] : [pulled.loss ?? tf.scalar(0)]),
      ])
    : null;
  return {
    gradients: backwardGenerator(synthetic.pass, tf.addN(parts) as tf.Tensor2D, generator),
    losses: losses as tf.Tensor1D | null,
  };
}

function conditionLoss(
  batch: CtganBatch,
  shares: tf.Tensor2D,
  watch: boolean,
): { gradient: tf.Tensor2D; loss: tf.Scalar | null } | null {
  if (batch.conditionMask === null || batch.conditionTarget === null) return null;
  const gradient = tf.sub(tf.mul(shares, batch.conditionMask), batch.conditionTarget) as tf.Tensor2D;
  if (!watch) return { gradient, loss: null };
  const hit = tf.mul(tf.log(tf.maximum(shares, 1e-12)), batch.conditionTarget);
  return { gradient, loss: tf.neg(tf.sum(hit)) as tf.Scalar };
}
