import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Rng } from '../../../src/math/rng';
import { blocksOf } from '../../../src/models/encode/encoding';
import { fitEncoding } from '../../../src/models/encode/fit-encoding';
import { readVector } from '../../../src/models/neural/adam';
import { openBackend } from '../../../src/models/neural/backends';
import { RowActivation } from '../../../src/models/neural/row-activation';
import { host, makePatients } from './fixtures';

const { table, schema } = makePatients(200);
const encoding = fitEncoding(table, schema);

describe.each(['cpu', 'wasm'] as const)('row activation on %s', (backend) => {
  let activation: RowActivation;
  let logits: tf.Tensor2D;
  const n = 7;
  const values = new Float32Array(n * encoding.width);
  Rng.fromSeed('logits').fillNormal(values);
  // Logits far apart: a softmax that subtracts one maximum for all blocks would underflow to 0/0 here.
  values.forEach((value, i) => (values[i] = value * (i % 3 === 0 ? 300 : 5)));

  beforeAll(async () => {
    expect(await openBackend(backend, host)).toBe(true);
    activation = new RowActivation(encoding);
    logits = tf.tensor2d(values, [n, encoding.width]);
  });
  afterAll(() => {
    activation.dispose();
    logits.dispose();
  });

  it('makes tanh positions and blocks that sum to 1', async () => {
    const output = activation.activate(logits);
    const rows = await readVector(output);
    output.dispose();
    for (let row = 0; row < n; row++) {
      const line = rows.subarray(row * encoding.width, (row + 1) * encoding.width);
      for (let j = 0; j < encoding.nAlpha; j++) {
        expect(line[j]).toBeCloseTo(Math.tanh(values[row * encoding.width + j] ?? 0), 6);
      }
      for (const { offset, width } of blocksOf(encoding)) {
        expect(line.subarray(offset, offset + width).reduce((sum, share) => sum + share, 0)).toBeCloseTo(
          1,
          5,
        );
      }
    }
  });

  it.each([1, 0.2])(
    'gives the same by its kernel and by tensor operations at temperature %d',
    async (temperature) => {
      const gradient = tf.tensor2d(
        values.map((value) => Math.sin(value)),
        [n, encoding.width],
      );
      const tensors = tf.tidy(() => {
        const output = activation.activate(logits, temperature);
        return [
          output,
          activation.activateByTensors(logits, temperature),
          activation.backward(output, gradient, temperature),
          activation.backwardByTensors(output, gradient, temperature),
        ];
      });
      const [a, b, c, d] = await Promise.all(tensors.map(readVector));
      tf.dispose([...tensors, gradient]);
      a?.forEach((value, i) => expect(value).toBeCloseTo(b?.[i] ?? NaN, 5));
      c?.forEach((value, i) => expect(value).toBeCloseTo(d?.[i] ?? NaN, 4));
    },
  );
});
