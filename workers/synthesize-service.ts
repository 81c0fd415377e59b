import { packValue, unpackValue } from '../src/api/packed-value';
import type {
  SampleResult,
  ScoreRequest,
  SynthesizeService,
  TrainRequest,
  TrainResult,
} from '../src/api/synthesize';
import { expressIn } from '../src/data/express-in';
import { FailureError, succeed, toFailure, type Outcome } from '../src/data/failure';
import type { Table } from '../src/data/table';
import type { Wishes } from '../src/data/wishes/wishes';
import { Rng } from '../src/math/rng';
import { createBackendHost, type BackendHost } from '../src/models/neural/backends';
import { chooseModel } from '../src/models/choose-model';
import {
  STOPPED,
  type Checkpoint,
  type ModelState,
  type PartJob,
  type TrainedModel,
  type TrainingCommand,
} from '../src/models/synthesizer';
import { WishedDrawing } from '../src/models/wishes/draw-wished';
import { describeTable } from '../src/models/table-facts';
import { openCrew, serveParts } from './crew';
import { forecastRun } from './forecast-run';
import { openForSampling, openSynthesizer } from './synthesizers';
import { watchTraining } from './watch-training';

/** Rows of one chunk of a sample; part of what a seed means, so it never depends on speed or memory. */
const CHUNK_ROWS = 8192;

/** What the service takes from its surroundings. */
export interface SynthesizeSurroundings {
  /** Milliseconds that only go up. */
  readonly nowMs: () => number;
  /** Resolves after messages that wait have been handled. */
  readonly breathe: () => Promise<void>;
  readonly createHost: (wasmUrls: Readonly<Record<string, string>>) => BackendHost;
}

/**
 * The service behind workers/synthesize.ts as a plain object. One training or sampling runs at a time; every method
 * answers an Outcome and none throws.
 */
export function createSynthesizeService(
  surroundings: SynthesizeSurroundings = browserSurroundings(),
): SynthesizeService {
  const control = createControl(surroundings.breathe);
  const duty = chooseDuty();
  let model: TrainedModel | null = null;

  const keep = (opened: TrainedModel) => {
    model?.dispose();
    model = opened;
  };

  return {
    advise: ({ schema, nRows, nTrain, purpose, device }) =>
      answer(() =>
        Promise.resolve(chooseModel({ ...describeTable(schema, nRows, nTrain), ...device, purpose })),
      ),
    forecast: (request) =>
      answer(() => {
        duty.take('fit');
        return forecastRun(request, surroundings);
      }),
    train: (request, onEvent) =>
      answer(async () => {
        duty.take('fit');
        control.set('run');
        const result = await train(request, onEvent, surroundings, control);
        keep(result.model);
        return result.account;
      }),
    pause: () => control.ask('pause'),
    resume: () => control.ask('run'),
    stop: () => control.ask('stop'),
    cancel: () => control.ask('cancel'),
    lend: (port) =>
      answer(() => {
        duty.take('fit');
        serveParts(port, (job) => answer(() => Promise.resolve(fitPart(job, surroundings))));
        return Promise.resolve(null);
      }),
    load: (state, backend, wasmUrls) =>
      answer(async () => {
        duty.take('fit');
        const opened = (await unpackValue(state)) as ModelState;
        keep(await openForSampling(opened, backend, surroundings.createHost(wasmUrls)));
        return null;
      }),
    sample: (nRows, seed, onChunk, wishes = null) =>
      answer(() => {
        control.set('run');
        return drawRows(model, { nRows, seed, wishes }, onChunk, surroundings, control);
      }),
    scoreRows: (request) =>
      answer(() => {
        duty.take('score');
        return scoreRows(request, surroundings);
      }),
  };
}

/** A worker either fits and draws, or attacks a model with rows held out: what one learns, the other must not know. */
function chooseDuty(): { take(wanted: 'fit' | 'score'): void } {
  let chosen: 'fit' | 'score' | null = null;
  return {
    take(wanted) {
      chosen ??= wanted;
      if (chosen === wanted) return;
      throw new FailureError({
        code: 'option-invalid',
        message: 'A worker that fits or draws may not see the holdout; attack a model from another worker.',
      });
    },
  };
}

async function scoreRows(
  { state, backend, wasmUrls, schema, pooledLabel, tables }: ScoreRequest,
  { createHost }: SynthesizeSurroundings,
): Promise<readonly Float64Array[] | null> {
  const opened = (await unpackValue(state)) as ModelState;
  const model = await openForSampling(opened, backend, createHost(wasmUrls));
  try {
    if (model.score === null) return null;
    const scores: Float64Array[] = [];
    for (const table of tables) scores.push(await model.score(expressIn(schema, table, pooledLabel)));
    return scores;
  } finally {
    model.dispose();
  }
}

async function train(
  request: TrainRequest,
  onEvent: Parameters<SynthesizeService['train']>[1],
  surroundings: SynthesizeSurroundings,
  control: Control,
): Promise<{ readonly model: TrainedModel; readonly account: TrainResult }> {
  const synthesizer = openSynthesizer(
    request.model,
    request.backend,
    surroundings.createHost(request.wasmUrls),
  );
  const watch = watchTraining(onEvent, surroundings.nowMs);
  const input = { table: request.table, schema: request.schema };
  const resumeFrom =
    request.resumeFrom === null ? null : ((await unpackValue(request.resumeFrom)) as Checkpoint);
  const limited = limitTime(control, request.stopAfterMs, surroundings.nowMs);
  const trained = await synthesizer.train(input, request.config, Rng.fromSeed(request.seed), {
    command: limited.command,
    emit: watch.emit,
    now: surroundings.nowMs,
    breathe: control.breathe,
    resumeFrom,
    checkpointEveryMs: request.checkpointEveryMs,
    crew: openCrew(request.crew),
  });
  return {
    model: trained,
    account: {
      state: packValue(await trained.state()),
      stopReason: limited.explainStop(trained.stopReason),
      config: synthesizer.settingsInForce(request.config),
      memorisationControls: synthesizer.describeControls(
        request.config,
        request.table.nRows,
        request.table.columns.length,
      ),
      ...watch.account(),
    },
  };
}

/** Commands of a control, and `stop` once the time is used up. Only models that keep their best so far take a stop. */
function limitTime(
  control: Control,
  stopAfterMs: number | null,
  nowMs: () => number,
): { readonly command: () => TrainingCommand; readonly explainStop: (reason: string) => string } {
  const startedAt = nowMs();
  const isOver = (): boolean => stopAfterMs !== null && nowMs() - startedAt >= stopAfterMs;
  let isStopped = false;
  return {
    command() {
      const asked = control.current();
      if (asked !== 'run' || !isOver()) return asked;
      isStopped = true;
      return 'stop';
    },
    explainStop: (reason) =>
      isStopped && reason === STOPPED
        ? `stopped after ${Math.round((stopAfterMs ?? 0) / 1000)} s, its share of the time`
        : reason,
  };
}

function fitPart({ model, payload }: PartJob, { createHost }: SynthesizeSurroundings): unknown {
  const { fitPart: fit } = openSynthesizer(model, 'cpu', createHost({}));
  if (fit === null) throw new TypeError(`the model "${model}" is fitted in one piece`);
  return fit(payload);
}

interface RowsOrder {
  readonly nRows: number;
  readonly seed: number;
  readonly wishes: Wishes | null;
}

async function drawRows(
  model: TrainedModel | null,
  { nRows, seed, wishes }: RowsOrder,
  onChunk: (chunk: Table, nDone: number) => Promise<void>,
  { nowMs }: SynthesizeSurroundings,
  control: Control,
): Promise<SampleResult> {
  if (model === null) {
    throw new FailureError({
      code: 'internal',
      message: 'There is no fitted model to draw from; train one first.',
    });
  }
  if (!Number.isInteger(nRows) || nRows < 1) {
    throw new FailureError({
      code: 'option-invalid',
      message: 'The number of rows must be a whole number of at least 1.',
    });
  }
  const rng = Rng.fromSeed(seed).fork('sample');
  const wished = wishes === null ? null : new WishedDrawing(model, wishes, nRows);
  const breathe = async () => {
    await control.breathe();
    if (control.current() === 'cancel') {
      throw new FailureError({ code: 'cancelled', message: 'Drawing rows was cancelled.' });
    }
  };
  const start = nowMs();
  let taken = Promise.resolve();
  for (let nDone = 0; nDone < nRows;) {
    await breathe();
    const n = Math.min(CHUNK_ROWS, nRows - nDone);
    const stream = rng.fork(`chunk/${nDone / CHUNK_ROWS}`);
    const chunk = await (wished === null ? model.sample(n, stream) : wished.draw(n, stream, breathe));
    nDone += n;
    // The next chunk is drawn while this one is written.
    await taken;
    taken = onChunk(chunk, nDone);
    taken.catch(() => undefined);
  }
  await taken;
  return { nRows, sampleMs: nowMs() - start, wishes: wished?.account() ?? null };
}

interface Control {
  current(): TrainingCommand;
  set(command: TrainingCommand): void;
  ask(command: TrainingCommand): Promise<void>;
  /** Lets messages arrive. Once the caller has seen a pause it sleeps until the next command instead of spinning. */
  breathe(): Promise<void>;
}

function createControl(breathe: () => Promise<void>): Control {
  let command: TrainingCommand = 'run';
  let wake: () => void = () => undefined;
  const set = (next: TrainingCommand) => {
    command = next;
    wake();
  };
  return {
    current: () => command,
    set,
    ask: (next) => Promise.resolve(set(next)),
    async breathe() {
      const seen = command === 'pause';
      await breathe();
      if (seen && command === 'pause') await new Promise<void>((resolve) => (wake = resolve));
    },
  };
}

async function answer<T>(act: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return succeed(await act());
  } catch (thrown) {
    return { ok: false, failure: toFailure(thrown) };
  }
}

function browserSurroundings(): SynthesizeSurroundings {
  const nowMs = () => performance.now();
  return { nowMs, breathe: createBreathe(), createHost: (wasmUrls) => createBackendHost(wasmUrls, nowMs) };
}

/** A turn of the event loop by a message to oneself: timers are throttled in hidden tabs, messages are not. */
export function createBreathe(): () => Promise<void> {
  const { port1, port2 } = new MessageChannel();
  let resolve: () => void = () => undefined;
  port1.onmessage = () => resolve();
  return () =>
    new Promise((done) => {
      resolve = done;
      port2.postMessage(null);
    });
}
