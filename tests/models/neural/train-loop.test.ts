import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Rng } from '../../../src/math/rng';
import { openBackend } from '../../../src/models/neural/backends';
import { createCtgan } from '../../../src/models/neural/ctgan';
import type { Learner } from '../../../src/models/neural/learner';
import { createNeuralSynthesizer } from '../../../src/models/neural/neural-synthesizer';
import { createTvae, tvaeRecipe } from '../../../src/models/neural/tvae';
import type { TrainingCommand, TrainingEvent } from '../../../src/models/synthesizer';
import { host, makePatients, makeRun, SMALL } from './fixtures';

const input = makePatients(260);
const config = { ...SMALL, minSteps: 200, epochs: 1 };
const rng = () => Rng.fromSeed(5);
const only = <K extends TrainingEvent['kind']>(events: TrainingEvent[], kind: K) =>
  events.filter((event): event is Extract<TrainingEvent, { kind: K }> => event.kind === kind);

describe('the train loop', () => {
  let nTensors = 0;
  beforeEach(async () => {
    await openBackend('wasm', host);
    nTensors = tf.memory().numTensors;
  });
  afterEach(() => expect(tf.memory().numTensors).toBe(nTensors));

  it('emits phases, the backend with its reason, falling losses, scores, overlays and a stop reason', async () => {
    const run = makeRun();
    const model = await createTvae('wasm', host).train(input, config, rng(), run);
    expect(only(run.events, 'phase').map((event) => event.phase)).toEqual([
      'encode',
      'backend',
      'train',
      'finish',
    ]);
    expect(only(run.events, 'backend')[0]).toMatchObject({
      chosen: 'wasm',
      timings: [{ backend: 'wasm', available: true, reason: 'it was asked for' }],
    });
    const progress = only(run.events, 'progress');
    const [first, last] = [progress[0], progress.at(-1)];
    expect(last).toMatchObject({ step: 200, nSteps: 200, etaMs: 0 });
    expect(last?.losses['reconstruction']).toBeLessThan(first?.losses['reconstruction'] ?? 0);
    expect(only(run.events, 'score').map((event) => event.score.step)).toEqual([50, 100, 150, 200]);
    const overlay = only(run.events, 'overlay').at(-1);
    expect(overlay?.columns.map((column) => column.column)).toEqual(
      input.table.columns.map((column) => column.name),
    );
    for (const column of overlay?.columns ?? []) {
      expect(column.synthetic.reduce((sum, share) => sum + share, column.syntheticMissing)).toBeCloseTo(1, 9);
    }
    expect(model.stopReason).toBe('all planned steps done');
    model.dispose();
  });

  it('tells progress at most ten times a second, whatever the speed of its steps', async () => {
    let clock = 0;
    const run = makeRun({ now: () => (clock += 3) });
    (await createTvae('wasm', host).train(input, { ...config, minSteps: 150 }, rng(), run)).dispose();
    const nAllowed = clock / 100 + only(run.events, 'score').length + 1;
    expect(only(run.events, 'progress').length).toBeLessThanOrEqual(nAllowed);
    expect(only(run.events, 'progress').length).toBeGreaterThan(3);
  });

  it('stops when asked and keeps the best so far', async () => {
    let nScores = 0;
    const run = makeRun({
      emit: (event) => void (nScores += event.kind === 'score' ? 1 : 0),
      command: (): TrainingCommand => (nScores >= 2 ? 'stop' : 'run'),
    });
    const model = await createTvae('wasm', host).train(input, config, rng(), run);
    expect(model.stopReason).toBe('stopped by the person');
    expect((await model.sample(10, rng())).nRows).toBe(10);
    model.dispose();
  });

  it('can be stopped before its first step', async () => {
    const run = makeRun({ command: () => 'stop' });
    const model = await createCtgan('wasm', host).train(input, { ...config, epochs: 1 }, rng(), run);
    expect((await model.sample(5, rng())).nRows).toBe(5);
    model.dispose();
  });

  it('pauses without a step, saves a checkpoint, and goes on', async () => {
    const commands: TrainingCommand[] = ['run', 'pause', 'pause', 'pause', 'run'];
    let nBreaths = 0;
    const steps: number[] = [];
    const run = makeRun({
      breathe: () => Promise.resolve(void nBreaths++),
      command: () => commands[Math.min(nBreaths - 1, 4)] ?? 'run',
      emit: (event) => void (event.kind === 'checkpoint' && steps.push(event.checkpoint.step)),
    });
    const model = await createTvae('wasm', host).train(input, { ...config, minSteps: 10 }, rng(), run);
    expect(steps).toEqual([1]);
    expect(nBreaths).toBeGreaterThanOrEqual(13);
    model.dispose();
  });

  it('counts a pause neither into the rate nor into the time left', async () => {
    let clock = 0;
    let pause: 'ahead' | 'on' | 'over' = 'ahead';
    const progress: Extract<TrainingEvent, { kind: 'progress' }>[] = [];
    const run = makeRun({
      now: () => (clock += 50),
      breathe() {
        if (pause === 'on') [clock, pause] = [clock + 3_600_000, 'over'];
        return Promise.resolve();
      },
      command() {
        if (pause === 'ahead' && progress.length > 0) pause = 'on';
        return pause === 'on' ? 'pause' : 'run';
      },
      emit: (event) => void (event.kind === 'progress' && progress.push(event)),
    });
    const model = await createTvae('wasm', host).train(input, { ...config, minSteps: 20 }, rng(), run);
    model.dispose();
    expect(clock).toBeGreaterThan(3_600_000);
    expect(progress.length).toBeGreaterThan(2);
    for (const event of progress) {
      expect(event.rowsPerSecond).toBeGreaterThan(10);
      expect(event.etaMs).toBeLessThan(60_000);
    }
  });

  it('throws `cancelled` at the next step', async () => {
    let n = 0;
    const run = makeRun({ command: () => (n++ > 5 ? 'cancel' : 'run') });
    const training = createTvae('wasm', host).train(input, config, rng(), run);
    await expect(training).rejects.toMatchObject({ failure: { code: 'cancelled' } });
  });

  it('ends with `training-diverged` when losses stop being numbers', async () => {
    const recipe = {
      ...tvaeRecipe,
      createLearner: (...given: Parameters<typeof tvaeRecipe.createLearner>): Learner => {
        const learner = tvaeRecipe.createLearner(...given);
        const broken: Learner = {
          nStepsPerEpoch: learner.nStepsPerEpoch,
          lossNames: learner.lossNames,
          step: (index) => {
            learner.step(index, true)?.dispose();
            return tf.tensor1d(index < 3 ? [1, 1] : [NaN, 1]);
          },
          fitted: () => learner.fitted(),
          snapshot: () => learner.snapshot(),
          dispose: () => learner.dispose(),
        };
        return broken;
      },
    };
    const training = createNeuralSynthesizer(recipe, 'wasm', host).train(input, config, rng(), makeRun());
    await expect(training).rejects.toMatchObject({ failure: { code: 'training-diverged' } });
  });

  it('ends early once scores stop improving, and keeps the best', async () => {
    const run = makeRun();
    const settings = { ...config, minSteps: 2000, patience: 2, learningRate: 1e-12, averageDecay: 0 };
    const model = await createTvae('wasm', host).train(input, settings, rng(), run);
    const scores = only(run.events, 'score').map((event) => event.score);
    const best = scores.filter((score) => score.best).at(-1);
    expect(model.stopReason).toBe(`no improvement since step ${best?.step ?? 0}`);
    // Patience is asked in the second half of the 2,000 planned steps only.
    expect(scores.at(-1)?.step).toBeGreaterThanOrEqual(1000);
    expect(scores.at(-1)?.step).toBeLessThan(2000);
    expect(best?.score).toBe(Math.max(...scores.map((score) => score.score)));
    model.dispose();
  });
});

describe('a lost device', () => {
  it('is replaced, and training ends as if nothing had happened', async () => {
    const expected = await createTvae('wasm', host).train(input, config, rng(), makeRun());
    const watches: { lost: boolean }[] = [];
    const losing = {
      ...host,
      watchDevice: () => {
        const watch = { lost: false };
        watches.push(watch);
        return watch;
      },
    };
    let nCheckpoints = 0;
    const run = makeRun({ checkpointEveryMs: 0 });
    const { emit } = run;
    const watching = {
      ...run,
      emit: (event: TrainingEvent) => {
        emit(event);
        if (event.kind === 'checkpoint' && ++nCheckpoints % 60 === 0 && watches.length < 3) {
          const current = watches.at(-1);
          if (current !== undefined) current.lost = true;
        }
      },
    };
    const model = await createTvae('wasm', losing).train(input, config, rng(), watching);
    const backends = only(run.events, 'backend');
    expect(backends).toHaveLength(3);
    expect(backends[1]?.timings[0]?.reason).toMatch(/device was lost/);
    expect(backends[2]?.timings[0]?.reason).toMatch(/lost again/);
    const notes = only(run.events, 'phase').flatMap(({ phase, note }) => (phase === 'train' ? [note] : []));
    expect(notes).toEqual([
      expect.stringMatching(/^Training on /),
      expect.stringMatching(/device was lost.*last checkpoint on /),
      expect.stringMatching(/device was lost.*last checkpoint on wasm|cpu/),
    ]);
    expect(await model.state()).toEqual(await expected.state());
    model.dispose();
    expected.dispose();
  });
});
