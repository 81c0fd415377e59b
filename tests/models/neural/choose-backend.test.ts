import { describe, expect, it } from 'vitest';
import * as tf from '@tensorflow/tfjs-core';
import { chooseBackend, openFirstBackend } from '../../../src/models/neural/choose-backend';
import { openBackend } from '../../../src/models/neural/backends';
import { host } from './fixtures';

const noWasm = { ...host, wasmUrls: {} };

describe('the choice of a backend', () => {
  it('times wasm when there is no hardware WebGPU, and says why WebGPU was not taken', async () => {
    const choice = await chooseBackend('auto', host, () => Promise.resolve(12));
    expect(choice).toEqual({
      chosen: 'wasm',
      timings: [
        {
          backend: 'webgpu',
          available: false,
          msPerStep: null,
          reason: expect.stringMatching(/WebGPU|adapter/),
        },
        { backend: 'wasm', available: true, msPerStep: 12, reason: 'it is the fastest one there' },
      ],
    });
    expect(tf.getBackend()).toBe('wasm');
  });

  it('refuses a software adapter', async () => {
    const software = { ...host, refuseWebgpu: () => Promise.resolve('it is slow software') };
    const { chosen, timings } = await chooseBackend('auto', software, () => Promise.resolve(1));
    expect(chosen).toBe('wasm');
    expect(timings[0]?.reason).toBe('it is slow software');
  });

  it('falls back to cpu without wasm, untimed, and says so', async () => {
    const { chosen, timings } = await chooseBackend('auto', noWasm, () =>
      Promise.reject(new Error('not timed')),
    );
    expect(chosen).toBe('cpu');
    expect(timings.map((timing) => timing.backend)).toEqual(['webgpu', 'wasm', 'cpu']);
    expect(await openFirstBackend('auto', noWasm)).toBe('cpu');
  });

  it('opens what was asked for, or fails with `backend-missing` instead of taking another', async () => {
    const untimed = () => Promise.reject(new Error('not timed'));
    expect((await chooseBackend('cpu', host, untimed)).chosen).toBe('cpu');
    expect(await openFirstBackend('wasm', host)).toBe('wasm');
    await expect(chooseBackend('webgpu', host, untimed)).rejects.toMatchObject({
      failure: { code: 'backend-missing' },
    });
    await expect(chooseBackend('wasm', noWasm, untimed)).rejects.toMatchObject({
      failure: { code: 'backend-missing' },
    });
    expect(await openBackend('webgpu', host)).toBe(false);
  });
});
