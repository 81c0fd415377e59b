import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { Rng } from '../../../src/math/rng';
import { openBackend } from '../../../src/models/neural/backends';
import { createCtgan, ctganRecipe } from '../../../src/models/neural/ctgan';
import type { LearnerSnapshot } from '../../../src/models/neural/learner';
import type { NeuralSynthesizer } from '../../../src/models/neural/neural-synthesizer';
import { prepareRun } from '../../../src/models/neural/prepare-run';
import type { Recipe } from '../../../src/models/neural/recipe';
import type { NeuralSettings } from '../../../src/models/neural/settings';
import { createTvae, tvaeRecipe } from '../../../src/models/neural/tvae';
import type { Checkpoint, ModelConfig, TrainedModel } from '../../../src/models/synthesizer';
import { host, makePatients, makeRun, SMALL, SMALL_CTGAN } from './fixtures';

const input = makePatients(260);

async function trainedSteps<S extends NeuralSettings>(
  recipe: Recipe<S>,
  config: ModelConfig,
  from: LearnerSnapshot | null,
  steps: readonly [number, number],
): Promise<{ snapshot: LearnerSnapshot; nGained: number }> {
  const { learnerInput, settings } = prepareRun(recipe, input, config, Rng.fromSeed(3), null);
  const learner = recipe.createLearner(learnerInput, settings, from);
  learner.step(steps[0], true)?.dispose();
  const before = tf.memory().numTensors;
  for (let i = steps[0] + 1; i < steps[1]; i++) learner.step(i, i % 3 === 0)?.dispose();
  const nGained = tf.memory().numTensors - before;
  const snapshot = structuredClone(await learner.snapshot());
  learner.dispose();
  return { snapshot, nGained };
}

const cases = [
  ['tvae', tvaeRecipe, { ...SMALL, epochs: 10 }],
  ['ctgan', ctganRecipe, { ...SMALL_CTGAN, epochs: 10 }],
] as const;

describe.each(['wasm', 'cpu'] as const)('steps on %s', (backend) => {
  beforeAll(async () => void expect(await openBackend(backend, host)).toBe(true));

  it.each(cases)(
    'of %s hold as many tensors after as before, and give all of them back',
    async (_, recipe, config) => {
      const before = tf.memory().numTensors;
      const { nGained } = await trainedSteps(
        recipe as unknown as Recipe<NeuralSettings>,
        config,
        null,
        [0, 8],
      );
      expect(nGained).toBe(0);
      expect(tf.memory().numTensors).toBe(before);
    },
  );

  it.each(cases)('of %s go on bit for bit from a snapshot', async (_, anyRecipe, config) => {
    const recipe = anyRecipe as unknown as Recipe<NeuralSettings>;
    const whole = await trainedSteps(recipe, config, null, [0, 20]);
    const half = await trainedSteps(recipe, config, null, [0, 10]);
    const resumed = await trainedSteps(recipe, config, half.snapshot, [10, 20]);
    expect(resumed.snapshot).toEqual(whole.snapshot);
    expect(half.snapshot).not.toEqual(whole.snapshot);
  });
});

/** Rows and weights of a finished model. */
async function contents(model: TrainedModel) {
  const answer = { rows: await model.sample(30, Rng.fromSeed('rows')), state: await model.state() };
  model.dispose();
  return structuredClone(answer);
}

const runs: [string, NeuralSynthesizer, ModelConfig][] = [
  ['tvae', createTvae('wasm', host), { ...SMALL, epochs: 10 }],
  ['ctgan', createCtgan('wasm', host), { ...SMALL_CTGAN, epochs: 10 }],
];

describe.each(runs)('a run of %s', (_, synthesizer, config) => {
  it('killed after a checkpoint ends as the uninterrupted one: same losses, scores, weights, rows', async () => {
    const seed = () => Rng.fromSeed(11);
    const whole = makeRun();
    const expected = await contents(
      await synthesizer.train(input, { ...config, minSteps: 120 }, seed(), whole),
    );

    const saved: Checkpoint[] = [];
    let command: 'run' | 'cancel' = 'run';
    const killed = makeRun({
      checkpointEveryMs: 0,
      command: () => command,
      emit: (event) => {
        if (event.kind === 'checkpoint') saved.push(structuredClone(event.checkpoint));
        if (saved.length === 61) command = 'cancel';
      },
    });
    await expect(synthesizer.train(input, { ...config, minSteps: 120 }, seed(), killed)).rejects.toThrow(
      /cancelled/,
    );
    const resumeFrom = saved[60] ?? null;
    expect(resumeFrom?.step).toBe(61);

    const resumed = makeRun({ resumeFrom });
    const actual = await contents(
      await synthesizer.train(input, { ...config, minSteps: 120 }, seed(), resumed),
    );
    expect(actual).toEqual(expected);
    const scores = (run: typeof whole) => run.events.filter((event) => event.kind === 'score').slice(-1);
    expect(scores(resumed)).toEqual(scores(whole));
  });

  it('refuses a checkpoint of another seed and of another model', async () => {
    const saved: Checkpoint[] = [];
    const run = makeRun({
      checkpointEveryMs: 0,
      emit: (event) => void (event.kind === 'checkpoint' && saved.push(event.checkpoint)),
      command: () => (saved.length > 0 ? 'cancel' : 'run'),
    });
    await expect(synthesizer.train(input, config, Rng.fromSeed(1), run)).rejects.toThrow(/cancelled/);
    const [checkpoint] = saved;
    if (checkpoint === undefined) throw new Error('no checkpoint');
    const resume = (resumeFrom: Checkpoint, seed: number) =>
      synthesizer.train(input, config, Rng.fromSeed(seed), makeRun({ resumeFrom }));
    await expect(resume(checkpoint, 2)).rejects.toThrow(/another seed/);
    await expect(resume({ ...checkpoint, model: 'copula' }, 1)).rejects.toThrow(/another model/);
  });
});
