import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { Rng } from '../../../src/math/rng';
import { encodeRows, writeAlphaMask, writeMatrix } from '../../../src/models/encode/encode-rows';
import { fitEncoding, type NumberCoding } from '../../../src/models/encode/fit-encoding';
import { updateByKernel, updateByTensors } from '../../../src/models/neural/adam';
import { openBackend } from '../../../src/models/neural/backends';
import { sumColumns } from '../../../src/models/neural/column-sums';
import { layOutParameters, packGradients } from '../../../src/models/neural/parameters';
import { RowActivation } from '../../../src/models/neural/row-activation';
import {
  drawLatent,
  drawLatentByTensors,
  latentGradient,
  latentGradientByTensors,
  reconstruct,
  reconstructByTensors,
} from '../../../src/models/neural/tvae-loss';
import { host, makePatients } from './fixtures';

const N_ROWS = 9;

function normals(name: string, shape: [number, number]): tf.Tensor2D {
  const values = new Float32Array(shape[0] * shape[1]);
  Rng.fromSeed(name).fillNormal(values);
  return tf.tensor2d(values, shape);
}

async function expectSame(ours: tf.Tensor | null, theirs: tf.Tensor | null): Promise<void> {
  const [left, right] = [await ours?.data<'float32'>(), await theirs?.data<'float32'>()];
  expect(left?.length).toBe(right?.length);
  const scale = Math.max(...(right ?? []).map(Math.abs), 1e-6);
  left?.forEach((value, i) => expect(Math.abs(value - (right?.[i] ?? NaN)) / scale).toBeLessThan(2e-6));
}

/** Reconstruction input of a few patients. */
function makeReconstruction(coding: NumberCoding) {
  const { table, schema } = makePatients(200);
  const encoding = fitEncoding(table, schema, coding);
  const encoded = encodeRows(table, encoding, Rng.fromSeed('rows'));
  const picked = Uint32Array.from({ length: N_ROWS }, (_, i) => i);
  const rows = new Float32Array(N_ROWS * encoding.width);
  const mask = new Float32Array(N_ROWS * encoding.nAlpha);
  writeMatrix(encoded, encoding, picked, rows);
  writeAlphaMask(encoded, encoding, picked, mask);
  return {
    activation: new RowActivation(encoding),
    batch: {
      rows: tf.tensor2d(rows, [N_ROWS, encoding.width]),
      alphaMask: encoding.nAlpha === 0 ? null : tf.tensor2d(mask, [N_ROWS, encoding.nAlpha]),
      logits: normals('logits', [N_ROWS, encoding.width]),
      freeSigma: tf.reshape(normals('sigma', [1, Math.max(encoding.nAlpha, 1)]), [-1]),
    },
  };
}

describe.each(['cpu', 'wasm'] as const)(
  'kernels of our own on %s compute what tensor operations compute',
  (backend) => {
    beforeAll(async () => void expect(await openBackend(backend, host)).toBe(true));

    it('for the sums of columns', async () => {
      const matrix = normals('matrix', [N_ROWS, 5]);
      await expectSame(sumColumns(matrix, 0.5), tf.mul(tf.sum(matrix, 0, true), 0.5));
    });

    it('for latent codes and their gradient', async () => {
      const [code, noise, slope] = [
        normals('code', [N_ROWS, 6]),
        normals('noise', [N_ROWS, 3]),
        normals('slope', [N_ROWS, 3]),
      ];
      const [ours, theirs] = [drawLatent(code, noise), drawLatentByTensors(code, noise)];
      await expectSame(ours.latent, theirs.latent);
      const [left, right] = [
        latentGradient(code, ours, slope, true),
        latentGradientByTensors(code, theirs, slope, true),
      ];
      await expectSame(left.code, right.code);
      await expectSame(left.loss, right.loss);
    });

    it.each(['modes', 'bins'] as const)('for the reconstruction of %s', async (coding) => {
      const { batch, activation } = makeReconstruction(coding);
      const ours = reconstruct(batch, activation, 2, true);
      const theirs = reconstructByTensors(batch, activation, 2, true);
      await expectSame(ours.logitGradient, theirs.logitGradient);
      await expectSame(ours.sigmaGradient, theirs.sigmaGradient);
      await expectSame(ours.loss, theirs.loss);
    });

    it('for an update of Adam', async () => {
      const layout = layOutParameters({ first: [3, 4], second: [5] });
      const vector = (name: string) => tf.reshape(normals(name, [1, layout.size]), [-1]) as tf.Tensor1D;
      const held = {
        weights: vector('weights'),
        firstMoment: vector('first'),
        secondMoment: tf.abs(vector('second')),
        average: vector('average'),
      };
      const gradients = { first: normals('a', [3, 4]), second: tf.reshape(normals('b', [1, 5]), [5]) };
      const numbers = {
        beta1: 0.9,
        beta2: 0.99,
        weightDecay: 0.1,
        stepSize: 0.01,
        epsilon: 1e-8,
        decay: 0.7,
      };
      const ours = updateByKernel(held, gradients, layout, numbers);
      const theirs = updateByTensors(held, packGradients(gradients, layout), numbers);
      for (const name of ['weights', 'firstMoment', 'secondMoment', 'average'] as const) {
        await expectSame(ours[name], theirs[name]);
      }
    });
  },
);
