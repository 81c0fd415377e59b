import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readVector } from '../../../src/models/neural/adam';
import { openBackend } from '../../../src/models/neural/backends';
import {
  inputGradient,
  layOutCritic,
  passCritic,
  scoreRows,
} from '../../../src/models/neural/critic-network';
import { startParameters, unpackParameters } from '../../../src/models/neural/parameters';
import { Rng } from '../../../src/math/rng';
import { expectGradient } from './directional-check';
import { host } from './fixtures';
import { criticProblem, generatorProblem, tvaeProblem, type Differentiable } from './step-fixtures';

async function checkProblem(problem: Differentiable): Promise<void> {
  const { gradient } = await problem.differentiate(problem.start);
  await expectGradient(problem.start, gradient, async (at) => (await problem.differentiate(at)).loss);
  problem.dispose();
}

describe.each(['cpu', 'wasm'] as const)('written-out gradients on %s', (backend) => {
  let nTensors = 0;
  beforeEach(async () => {
    expect(await openBackend(backend, host)).toBe(true);
    nTensors = tf.memory().numTensors;
  });
  afterEach(() => expect(tf.memory().numTensors).toBe(nTensors));

  it.each(['modes', 'bins'] as const)('of the autoencoder over %s equal finite differences', (coding) =>
    checkProblem(tvaeProblem(coding)),
  );
  it('of the autoencoder drawn to pairs equal finite differences', () =>
    checkProblem(tvaeProblem('bins', 30)));
  it('of the critic without penalty equal finite differences', () => checkProblem(criticProblem(0)));
  it('of the critic with gradient penalty equal finite differences', () => checkProblem(criticProblem(10)));
  it('of the generator equal finite differences', () => checkProblem(generatorProblem()));
  it('of the generator drawn to pairs equal finite differences', () =>
    checkProblem(generatorProblem('bins', 30)));

  it('of the score with respect to the input equal finite differences, the norm the penalty needs', async () => {
    const layout = layOutCritic({ inputs: 9, hidden: [8, 7] });
    const weights = startParameters(layout, {}, Rng.fromSeed('score'));
    const rng = Rng.fromSeed('points');
    const point = Float32Array.from({ length: 9 }, () => rng.normal());
    const evaluate = async (at: Float32Array) => {
      const tensors = tf.tidy(() => {
        const p = unpackParameters(tf.tensor1d(weights), layout);
        const masks = { first: tf.ones([1, 8]) as tf.Tensor2D, second: tf.ones([1, 7]) as tf.Tensor2D };
        const pass = passCritic(tf.tensor2d(at, [1, 9]), p, masks);
        return [scoreRows(pass, p), inputGradient(pass, 1, p)];
      });
      const [score, gradient] = await Promise.all(tensors.map(readVector));
      tf.dispose(tensors);
      return { score: score?.[0] ?? NaN, gradient: gradient ?? new Float32Array() };
    };
    await expectGradient(point, (await evaluate(point)).gradient, async (at) => (await evaluate(at)).score);
  });

  it('are checked by a test that can fail', async () => {
    const problem = criticProblem(10);
    const { gradient } = await problem.differentiate(problem.start);
    const withoutPenalty = criticProblem(0);
    await expect(
      expectGradient(problem.start, gradient, async (at) => (await withoutPenalty.differentiate(at)).loss),
    ).rejects.toThrow();
  });
});
