import '@tensorflow/tfjs-backend-cpu';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import '@tensorflow/tfjs-backend-webgpu';
import * as tf from '@tensorflow/tfjs-core';
import { registerHostKernels } from './host-kernels';

export type BackendName = 'webgpu' | 'wasm' | 'cpu';

/** The parts of the outside world that the choice of a backend needs. */
export interface BackendHost {
  /**
   * Addresses of the tfjs binaries by file name (`tfjs-backend-wasm-simd.wasm`, `tfjs-backend-wasm.wasm`); empty = no
   * wasm. Read once, when wasm is first opened.
   */
  readonly wasmUrls: Readonly<Record<string, string>>;
  /** Milliseconds on a monotonic clock. */
  now(): number;
  /** Why WebGPU must not be taken, or null when there is a hardware adapter. */
  refuseWebgpu(): Promise<string | null>;
  /** The flag turns true when the device of the opened WebGPU backend is lost. */
  watchDevice(): { readonly lost: boolean };
}

const THREADED = 'tfjs-backend-wasm-threaded-simd.wasm';

/** The host of a worker or page. */
export function createBackendHost(
  wasmUrls: Readonly<Record<string, string>>,
  now: () => number,
): BackendHost {
  return { wasmUrls, now, refuseWebgpu, watchDevice };
}

async function refuseWebgpu(): Promise<string | null> {
  const gpu = (globalThis as { navigator?: { gpu?: GPU } }).navigator?.gpu;
  if (gpu === undefined) return 'this browser has no WebGPU';
  const adapter = await gpu.requestAdapter().catch(() => null);
  if (adapter === null) return 'no graphics adapter was found';
  const { isFallbackAdapter } = adapter as unknown as { isFallbackAdapter?: boolean };
  const info = adapter.info as { isFallbackAdapter?: boolean } | undefined;
  return isFallbackAdapter === true || info?.isFallbackAdapter === true
    ? 'the only graphics adapter is a slow software one'
    : null;
}

function watchDevice(): { readonly lost: boolean } {
  const watch = { lost: false };
  const device = (tf.backend() as unknown as { device?: GPUDevice }).device;
  void device?.lost.then((info) => {
    // A device that was destroyed on purpose (a backend taken down by us) is no loss.
    if (info.reason !== 'destroyed') watch.lost = true;
  });
  return watch;
}

/** Makes a backend the current one. False when it cannot be had; tfjs alone would silently take another. */
export async function openBackend(name: BackendName, host: BackendHost): Promise<boolean> {
  tf.enableProdMode();
  registerHostKernels();
  if (name === 'wasm' && !prepareWasm(host)) return false;
  const opened = await tf.setBackend(name).catch(() => false);
  return opened && tf.getBackend() === name;
}

function prepareWasm({ wasmUrls }: BackendHost): boolean {
  const simd = wasmUrls['tfjs-backend-wasm-simd.wasm'];
  const plain = wasmUrls['tfjs-backend-wasm.wasm'];
  if (simd === undefined && plain === undefined) return false;
  if (tf.engine().registry['wasm'] !== undefined) return true;
  // Threads bring nothing, break under minification and need headers a static host does not send.
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  setWasmPaths({
    'tfjs-backend-wasm-simd.wasm': simd ?? plain ?? '',
    'tfjs-backend-wasm.wasm': plain ?? simd ?? '',
    [THREADED]: simd ?? plain ?? '',
  });
  return true;
}

/** Throws away a WebGPU backend whose device is gone, so that the next opening makes a new one. */
export function discardWebgpu(): void {
  if (tf.engine().registry['webgpu'] === undefined) return;
  const factory = tf.findBackendFactory('webgpu');
  tf.removeBackend('webgpu');
  tf.registerBackend('webgpu', factory, 3);
}
