import { describe, expect, it } from 'vitest';
import { chooseDevice, SOON_MS, type Contest } from '../../../src/models/argn/choose-device';
import type { NetKernel } from '../../../src/models/kernels/net-kernel';
import { openPlainKernel } from '../../../src/models/kernels/plain-kernel';
import type { Crew, TrainingEvent } from '../../../src/models/synthesizer';
import { recordRun } from '../copula-run';
import { makeNetTasks } from '../neural/nets/net-tasks';
import { feignDevice, type Fate } from './feigned-device';

/** So many epochs that there is much to learn, of which a contest takes a few steps. */
const tasks = makeNetTasks({ nRows: 120, epochs: 1_000_000, batchSize: 32 });

/** A contest by a clock that only steps move on: so many ms each on the kernel, and of all nets on the device. */
async function race(kernelMs: number, deviceMs: number, fate: Fate = {}, nHelpers = 0) {
  let time = 0;
  const plain = openPlainKernel();
  const kernel: NetKernel = {
    ...plain,
    name: 'simd',
    step(...step) {
      time += kernelMs;
      return plain.step(...step);
    },
  };
  const crew: Crew = { size: nHelpers, fit: () => Promise.reject(new Error('nobody is asked')) };
  const events: TrainingEvent[] = [];
  const run = { ...recordRun(), now: () => time, emit: (event: TrainingEvent) => events.push(event), crew };
  const contest: Contest = { kernel, tasks, run };
  const device = feignDevice({ isDemanded: false, onSteps: (n) => (time += n * deviceMs), ...fate });
  const plan = await chooseDevice(contest, device);
  const backend = events.flatMap((event) => (event.kind === 'backend' ? event : []))[0] ?? null;
  plan?.first.dispose();
  return { plan, backend, asked: device.asked };
}

const reasonOf = (found: Awaited<ReturnType<typeof race>>, name: string) =>
  found.backend?.timings.find(({ backend }) => backend === name)?.reason;

describe('where nets are learnt', () => {
  it('is the device where that is faster, and both rates are said', async () => {
    const found = await race(2, 1);
    expect(found.plan?.groups.flat().sort()).toEqual([0, 1, 2, 3, 4, 5]);
    expect(found.backend?.chosen).toBe('webgpu');
    expect(reasonOf(found, 'webgpu')).toBe('it was the faster of the two');
    expect(reasonOf(found, 'wasm')).toBe('it was slower');
    const [device, kernel] = found.backend?.timings.map(({ msPerStep }) => msPerStep ?? NaN) ?? [];
    expect(device).toBeCloseTo(1, 6);
    // Of six nets one is the costliest and the one of a single class has no steps.
    expect(kernel).toBeGreaterThan(2);
    expect(kernel).toBeLessThan(12);
  });

  it('is the kernel where that is faster, and the device is given up', async () => {
    const found = await race(2, 30);
    expect(found.plan).toBeNull();
    expect(found.backend?.chosen).toBe('wasm');
    expect(reasonOf(found, 'webgpu')).toBe('it was slower');
    expect(found.asked.at(-1)).toBe('discard');
  });

  it('depends on how many threads the kernel has', async () => {
    expect((await race(4, 6)).backend?.chosen).toBe('webgpu');
    expect((await race(4, 6, {}, 3)).backend?.chosen).toBe('wasm');
  });

  it('is the kernel, without a word, where there is no graphics processor but a software one', async () => {
    const found = await race(2, 1, { refusal: 'the only graphics adapter is a slow software one' });
    expect(found).toEqual({ plan: null, backend: null, asked: ['refuse'] });
  });

  it('is the kernel where little is to be learnt, and nobody asks for a graphics processor', async () => {
    const device = feignDevice({ isDemanded: false });
    const few = makeNetTasks({ nRows: 120, epochs: 15, batchSize: 32 });
    expect(
      await chooseDevice({ kernel: openPlainKernel(), tasks: few, run: recordRun() }, device),
    ).toBeNull();
    expect(device.asked).toEqual([]);
  });

  it('is the kernel where its trial says that it will be done soon', async () => {
    const nSteps = 4_000_000;
    const found = await race(SOON_MS / nSteps / 10, 0);
    expect(found).toEqual({ plan: null, backend: null, asked: ['refuse'] });
  });

  it.each<[string, Fate]>([
    ['it could not be started', { opens: false }],
    [
      'a trial step failed on it',
      {
        onSteps: () => {
          throw new Error('out of memory');
        },
      },
    ],
    ['it does not compute what the processor computes', { alter: (params) => params.map((x) => x + 1e-3) }],
    ['the nets of this table do not fit its memory', { group: () => [[0, 1]] }],
  ])('is the kernel where of the device it must be said that %s', async (reason, fate) => {
    const found = await race(2, 1, fate);
    expect(found.plan).toBeNull();
    expect(found.backend?.chosen).toBe('wasm');
    expect(reasonOf(found, 'webgpu')).toBe(reason);
    expect(found.asked.at(-1)).toBe('discard');
  });

  it('is the device that a person asked for, unasked how fast it is', async () => {
    const found = await race(1, 1000, { isDemanded: true });
    expect(found.plan).not.toBeNull();
    expect(found.backend).toMatchObject({ chosen: 'webgpu', timings: [{ reason: 'it was asked for' }] });
  });

  it('is an error where a person asked for a device that is not there', async () => {
    await expect(race(1, 1, { isDemanded: true, opens: false })).rejects.toMatchObject({
      failure: { code: 'backend-missing' },
    });
  });
});
