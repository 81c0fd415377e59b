import * as tf from '@tensorflow/tfjs-core';
import {
  createBackendHost,
  openBackend,
  type BackendHost,
  type BackendName,
} from '../../src/models/neural/backends';

const folder = new URL('../../node_modules/@tensorflow/tfjs-backend-wasm/dist/', import.meta.url).pathname;

/** The same wasm kernels as in a browser, read from the package. */
export const nodeHost: BackendHost = createBackendHost(
  Object.fromEntries(
    ['tfjs-backend-wasm-simd.wasm', 'tfjs-backend-wasm.wasm'].map((name) => [name, folder + name]),
  ),
  () => performance.now(),
);

export async function openNodeBackend(name: string): Promise<void> {
  if (!(await openBackend(name as BackendName, nodeHost))) throw new Error(`no ${name} backend here`);
  await tf.ready();
}
