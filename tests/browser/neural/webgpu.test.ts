import * as tf from '@tensorflow/tfjs-core';
import wasmSimd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import { describe, expect, it } from 'vitest';
import { createBackendHost, openBackend, type BackendName } from '../../../src/models/neural/backends';
import { expectGradient } from '../../models/neural/directional-check';
import { criticProblem, generatorProblem, tvaeProblem } from '../../models/neural/step-fixtures';

const host = createBackendHost({ 'tfjs-backend-wasm-simd.wasm': wasmSimd }, () => performance.now());

/** The software adapter is slow, so each problem is one step of a small network. */
const problems = {
  autoencoder: () => tvaeProblem(),
  'autoencoder over bins drawn to pairs': () => tvaeProblem('bins', 30),
  'critic with gradient penalty': () => criticProblem(10),
  generator: () => generatorProblem(),
  'generator over bins drawn to pairs': () => generatorProblem('bins', 30),
};

async function evaluate(backend: BackendName, make: () => ReturnType<typeof tvaeProblem>) {
  expect(await openBackend(backend, host)).toBe(true);
  const nTensors = tf.memory().numTensors;
  const problem = make();
  const result = await problem.differentiate(problem.start);
  problem.dispose();
  expect(tf.memory().numTensors).toBe(nTensors);
  return result;
}

describe.each(Object.entries(problems))('one step of the %s in the browser', (_, make) => {
  it.each(['webgpu', 'wasm'] as const)('gives on %s what it gives on cpu', async (backend) => {
    const expected = await evaluate('cpu', make);
    const actual = await evaluate(backend, make);
    expect(Math.abs(actual.loss - expected.loss)).toBeLessThan(1e-4 * Math.abs(expected.loss));
    const size = Math.hypot(...expected.gradient);
    const error = Math.hypot(...expected.gradient.map((value, i) => value - (actual.gradient[i] ?? NaN)));
    expect(error / size).toBeLessThan(1e-3);
  });
});

describe('the gradient penalty on webgpu', () => {
  it('equals finite differences', async () => {
    expect(await openBackend('webgpu', host)).toBe(true);
    const problem = criticProblem(10);
    const { gradient } = await problem.differentiate(problem.start);
    await expectGradient(problem.start, gradient, async (at) => (await problem.differentiate(at)).loss, {
      nDirections: 2,
    });
  });

  it('refuses the software adapter of this browser when left to choose', async () => {
    expect(await host.refuseWebgpu()).toMatch(/software/);
  });
});
