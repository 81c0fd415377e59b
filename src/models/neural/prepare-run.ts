import type { Rng } from '../../math/rng';
import { encodeRows } from '../encode/encode-rows';
import type { Encoding } from '../encode/encoding';
import { fitEncoding } from '../encode/fit-encoding';
import type { ModelConfig, TrainingInput } from '../synthesizer';
import type { TrainingState } from './checkpoint';
import type { Learner, LearnerInput } from './learner';
import type { Recipe } from './recipe';
import {
  checkSettings,
  chooseBatchSize,
  habitsOf,
  planSteps,
  readNeuralSettings,
  type NeuralSettings,
} from './settings';
import { cutStopSlice, type StopSplit } from './stop-score';

/** Everything a run needs before a backend is chosen. */
export interface PreparedRun<S extends NeuralSettings> {
  readonly settings: S;
  readonly split: StopSplit;
  readonly encoding: Encoding;
  readonly batchSize: number;
  readonly nSteps: number;
  /** Input of a learner; the same on every backend and after every resume. */
  readonly learnerInput: LearnerInput;
}

/** Reads settings, cuts the stop slice and encodes the rest; deterministic in (input, config, rng, resumed encoding). */
export function prepareRun<S extends NeuralSettings>(
  recipe: Recipe<S>,
  input: TrainingInput,
  config: ModelConfig,
  rng: Rng,
  from: TrainingState | null,
): PreparedRun<S> {
  const settings = readNeuralSettings(recipe.presets, config);
  checkSettings(settings);
  recipe.check(settings);
  const split = cutStopSlice(input.table, settings.stopShare, rng.fork('stop-slice'));
  const encoding =
    from?.encoding ?? fitEncoding(split.learned, input.schema, habitsOf(settings.preset).coding);
  const rows = encodeRows(split.learned, encoding, rng.fork('encode'));
  const batchSize = chooseBatchSize(settings, rows.nRows, recipe.packSize(settings));
  const nSteps = planSteps(settings, Math.max(Math.floor(rows.nRows / batchSize), 1));
  const learnerInput = { encoding, rows, batchSize, nSteps, rng: rng.fork('train') };
  return { settings, split, encoding, batchSize, nSteps, learnerInput };
}

/** Median milliseconds of a step, from a few steps of a throwaway learner on the current backend. */
export async function timeSteps(createLearner: () => Learner, now: () => number): Promise<number> {
  const learner = createLearner();
  try {
    const times: number[] = [];
    // The first step compiles; the shortest honest trial is the median of the three after it.
    for (let index = 0; index < 4; index++) {
      const start = now();
      const losses = learner.step(index, true);
      await losses?.data();
      losses?.dispose();
      if (index > 0) times.push(now() - start);
    }
    return times.sort((a, b) => a - b)[1] ?? NaN;
  } finally {
    learner.dispose();
  }
}

/** Bytes of the encoded rows. */
export function encodedBytes(prepared: { readonly learnerInput: LearnerInput }): number {
  const { alphas, codes } = prepared.learnerInput.rows;
  const sum = (arrays: readonly { readonly byteLength: number }[]) =>
    arrays.reduce((total, array) => total + array.byteLength, 0);
  return sum(alphas) + sum(codes);
}
