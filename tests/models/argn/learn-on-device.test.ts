import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { Rng } from '../../../src/math/rng';
import { argn, createArgn } from '../../../src/models/argn/argn';
import type { ArgnState } from '../../../src/models/argn/draw-rows';
import type { NetsDevice } from '../../../src/models/argn/nets-device';
import type { Checkpoint, Crew, ModelState, TrainingRun } from '../../../src/models/synthesizer';
import { recordRun } from '../copula-run';
import { feignDevice } from './feigned-device';
import { makeLabs } from './tables';

const input = makeLabs(400, 5);
const epochs = 3;

async function learn(device: NetsDevice | null, changes: Partial<TrainingRun> = {}) {
  const run = { ...recordRun(), ...changes };
  const model = await createArgn(device).train(input, { epochs }, Rng.fromSeed(1), run);
  const events = run.events;
  return {
    params: paramsOf(await model.state()),
    backends: events.flatMap((event) => (event.kind === 'backend' ? event : [])),
    notes: events.flatMap((event) => (event.kind === 'phase' ? event.note : [])),
    checkpoints: events.flatMap((event) => (event.kind === 'checkpoint' ? event.checkpoint : [])),
    lastStep: events.flatMap((event) => (event.kind === 'progress' ? event.step : [])).at(-1),
  };
}

const paramsOf = ({ payload }: ModelState): Float32Array[] =>
  (payload as ArgnState).columns.map(({ net }) => ('params' in net ? net.params : new Float32Array()));

/** Largest distance between two nets, as a share of the length of the first; what pads classes is left out. */
function differ(a: readonly Float32Array[], b: readonly Float32Array[]): number {
  const length = (own: Float32Array) => Math.sqrt(own.reduce((sum, x) => sum + (x < -1e8 ? 0 : x * x), 0));
  return Math.max(
    ...a.map((own, i) => length(own.map((x, k) => x - (b[i]?.[k] ?? NaN))) / Math.max(1, length(own))),
  );
}

/** The fast kernel rounds its exponentials. */
const ROUNDING = 1e-3;

describe('nets that a device learns', async () => {
  const alone = await learn(null);

  it('are those of the kernel but for rounding, and leave no tensor behind', async () => {
    const device = feignDevice();
    const nTensors = tf.memory().numTensors;
    const found = await learn(device);
    expect(differ(alone.params, found.params)).toBeLessThan(ROUNDING);
    expect(found.params).not.toEqual(alone.params);
    expect(found.lastStep).toBe(5);
    expect(found.backends).toMatchObject([{ chosen: 'webgpu' }]);
    expect(device.asked).toEqual(['open', 'place 5', 'discard']);
    expect(tf.memory().numTensors).toBe(nTensors);
  });

  it('may lie in several groups, and those in none are left to the kernel', async () => {
    const device = feignDevice({ group: () => [[0, 1], [3]] });
    const found = await learn(device);
    expect(differ(alone.params, found.params)).toBeLessThan(ROUNDING);
    expect(device.asked).toEqual(['open', 'place 2', 'place 1', 'discard']);
    expect(found.params.filter((own, i) => differ([own], [alone.params[i] ?? own]) === 0)).toHaveLength(2);
  });

  it('go on with the kernel when the device fails, and it is said', async () => {
    let nLeft = 20;
    const device = feignDevice({
      onSteps(n) {
        nLeft -= n;
        if (nLeft < 0) throw new Error('the driver was reset');
      },
      group: () => [[1], [0, 2, 3, 4]],
    });
    const found = await learn(device);
    expect(differ(alone.params, found.params)).toBeLessThan(ROUNDING);
    expect(found.backends.map(({ chosen }) => chosen)).toEqual(['webgpu', 'wasm']);
    expect(found.backends[1]?.timings[0]?.reason).toMatch(/^it failed when it had learnt [01] of 5 columns$/);
    expect(found.notes).toContain(
      'The graphics processor failed. The nets that it had not finished are taught on wasm',
    );
  });

  it('go on with the kernel when a later group takes other steps than the kernel', async () => {
    let nRead = 0;
    const device = feignDevice({
      // The ends of the first group after its first steps, and that group when it is done.
      alter: (params) => (++nRead > 4 ? new Float32Array(params.length) : params),
      group: () => [
        [0, 1],
        [2, 3, 4],
      ],
    });
    const found = await learn(device);
    expect(differ(alone.params, found.params)).toBeLessThan(ROUNDING);
    expect(found.backends.at(-1)?.timings[0]?.reason).toBe('it failed when it had learnt 2 of 5 columns');
  });

  it('go on with the kernel when the device is lost, whatever it still answers', async () => {
    let nAsked = 0;
    const found = await learn(feignDevice({ isLost: () => ++nAsked > 2 }));
    expect(found.params).toEqual(alone.params);
    expect(found.backends.at(-1)?.chosen).toBe('wasm');
  });

  it('end with the cancelling of a person, and nothing is left behind', async () => {
    const nTensors = tf.memory().numTensors;
    const device = feignDevice();
    const commands = ['run', 'run', 'run', 'run', 'run', 'cancel'] as const;
    await expect(learn(device, { command: recordRun(commands).command })).rejects.toThrow(/cancelled/);
    expect(device.asked.at(-1)).toBe('discard');
    expect(tf.memory().numTensors).toBe(nTensors);
  });

  it('end with the failure of a thread that learns others', async () => {
    const crew: Crew = { size: 1, fit: () => Promise.reject(new Error('the thread broke')) };
    await expect(learn(feignDevice({ group: () => [[0, 1]] }), { crew })).rejects.toThrow('the thread broke');
  });
});

describe('checkpoints of nets that a device has begun', async () => {
  const { params, checkpoints } = await learn(feignDevice(), { checkpointEveryMs: 0 });
  const begun = checkpoints.filter(({ step }) => step === 0);
  const middle = structuredClone(begun[begun.length >> 1]) as Checkpoint;

  it('are made while the device learns', () => {
    expect(begun.length).toBeGreaterThan(2);
  });

  it('lead to the same nets on the device', async () => {
    const steps: number[] = [];
    const resumed = await learn(feignDevice({ onSteps: (n) => steps.push(n) }), { resumeFrom: middle });
    expect(differ(params, resumed.params)).toBeLessThan(1e-6);
    const straight: number[] = [];
    await learn(feignDevice({ onSteps: (n) => straight.push(n) }));
    const total = (counts: readonly number[]) => counts.reduce((sum, n) => sum + n, 0);
    expect(total(steps)).toBeLessThan(total(straight));
  });

  it('lead to the same nets but for rounding where there is no device, on any thread', async () => {
    expect(differ(params, (await learn(null, { resumeFrom: middle })).params)).toBeLessThan(ROUNDING);
    const crew: Crew = {
      size: 2,
      fit: ({ payload }) => Promise.resolve(structuredClone(argn.fitPart?.(structuredClone(payload)))),
    };
    const shared = await learn(null, { resumeFrom: middle, crew });
    expect(differ(params, shared.params)).toBeLessThan(ROUNDING);
  });
});
