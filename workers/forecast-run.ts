import type { Forecast, TrainRequest } from '../src/api/synthesize';
import { takeRows, type Table } from '../src/data/table';
import { Rng } from '../src/math/rng';
import type { TrainedModel } from '../src/models/synthesizer';
import { openSynthesizer, type WorkerSynthesizer } from './synthesizers';
import type { SynthesizeSurroundings } from './synthesize-service';

/** Rows a statistical model is tried on. */
const TRIAL_ROWS = 2000;
const BYTES_PER_CELL = 8;

/** Time and memory of a run: neural models from timed steps, statistical ones from a trial on some rows. */
export async function forecastRun(
  request: TrainRequest,
  surroundings: SynthesizeSurroundings,
): Promise<Forecast> {
  const host = surroundings.createHost(request.wasmUrls);
  const synthesizer = openSynthesizer(request.model, request.backend, host);
  const input = { table: request.table, schema: request.schema };
  if (synthesizer.forecast === null) return tryRows(request, synthesizer, surroundings);
  const forecast = await synthesizer.forecast(input, request.config, Rng.fromSeed(request.seed));
  return {
    trainMs: forecast.msPerStep * forecast.nSteps,
    memoryBytes: forecast.memoryBytes + tableBytes(request.table),
    basis:
      `${forecast.nSteps} steps at ${forecast.msPerStep.toFixed(0)} ms each, timed on ${forecast.backend}; ` +
      'training may stop earlier.',
  };
}

async function tryRows(
  request: TrainRequest,
  synthesizer: WorkerSynthesizer,
  { nowMs, breathe }: SynthesizeSurroundings,
): Promise<Forecast> {
  const { table } = request;
  const nTrial = Math.min(table.nRows, TRIAL_ROWS);
  const rows = Uint32Array.from({ length: nTrial }, (_, i) => Math.floor((i * table.nRows) / nTrial));
  const start = nowMs();
  const model: TrainedModel = await synthesizer.train(
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
    },
  );
  model.dispose();
  const trialMs = nowMs() - start;
  return {
    trainMs: (trialMs * table.nRows) / Math.max(nTrial, 1),
    memoryBytes: 2 * tableBytes(table),
    basis: `A trial on ${nTrial} rows took ${trialMs.toFixed(0)} ms; scaled to all rows.`,
  };
}

function tableBytes(table: Table): number {
  return table.nRows * table.columns.length * BYTES_PER_CELL;
}
