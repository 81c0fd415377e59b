import * as tf from '@tensorflow/tfjs-core';
import { FailureError } from '../../data/failure';
import type { Table } from '../../data/table';
import type { Rng } from '../../math/rng';
import type {
  Checkpoint,
  ModelConfig,
  Synthesizer,
  TrainedModel,
  TrainingInput,
  TrainingRun,
} from '../synthesizer';
import { discardWebgpu, type BackendHost, type BackendName } from './backends';
import { readCheckpoint, type TrainingState } from './checkpoint';
import { chooseBackend, type BackendChoice, type BackendWish } from './choose-backend';
import type { FittedNetwork } from './learner';
import { createLiveOverlay } from './live-overlay';
import { encodedBytes, prepareRun, timeSteps, type PreparedRun } from './prepare-run';
import { describeControls } from './memorisation';
import { readFitted, writeFitted } from './model-state';
import type { Recipe } from './recipe';
import { habitsOf, readNeuralSettings, type NeuralSettings } from './settings';
import { isSliceHeldBack, StopScorer } from './stop-score';
import { runTrainLoop, type LoopResult } from './train-loop';

/** Scores spread evenly over the planned steps. */
const N_SCORES = 40;
/** Fewest steps between two scores: a preview costs as much as several steps. */
const MIN_STEPS_PER_SCORE = 50;

export interface NeuralForecast {
  readonly msPerStep: number;
  readonly nSteps: number;
  /** From the table to encoded rows, and what scores need once. */
  readonly encodeMs: number;
  /** Looks at a preview between steps. */
  readonly nScores: number;
  readonly scoreMs: number;
  /** For drawing {@link NeuralForecast.drawn}. */
  readonly drawMs: number;
  readonly drawn: Table;
  readonly memoryBytes: number;
  readonly backend: BackendName;
}

export interface NeuralSynthesizer extends Synthesizer {
  /** Time and memory of a run, from a few steps at its real shapes, a score, and `nDrawn` rows drawn untrained. */
  forecast(input: TrainingInput, config: ModelConfig, rng: Rng, nDrawn: number): Promise<NeuralForecast>;
  /** The settings a run with `config` takes, defaults filled in. Throws FailureError. */
  settingsInForce(config: ModelConfig): ModelConfig;
  /** What keeps the network from learning single rows of a table of `nRows` by heart, in words. */
  describeControls(config: ModelConfig, nRows: number): readonly string[];
}

/** A synthesizer that trains one recipe on the backend wished for. */
export function createNeuralSynthesizer<S extends NeuralSettings>(
  recipe: Recipe<S>,
  wish: BackendWish,
  host: BackendHost,
): NeuralSynthesizer {
  return {
    id: recipe.id,
    defaults: { ...recipe.presets.understudy } as unknown as ModelConfig,
    train: (input, config, rng, run) => train({ recipe, wish, host, input, config, rng, run }),
    restore: (state) =>
      Promise.resolve(openModel(recipe, readFitted(recipe.id, state), 'opened from a file')),
    fitPart: null,
    forecast: (input, config, rng, nDrawn) => forecast({ recipe, wish, host, input, config, rng }, nDrawn),
    settingsInForce: (config) =>
      ({ ...readNeuralSettings(recipe.presets, config) }) as unknown as ModelConfig,
    describeControls: (config, nRows) => {
      const settings = readNeuralSettings(recipe.presets, config);
      return describeControls(
        settings,
        recipe.packSize(settings),
        isSliceHeldBack(nRows, settings.stopShare),
      );
    },
  };
}

interface Assignment<S extends NeuralSettings> {
  readonly recipe: Recipe<S>;
  readonly wish: BackendWish;
  readonly host: BackendHost;
  readonly input: TrainingInput;
  readonly config: ModelConfig;
  readonly rng: Rng;
  readonly run: TrainingRun;
}

async function train<S extends NeuralSettings>(assignment: Assignment<S>): Promise<TrainedModel> {
  const { recipe, input, config, rng, run } = assignment;
  run.emit({ kind: 'phase', phase: 'encode', note: 'Learning modes and levels of each column' });
  const resumed = run.resumeFrom === null ? null : readCheckpoint(run.resumeFrom, recipe.id, rng.save());
  const prepared = prepareRun(recipe, input, config, rng, resumed);
  run.emit({ kind: 'phase', phase: 'backend', note: 'Timing a few steps' });
  const result = await trainThroughLosses(assignment, prepared);
  run.emit({ kind: 'phase', phase: 'finish', note: `Keeping the model of step ${result.best.score.step}` });
  return openModel(recipe, result.best.fitted, result.stopReason);
}

/** Trains; when the device is lost, once more on WebGPU and then on wasm, each time from the newest saved state. */
async function trainThroughLosses<S extends NeuralSettings>(
  assignment: Assignment<S>,
  prepared: PreparedRun<S>,
): Promise<LoopResult> {
  const { recipe, wish, host, rng, run } = assignment;
  let newest: Checkpoint | null = run.resumeFrom;
  const remember = (checkpoint: Checkpoint) => (newest = checkpoint);
  const timeStep = () =>
    timeSteps(() => recipe.createLearner(prepared.learnerInput, prepared.settings, null), host.now);
  let choice = await chooseBackend(wish, host, timeStep);
  for (let nLosses = 0; ; nLosses++) {
    run.emit({ kind: 'backend', ...choice });
    run.emit({ kind: 'phase', phase: 'train', note: describeStart(choice.chosen, nLosses) });
    const from = newest === null ? null : readCheckpoint(newest, recipe.id, rng.save());
    try {
      return await trainOnce(assignment, prepared, from, remember);
    } catch (thrown) {
      const isLoss = thrown instanceof FailureError && thrown.failure.code === 'device-lost';
      if (!isLoss || nLosses >= 2) throw thrown;
      choice = await replaceDevice(nLosses, host);
    }
  }
}

function describeStart(backend: BackendName, nLosses: number): string {
  if (nLosses === 0) return `Training on ${backend}`;
  return `The graphics device was lost. Training goes on from its last checkpoint on ${backend}`;
}

async function replaceDevice(nLosses: number, host: BackendHost): Promise<BackendChoice> {
  const name: BackendName = nLosses === 0 ? 'webgpu' : 'wasm';
  const reason =
    nLosses === 0
      ? 'the graphics device was lost; a new one goes on from the last saved step'
      : 'the graphics device was lost again; wasm goes on from the last saved step';
  discardWebgpu();
  const attempt = (wish: BackendName) => chooseBackend(wish, host, () => Promise.resolve(NaN));
  const choice = await attempt(name)
    .catch(() => attempt('wasm'))
    .catch(() => attempt('cpu'));
  return { ...choice, timings: choice.timings.map((timing) => ({ ...timing, reason })) };
}

async function trainOnce<S extends NeuralSettings>(
  { recipe, host, input, rng, run }: Assignment<S>,
  prepared: PreparedRun<S>,
  from: TrainingState | null,
  remember: (checkpoint: Checkpoint) => void,
): Promise<LoopResult> {
  const { settings, nSteps, batchSize, learnerInput, split } = prepared;
  const device = host.watchDevice();
  const learner = recipe.createLearner(learnerInput, settings, from?.learner ?? null);
  try {
    const plan = {
      model: recipe.id,
      learner,
      encoding: prepared.encoding,
      stream: rng.save(),
      batchSize,
      nSteps,
      scoreEvery: spaceScores(nSteps),
      patience: settings.patience,
      keeps: habitsOf(settings.preset).keeps,
      earliestStop: nSteps / 2,
      scorer: new StopScorer(split),
      overlay: createLiveOverlay(split.learned, input.schema),
      preview: (fitted: FittedNetwork, nRows: number) => drawPreview(recipe, fitted, nRows, rng),
      device,
      remember,
      from,
    };
    return await runTrainLoop(plan, run);
  } catch (thrown) {
    if (device.lost) throw asDeviceLost(thrown);
    throw thrown;
  } finally {
    learner.dispose();
  }
}

/** Steps between two scores. */
function spaceScores(nSteps: number): number {
  return Math.max(MIN_STEPS_PER_SCORE, Math.round(nSteps / N_SCORES));
}

/** Whatever broke while the device went away is the device's loss. */
function asDeviceLost(thrown: unknown): FailureError {
  if (thrown instanceof FailureError && thrown.failure.code === 'cancelled') return thrown;
  return new FailureError({
    code: 'device-lost',
    message: 'The graphics device was lost during training.',
    detail: String(thrown),
  });
}

async function drawPreview<S extends NeuralSettings>(
  recipe: Recipe<S>,
  fitted: FittedNetwork,
  nRows: number,
  rng: Rng,
) {
  const sampler = recipe.openSampler(fitted);
  try {
    return await sampler.sample(nRows, rng.fork('preview'));
  } finally {
    sampler.dispose();
  }
}

async function forecast<S extends NeuralSettings>(
  setting: Omit<Assignment<S>, 'run'>,
  nDrawn: number,
): Promise<NeuralForecast> {
  const { recipe, wish, host, input, config, rng } = setting;
  const start = host.now();
  const prepared = prepareRun(recipe, input, config, rng, null);
  const scorer = new StopScorer(prepared.split);
  const overlay = createLiveOverlay(prepared.split.learned, input.schema);
  const encodeMs = host.now() - start;
  const createLearner = () => recipe.createLearner(prepared.learnerInput, prepared.settings, null);
  const timeStep = () => timeSteps(createLearner, host.now);
  const choice = await chooseBackend(wish, host, timeStep);
  const timed = choice.timings.find((timing) => timing.backend === choice.chosen)?.msPerStep ?? null;
  const msPerStep = timed ?? (await timeStep());
  const learner = createLearner();
  try {
    // Weights, moments and average, their successors during an update, and the copies a checkpoint takes.
    const memoryBytes = 3 * tf.memory().numBytes + encodedBytes(prepared);
    const scored = host.now();
    const fitted = await learner.fitted();
    const preview = await drawPreview(recipe, fitted, scorer.nPreviewRows, rng);
    scorer.score(preview);
    overlay(preview);
    const scoreMs = host.now() - scored;
    return {
      msPerStep,
      nSteps: prepared.nSteps,
      encodeMs,
      nScores: Math.ceil(prepared.nSteps / spaceScores(prepared.nSteps)),
      scoreMs,
      ...(await timeDrawing(recipe, fitted, rng, nDrawn, host.now)),
      memoryBytes,
      backend: choice.chosen,
    };
  } finally {
    learner.dispose();
  }
}

async function timeDrawing<S extends NeuralSettings>(
  recipe: Recipe<S>,
  fitted: FittedNetwork,
  rng: Rng,
  nDrawn: number,
  now: () => number,
): Promise<{ readonly drawn: Table; readonly drawMs: number }> {
  const start = now();
  const drawn = await drawPreview(recipe, fitted, nDrawn, rng);
  return { drawn, drawMs: now() - start };
}

function openModel<S extends NeuralSettings>(
  recipe: Recipe<S>,
  fitted: FittedNetwork,
  stopReason: string,
): TrainedModel {
  const sampler = recipe.openSampler(fitted);
  return {
    id: recipe.id,
    stopReason,
    sample: (nRows, rng) => sampler.sample(nRows, rng),
    score: null,
    state: () => Promise.resolve(writeFitted(recipe.id, fitted)),
    dispose: () => sampler.dispose(),
  };
}
