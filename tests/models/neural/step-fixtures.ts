import * as tf from '@tensorflow/tfjs-core';
import { Rng } from '../../../src/math/rng';
import { encodeRows, writeAlphaMask, writeMatrix } from '../../../src/models/encode/encode-rows';
import { fitEncoding, type NumberCoding } from '../../../src/models/encode/fit-encoding';
import { readVector } from '../../../src/models/neural/adam';
import { ConditionSource } from '../../../src/models/neural/conditions';
import { computeCriticGradients, layOutCritic } from '../../../src/models/neural/critic-network';
import { CtganBatchSource } from '../../../src/models/neural/ctgan-batch';
import { generateBatch, generatorStep } from '../../../src/models/neural/ctgan-step';
import { layOutGenerator } from '../../../src/models/neural/generator-network';
import { PairTarget } from '../../../src/models/neural/pair-target';
import { packGradients, startParameters, unpackParameters } from '../../../src/models/neural/parameters';
import { RowActivation } from '../../../src/models/neural/row-activation';
import { layOutTvae } from '../../../src/models/neural/tvae-network';
import { computeTvaeGradients } from '../../../src/models/neural/tvae-step';
import { makePatients } from './fixtures';

/** A loss and its gradient at a vector of parameters, on the current backend. */
export interface Differentiable {
  readonly start: Float32Array;
  readonly differentiate: (at: Float32Array) => Promise<{ loss: number; gradient: Float32Array }>;
  readonly dispose: () => void;
}

const N_ROWS = 20;

function prepare(coding: NumberCoding = 'modes') {
  const { table, schema } = makePatients(120);
  const encoding = fitEncoding(table, schema, coding);
  const rows = encodeRows(table, encoding, Rng.fromSeed('rows'));
  return { encoding, rows, activation: new RowActivation(encoding) };
}

async function evaluate(
  compute: () => { gradient: tf.Tensor1D; losses: tf.Tensor1D },
): Promise<{ loss: number; gradient: Float32Array }> {
  const [gradient, losses] = tf.tidy(() => {
    const result = compute();
    return [result.gradient, result.losses] as tf.Tensor[];
  }) as [tf.Tensor, tf.Tensor];
  const values = await readVector(losses);
  const answer = {
    loss: values.reduce((sum, value) => sum + value, 0),
    gradient: await readVector(gradient),
  };
  tf.dispose([gradient, losses]);
  return answer;
}

function required<T>(value: T | null): T {
  if (value === null) throw new Error('losses were not watched');
  return value;
}

/** The autoencoder's whole loss; with `pairWeight` its prior is drawn to two-way margins too. */
export function tvaeProblem(coding: NumberCoding = 'modes', pairWeight = 0): Differentiable {
  const { encoding, rows, activation } = prepare(coding);
  const target = new PairTarget(rows, encoding, null);
  const { width, nAlpha } = encoding;
  const layout = layOutTvae({ width, nAlpha, latentSize: 5, hidden: [16, 12] });
  const picked = Uint32Array.from({ length: N_ROWS }, (_, i) => i);
  const matrix = new Float32Array(N_ROWS * width);
  const mask = new Float32Array(N_ROWS * nAlpha);
  const noise = new Float32Array(N_ROWS * 5);
  writeMatrix(rows, encoding, picked, matrix);
  writeAlphaMask(rows, encoding, picked, mask);
  Rng.fromSeed('noise').fillNormal(noise);
  return {
    start: startParameters(layout, { freeSigma: 0.3 }, Rng.fromSeed('init')),
    differentiate: (at) =>
      evaluate(() => {
        const batch = {
          rows: tf.tensor2d(matrix, [N_ROWS, width]),
          alphaMask: nAlpha === 0 ? null : tf.tensor2d(mask, [N_ROWS, nAlpha]),
          noise: tf.tensor2d(noise, [N_ROWS, 5]),
        };
        const p = unpackParameters(tf.tensor1d(at), layout);
        const prior = tf.tensor2d(noise.slice().reverse(), [N_ROWS, 5]);
        const pairs = pairWeight > 0 ? { target, weight: pairWeight, noise: prior } : null;
        const { gradients, losses } = computeTvaeGradients(batch, p, { activation, factor: 2, pairs }, true);
        return { gradient: packGradients(gradients, layout), losses: required(losses) };
      }),
    dispose: () => {
      activation.dispose();
      target.dispose();
    },
  };
}

/** The critic's whole loss, gradient penalty included. */
export function criticProblem(penaltyWeight: number): Differentiable {
  const [nPacks, width] = [5, 30];
  const layout = layOutCritic({ inputs: width, hidden: [14, 10] });
  const rng = Rng.fromSeed('critic');
  const uniform = (n: number) => Float32Array.from({ length: n }, () => rng.normal());
  const kept = (n: number) => Float32Array.from({ length: n }, () => (rng.float() < 0.5 ? 0 : 2));
  const input = uniform(3 * nPacks * width);
  const [first, second] = [kept(3 * nPacks * 14), kept(3 * nPacks * 10)];
  return {
    start: startParameters(layout, {}, Rng.fromSeed('init')).map((value) => 2 * value),
    differentiate: (at) =>
      evaluate(() => {
        const masks = {
          first: tf.tensor2d(first, [3 * nPacks, 14]),
          second: tf.tensor2d(second, [3 * nPacks, 10]),
        };
        const p = unpackParameters(tf.tensor1d(at), layout);
        const stacked = tf.tensor2d(input, [3 * nPacks, width]);
        const { gradients, losses } = computeCriticGradients(stacked, masks, p, penaltyWeight, true);
        return { gradient: packGradients(gradients, layout), losses: required(losses) };
      }),
    dispose: () => undefined,
  };
}

/** The generator's whole loss; with `pairWeight` drawn to two-way margins too. */
export function generatorProblem(coding: NumberCoding = 'modes', pairWeight = 0): Differentiable {
  const { encoding, rows, activation } = prepare(coding);
  const target = new PairTarget(rows, encoding, null);
  const pairs = pairWeight > 0 ? { target, weight: pairWeight } : null;
  const source = new ConditionSource(encoding, rows);
  const sizes = { latentSize: 6, pac: 2, criticHidden: [14, 10] as [number, number], dropout: 0.5 };
  const input = { encoding, rows, batchSize: N_ROWS, nSteps: 1, rng: Rng.fromSeed('input') };
  const batches = new CtganBatchSource(input, source, sizes);
  batches.draw(Rng.fromSeed('step'));
  const inputs = 6 + source.width;
  const layout = layOutGenerator({ inputs, hidden: [12, 10], width: encoding.width });
  const criticLayout = layOutCritic({ inputs: (encoding.width + source.width) * 2, hidden: [14, 10] });
  const criticWeights = startParameters(criticLayout, {}, Rng.fromSeed('critic'));
  const starts = { 'gen1/scale': 1, 'gen1/shift': 0.1, 'gen2/scale': 0.8, 'gen2/shift': 0 };
  return {
    start: startParameters(layout, starts, Rng.fromSeed('init')),
    differentiate: (at) =>
      evaluate(() => {
        const batch = batches.tensors();
        const p = unpackParameters(tf.tensor1d(at), layout);
        const critic = unpackParameters(tf.tensor1d(criticWeights), criticLayout);
        const synthetic = generateBatch(batch, p, activation);
        const { gradients, losses } = generatorStep(batch, synthetic, p, { critic, activation, pairs }, true);
        return { gradient: packGradients(gradients, layout), losses: required(losses) };
      }),
    dispose: () => {
      activation.dispose();
      target.dispose();
    },
  };
}
