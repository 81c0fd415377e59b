import { beforeAll, describe, expect, it } from 'vitest';
import { Rng } from '../../../src/math/rng';
import { encodeRows } from '../../../src/models/encode/encode-rows';
import { fitEncoding } from '../../../src/models/encode/fit-encoding';
import { openBackend } from '../../../src/models/neural/backends';
import { createCtgan, CTGAN_PAPER, ctganRecipe } from '../../../src/models/neural/ctgan';
import { readFitted } from '../../../src/models/neural/model-state';
import type { NeuralSynthesizer } from '../../../src/models/neural/neural-synthesizer';
import { prepareRun } from '../../../src/models/neural/prepare-run';
import type { Recipe } from '../../../src/models/neural/recipe';
import { learningRateAt } from '../../../src/models/neural/schedule';
import { habitsOf, type NeuralSettings } from '../../../src/models/neural/settings';
import { createTvae, TVAE_PAPER, tvaeRecipe } from '../../../src/models/neural/tvae';
import type { ModelConfig } from '../../../src/models/synthesizer';
import { host, makePatients, makeRun, SMALL, SMALL_CTGAN } from './fixtures';

const input = makePatients(260);
const cases: [string, NeuralSynthesizer, Recipe<NeuralSettings>, ModelConfig][] = [
  ['tvae', createTvae('wasm', host), tvaeRecipe as unknown as Recipe<NeuralSettings>, SMALL],
  ['ctgan', createCtgan('wasm', host), ctganRecipe as unknown as Recipe<NeuralSettings>, SMALL_CTGAN],
];

describe.each(cases)('the paper’s recipe of %s', (id, synthesizer, recipe, small) => {
  beforeAll(async () => void (await openBackend('wasm', host)));

  it('codes numbers by modes and positions, from all of train, and the own recipe by bins', () => {
    const codingOf = (config: ModelConfig) => {
      const { encoding, learnerInput } = prepareRun(recipe, input, config, Rng.fromSeed(3), null);
      return { encoding, rows: learnerInput.rows };
    };
    const encoding = fitEncoding(input.table, input.schema, 'modes');
    expect(encoding.nAlpha).toBeGreaterThan(0);
    expect(codingOf({ preset: 'paper' })).toEqual({
      encoding,
      rows: encodeRows(input.table, encoding, Rng.fromSeed(3).fork('encode')),
    });
    expect(codingOf({}).encoding).toEqual(fitEncoding(input.table, input.schema, 'bins'));
  });

  it('hands over the last state, its margins as they are', async () => {
    const run = makeRun();
    const config = { ...small, preset: 'paper', minSteps: 120 };
    const model = await synthesizer.train(input, config, Rng.fromSeed(4), run);
    const phases = run.events.flatMap((event) => (event.kind === 'phase' ? [event.note] : []));
    expect(phases.at(-1)).toBe('Keeping the model of step 120');
    const { fitted } = (await model.state()).payload as { fitted: { choice: string } };
    expect(fitted.choice).toBe(id === 'tvae' ? 'argmax' : 'softmax');
    model.dispose();
  });

  it('says what keeps it from single rows, and differs in that from the own recipe', () => {
    const paper = synthesizer.describeControls({ preset: 'paper' }, 5000).join('\n');
    const own = synthesizer.describeControls({}, 5000).join('\n');
    expect(paper).not.toMatch(/early stop|average|corrected/);
    expect(own).toMatch(/only when 10 rows share it.*ranges of at least 20 rows/);
    expect(own).toMatch(/early stop.*\n.*\n.*only where 5 rows/);
    expect(own).toMatch(/pairs of values that fewer than 5 rows share are left out/);
  });

  it('opens a state that was saved before there were recipes, and no newer one', async () => {
    const model = await synthesizer.train(input, { ...small, minSteps: 5 }, Rng.fromSeed(4), makeRun());
    const state = structuredClone(await model.state());
    model.dispose();
    const { fitted } = state.payload as { fitted: Record<string, unknown> };
    const { choice, ...before } = fitted;
    expect(choice).toBe('softmax');
    const opened = readFitted(recipe.id, { ...state, version: 1, payload: { fitted: before } });
    expect(opened).toEqual(fitted);
    expect(() => readFitted(recipe.id, { ...state, version: 3 })).toThrow(/another version/);
  });

  it('is refused by any other name', async () => {
    const training = synthesizer.train(input, { preset: 'mine' }, Rng.fromSeed(4), makeRun());
    await expect(training).rejects.toThrow(/"preset" must be "understudy" or "paper"/);
  });
});

describe('the numbers of the paper’s recipe', () => {
  it('are those of Xu et al. 2019’s code', () => {
    const shared = { epochs: 300, batchSize: 500, latentSize: 128, averageDecay: 0, stopShare: 0 };
    expect(TVAE_PAPER).toMatchObject({
      ...shared,
      learningRate: 1e-3,
      weightDecay: 1e-5,
      hidden: [128, 128],
    });
    expect(CTGAN_PAPER).toMatchObject({
      ...shared,
      learningRate: 2e-4,
      criticLearningRate: 2e-4,
      weightDecay: 1e-6,
      hidden: [256, 256],
      criticHidden: [256, 256],
      pac: 10,
      dropout: 0.5,
      penaltyWeight: 10,
      pairWeight: 0,
    });
  });

  it('keep the learning rate, where the own recipe lets it fall along a cosine', () => {
    const rates = (preset: 'paper' | 'understudy') =>
      [0, 50, 100].map((step) => learningRateAt(step, 100, habitsOf(preset).schedule));
    expect(rates('paper')).toEqual([1, 1, 1]);
    const [start, middle, end] = rates('understudy');
    expect(start).toBe(1);
    expect(middle).toBeCloseTo(0.51, 9);
    expect(end).toBeCloseTo(0.02, 9);
  });
});
