import type { Forecast, TrainRequest } from '../src/api/synthesize';
import { takeRows, type Table } from '../src/data/table';
import { Rng } from '../src/math/rng';
import { extrapolate } from '../src/data/extrapolate';
import type { TrainedModel } from '../src/models/synthesizer';
import { openSynthesizer, type WorkerSynthesizer } from './synthesizers';
import type { SynthesizeSurroundings } from './synthesize-service';

/** Rows that a statistical model is tried on: the time of a row is what the larger trial takes more. */
const TRIAL_ROWS = [5000, 20_000] as const;
/** A row costs more when the whole table no longer fits the processor's caches, as a trial's rows do. */
const OUT_OF_CACHE = 2;
/** Steps of a run also wait for checkpoints, pictures and commands. */
const SLACK = 1.15;
/** A trial that takes longer than this is worth as much the first time. */
const COMPILING_MS = 2000;
/** Rows drawn to time the drawing. */
const DRAWN_ROWS = 4096;
const BYTES_PER_CELL = 8;

/**
 * Time and memory of a run: neural models from timed steps, a timed score and the encoding itself, statistical ones from
 * trials on some rows; and the time that drawing takes, from rows drawn by a trial.
 */
export async function forecastRun(
  request: TrainRequest,
  surroundings: SynthesizeSurroundings,
): Promise<Forecast> {
  const host = surroundings.createHost(request.wasmUrls);
  const synthesizer = openSynthesizer(request.model, backendOfTrial(request), host);
  const input = { table: request.table, schema: request.schema };
  if (synthesizer.forecast === null) return tryRows(request, synthesizer, surroundings);
  const forecast = await synthesizer.forecast(input, request.config, Rng.fromSeed(request.seed), DRAWN_ROWS);
  const { msPerStep, nSteps, nScores, scoreMs, encodeMs, backend } = forecast;
  return {
    trainMs: encodeMs + SLACK * (msPerStep * nSteps + scoreMs * nScores),
    drawMs: (forecast.drawMs * request.table.nRows) / DRAWN_ROWS,
    drawn: forecast.drawn,
    memoryBytes: forecast.memoryBytes + 3 * tableBytes(request.table),
    basis:
      `${nSteps} steps at ${msPerStep.toFixed(0)} ms each and ${nScores} scores at ${scoreMs.toFixed(0)} ms, ` +
      `timed on ${backend}; training may stop earlier.`,
  };
}

/** Nets are tried where they surely run: whether a graphics processor is faster only the whole table says. */
function backendOfTrial({ model, backend }: TrainRequest): TrainRequest['backend'] {
  return model === 'argn' && backend === 'auto' ? 'wasm' : backend;
}

async function tryRows(
  request: TrainRequest,
  synthesizer: WorkerSynthesizer,
  surroundings: SynthesizeSurroundings,
): Promise<Forecast> {
  const { table } = request;
  const { nowMs } = surroundings;
  const [few, many] = TRIAL_ROWS.map((n) => Math.min(n, table.nRows)) as [number, number];
  const trial = async (nRows: number): Promise<{ ms: number; model: TrainedModel }> => {
    const start = nowMs();
    const model = await trainOn(nRows, request, synthesizer, surroundings);
    return { ms: nowMs() - start, model };
  };
  // A short first trial is mostly compiling; to repeat a long one would cost more than it tells.
  const first = await trial(few);
  if (first.ms < COMPILING_MS) first.model.dispose();
  const small = first.ms < COMPILING_MS ? await trial(few) : first;
  if (few < many) small.model.dispose();
  const large = few === many ? small : await trial(many);
  const rng = Rng.fromSeed(request.seed).fork('forecast');
  await large.model.sample(DRAWN_ROWS, rng.fork('warm'));
  const start = nowMs();
  const drawn = await large.model.sample(DRAWN_ROWS, rng.fork('timed'));
  const drawMs = ((nowMs() - start) * table.nRows) / DRAWN_ROWS;
  large.model.dispose();
  const trainMs = extrapolate({ n: few, ms: small.ms }, { n: many, ms: large.ms }, table.nRows, OUT_OF_CACHE);
  return {
    trainMs,
    drawMs,
    drawn,
    memoryBytes: 2 * tableBytes(table),
    basis: `Trials on ${few} and ${many} rows took ${small.ms.toFixed(0)} and ${large.ms.toFixed(0)} ms; scaled to all rows.`,
  };
}

/** Fits the model on evenly spaced rows. */
function trainOn(
  nRows: number,
  request: TrainRequest,
  synthesizer: WorkerSynthesizer,
  { nowMs, breathe }: SynthesizeSurroundings,
): Promise<TrainedModel> {
  const { table } = request;
  const rows = Uint32Array.from({ length: nRows }, (_, i) => Math.floor((i * table.nRows) / nRows));
  return synthesizer.train(
    { table: takeRows(table, rows), schema: request.schema },
    request.config,
    Rng.fromSeed(request.seed),
    {
      command: () => 'run',
      emit: () => undefined,
      now: nowMs,
      breathe,
      resumeFrom: null,
      checkpointEveryMs: Infinity,
      crew: null,
    },
  );
}

function tableBytes(table: Table): number {
  return table.nRows * table.columns.length * BYTES_PER_CELL;
}
