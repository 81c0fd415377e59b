import { layers, sequential, train, type Sequential } from '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import { beforeEach, describe, expect, it } from 'vitest';
import { Rng } from '../../../src/math/rng';
import { openBackend } from '../../../src/models/neural/backends';
import { TrainedVector } from '../../../src/models/neural/adam';
import { layOutParameters, startParameters, unpackParameters } from '../../../src/models/neural/parameters';
import { backwardDecoder, decode, layOutDecoder } from '../../../src/models/neural/tvae-network';
import { host } from './fixtures';

/** The written-out passes beside TensorFlow.js' own layers and automatic differentiation: two roads to the same numbers. */
const sizes = { width: 9, nAlpha: 2, latentSize: 5, hidden: [8, 7] } as const;
const nRows = 6;

function makeMatrix(name: string, nColumns: number): tf.Tensor2D {
  const values = new Float32Array(nRows * nColumns);
  Rng.fromSeed(name).fillNormal(values);
  return tf.tensor2d(values, [nRows, nColumns]);
}

function makeLayers(weights: readonly tf.Tensor[]): Sequential {
  const model = sequential({
    layers: [
      layers.dense({ units: 7, activation: 'relu', inputShape: [5] }),
      layers.dense({ units: 8, activation: 'relu' }),
      layers.dense({ units: 9 }),
    ],
  });
  model.setWeights([...weights]);
  return model;
}

describe.each(['cpu', 'wasm'] as const)('the decoder on %s', (backend) => {
  beforeEach(async () => {
    expect(await openBackend(backend, host)).toBe(true);
  });

  it('computes what the same layers of TensorFlow.js compute, forward and backward', async () => {
    const layout = layOutDecoder(sizes);
    const p = unpackParameters(tf.tensor1d(startParameters(layout, {}, Rng.fromSeed('decoder'))), layout);
    const latent = makeMatrix('latent', 5);
    const slope = makeMatrix('slope', 9);
    const names = ['dec1/w', 'dec1/b', 'dec2/w', 'dec2/b', 'row/w', 'row/b'] as const;
    const model = makeLayers(names.map((name) => p[name]));

    const pass = decode(latent, p);
    const expected = model.predict(latent) as tf.Tensor2D;
    expect(await readGap(pass.logits, expected)).toBeLessThan(1e-5);

    const ours = backwardDecoder(latent, pass, slope, p);
    // The gradient kernel of a matrix product on wasm is what the written-out passes go round, so cpu is asked.
    expect(await openBackend('cpu', host)).toBe(true);
    const { grads } = tf.variableGrads(
      () => tf.sum(tf.mul(model.apply(latent) as tf.Tensor, slope)) as tf.Scalar,
    );
    const theirs = model.trainableWeights.map((weight) => grads[weight.name]);
    for (const [i, name] of names.entries()) {
      const gap = await readGap(ours.gradients[name], theirs[i] ?? tf.scalar(NaN));
      expect([name, gap < 1e-4]).toEqual([name, true]);
    }
  });
});

describe('our Adam on wasm', () => {
  it('goes where the optimizer of TensorFlow.js goes', async () => {
    expect(await openBackend('wasm', host)).toBe(true);
    const layout = layOutParameters({ first: [2, 3], second: [4] });
    const start = startParameters(layout, {}, Rng.fromSeed('adam'));
    const rates = { learningRate: 0.05, beta1: 0.9, beta2: 0.99, weightDecay: 0, averageDecay: 0 };
    const ours = TrainedVector.open(undefined, layout, rates, () => start);
    const theirs = tf.variable(tf.tensor1d(start));
    const optimizer = train.adam(0.05, 0.9, 0.99, 1e-8);
    for (let step = 0; step < 5; step++) {
      const slope = makeMatrix(`slope ${step}`, 2).flatten().slice(0, layout.size) as tf.Tensor1D;
      ours.update(unpackParameters(slope, layout));
      optimizer.applyGradients([{ name: theirs.name, tensor: slope }]);
    }
    const { weights } = await ours.snapshot();
    ours.dispose();
    expect(await readGap(tf.tensor1d(weights), theirs)).toBeLessThan(1e-5);
  });
});

/** Largest difference of two tensors of the same size. */
async function readGap(a: tf.Tensor, b: tf.Tensor): Promise<number> {
  const [left, right] = [await a.data<'float32'>(), await b.data<'float32'>()];
  expect(left.length).toBe(right.length);
  return left.reduce((most, x, i) => Math.max(most, Math.abs(x - (right[i] ?? NaN))), 0);
}
