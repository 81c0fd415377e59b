import * as tf from '@tensorflow/tfjs-core';
import type { Table } from '../../data/table';
import type { Rng } from '../../math/rng';
import { decodeRows, drawRows } from '../encode/decode-rows';
import { readVector } from './adam';
import { drawConditions, empiricalCumulative, layOutConditions, writeConditions } from './conditions';
import { generate, layOutGenerator, toNormalisations } from './generator-network';
import type { FittedNetwork, RowSampler } from './learner';
import { unpackParameters } from './parameters';

/**
 * Draws rows: conditions by their frequency in train, latent code from N(0, 1), normalisation frozen so that a row does
 * not depend on the rows beside it, levels and modes by their softmax (the limit of the Gumbel softmax in training).
 */
export function openCtganSampler(fitted: FittedNetwork): RowSampler {
  const { encoding, latentSize } = fitted;
  const { columns, width: nConditions } = layOutConditions(encoding);
  const [first = 1, second = 1] = fitted.hidden;
  const inputs = latentSize + nConditions;
  const layout = layOutGenerator({ inputs, hidden: [first, second], width: encoding.width });
  const cumulative = empiricalCumulative(fitted.conditions ?? []);
  const weights = tf.tensor1d(fitted.weights);
  const statistics = fitted.normalisation.map((values) => tf.tensor2d(values, [1, values.length]));
  const frozen = toNormalisations(statistics);
  return {
    async sample(nRows: number, rng: Rng): Promise<Table> {
      const input = new Float32Array(nRows * inputs);
      const latent = rng.fork('latent');
      for (let row = 0; row < nRows; row++) {
        for (let j = 0; j < latentSize; j++) input[row * inputs + j] = latent.normal();
      }
      const draw = drawConditions(nRows, cumulative, rng.fork('conditions'));
      writeConditions(draw, columns, input, inputs, latentSize);
      const logits = tf.tidy(() => {
        const parameters = unpackParameters(weights, layout);
        return generate(tf.tensor2d(input, [nRows, inputs]), parameters, frozen).logits;
      });
      const values = await readVector(logits);
      logits.dispose();
      const { choice } = fitted;
      const drawn = drawRows({ nRows, values, sigmas: null, choice }, encoding, rng.fork('rows'));
      return decodeRows(drawn, encoding, rng.fork('values'));
    },
    dispose: () => tf.dispose([weights, ...statistics]),
  };
}
