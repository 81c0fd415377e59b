import type { TrainRequest } from '../../src/api/synthesize';
import type { Outcome } from '../../src/data/failure';
import type { ModelId } from '../../src/models/synthesizer';
import { createSynthesizeService } from '../../workers/synthesize-service';
import { host, makePatients, SMALL, SMALL_CTGAN } from '../models/neural/fixtures';

/** Made-up patients that the tests of the service learn from. */
export const { table, schema } = makePatients(240);
export const nowMs = () => performance.now();
/** Settings that make each model quick. */
export const configs: Record<ModelId, TrainRequest['config']> = {
  independent: {},
  copula: {},
  trees: {},
  argn: {},
  tvae: { ...SMALL, minSteps: 60 },
  ctgan: { ...SMALL_CTGAN, minSteps: 60 },
};

export function request(model: ModelId, changes: Partial<TrainRequest> = {}): TrainRequest {
  return {
    model,
    config: configs[model],
    seed: 7,
    table,
    schema,
    backend: 'wasm',
    resumeFrom: null,
    checkpointEveryMs: Infinity,
    stopAfterMs: null,
    wasmUrls: host.wasmUrls,
    crew: [],
    ...changes,
  };
}

export function mustSucceed<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(outcome.failure.message);
  return outcome.value;
}

/** The service on this thread. */
export const create = () =>
  createSynthesizeService({
    nowMs,
    // Node hands out a thousand port messages before it looks at timers; a browser does not.
    breathe: () => new Promise((resolve) => setImmediate(resolve)),
    createHost: (wasmUrls) => ({ ...host, wasmUrls }),
  });
