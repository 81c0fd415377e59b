import { FailureError } from '../../data/failure';
import type { BackendTiming } from '../synthesizer';
import { openBackend, type BackendHost, type BackendName } from './backends';

export type BackendWish = 'auto' | BackendName;

export interface BackendChoice {
  readonly chosen: BackendName;
  readonly timings: readonly BackendTiming[];
}

/** Median milliseconds of a training step at the run's own shapes, on the current backend. */
export type TimeStep = () => Promise<number>;

/**
 * Opens the backend to train on. `auto` times WebGPU (when it is hardware) against wasm and takes the faster; cpu only
 * when neither is there. An explicit wish is opened untimed. Throws FailureError `backend-missing`.
 */
export async function chooseBackend(
  wish: BackendWish,
  host: BackendHost,
  timeStep: TimeStep,
): Promise<BackendChoice> {
  if (wish !== 'auto') return openWish(wish, host);
  const timings: BackendTiming[] = [];
  const refusal = await host.refuseWebgpu();
  const webgpu = refusal === null && (await openBackend('webgpu', host));
  if (!webgpu) timings.push(missing('webgpu', refusal ?? 'it could not be started'));
  const webgpuMs = webgpu ? await timeSafely(timeStep) : null;
  const wasm = await openBackend('wasm', host);
  if (!wasm) timings.push(missing('wasm', 'its program file is not there or the browser refuses it'));
  if (webgpuMs !== null && wasm) return takeFaster(webgpuMs, await timeStep(), host);
  if (webgpuMs !== null) {
    await mustOpen('webgpu', host);
    timings.push(taken('webgpu', webgpuMs, 'it is the only fast one'));
    return { chosen: 'webgpu', timings };
  }
  if (webgpu) timings.push(missing('webgpu', 'a trial step failed on it'));
  if (wasm) {
    timings.push(taken('wasm', await timeStep(), 'it is the fastest one there'));
    return { chosen: 'wasm', timings };
  }
  await mustOpen('cpu', host);
  timings.push(taken('cpu', null, 'nothing faster is there; expect it to be twenty times slower'));
  return { chosen: 'cpu', timings };
}

/** Opens a backend for drawing rows: untimed, the first of WebGPU (hardware), wasm, cpu. */
export async function openFirstBackend(wish: BackendWish, host: BackendHost): Promise<BackendName> {
  if (wish !== 'auto') return (await openWish(wish, host)).chosen;
  if ((await host.refuseWebgpu()) === null && (await openBackend('webgpu', host))) return 'webgpu';
  if (await openBackend('wasm', host)) return 'wasm';
  await mustOpen('cpu', host);
  return 'cpu';
}

async function openWish(wish: BackendName, host: BackendHost): Promise<BackendChoice> {
  await mustOpen(wish, host);
  return { chosen: wish, timings: [taken(wish, null, 'it was asked for')] };
}

async function mustOpen(name: BackendName, host: BackendHost): Promise<void> {
  if (await openBackend(name, host)) return;
  throw new FailureError({
    code: 'backend-missing',
    message: `The ${name} backend cannot be started in this browser; choose another one or "auto".`,
  });
}

async function takeFaster(webgpuMs: number, wasmMs: number, host: BackendHost): Promise<BackendChoice> {
  const chosen = webgpuMs < wasmMs ? 'webgpu' : 'wasm';
  await mustOpen(chosen, host);
  const reason = (name: BackendName) => (name === chosen ? 'it was the faster of the two' : 'it was slower');
  return {
    chosen,
    timings: [taken('webgpu', webgpuMs, reason('webgpu')), taken('wasm', wasmMs, reason('wasm'))],
  };
}

async function timeSafely(timeStep: TimeStep): Promise<number | null> {
  try {
    return await timeStep();
  } catch {
    return null;
  }
}

function missing(backend: BackendName, reason: string): BackendTiming {
  return { backend, available: false, msPerStep: null, reason };
}

function taken(backend: BackendName, msPerStep: number | null, reason: string): BackendTiming {
  return { backend, available: true, msPerStep, reason };
}
