import * as tf from '@tensorflow/tfjs-core';
import { decodeRows, drawRows } from '../encode/decode-rows';
import type { Table } from '../../data/table';
import type { Rng } from '../../math/rng';
import { readVector } from './adam';
import type { FittedNetwork, RowSampler } from './learner';
import { unpackParameters } from './parameters';
import { decode, layOutDecoder } from './tvae-network';

/** Draws rows: latent code from N(0, 1), modes and levels by their softmax, positions by their normal (Xu et al. 2019). */
export function openTvaeSampler(fitted: FittedNetwork): RowSampler {
  const { encoding, latentSize, sigmas, choice } = fitted;
  const [first = 1, second = 1] = fitted.hidden;
  const layout = layOutDecoder({
    width: encoding.width,
    nAlpha: encoding.nAlpha,
    latentSize,
    hidden: [first, second],
  });
  const weights = tf.tensor1d(fitted.weights);
  return {
    async sample(nRows: number, rng: Rng): Promise<Table> {
      const noise = new Float32Array(nRows * latentSize);
      rng.fork('latent').fillNormal(noise);
      const logits = tf.tidy(() => {
        const latent = tf.tensor2d(noise, [nRows, latentSize]);
        return decode(latent, unpackParameters(weights, layout)).logits;
      });
      const values = await readVector(logits);
      logits.dispose();
      const drawn = drawRows({ nRows, values, sigmas, choice }, encoding, rng.fork('rows'));
      return decodeRows(drawn, encoding, rng.fork('values'));
    },
    dispose: () => weights.dispose(),
  };
}
