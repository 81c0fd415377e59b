import * as tf from '@tensorflow/tfjs-core';
import { proxy, wrap, type Remote } from 'comlink';
import { afterAll, describe, expect, it } from 'vitest';
import { unpackValue } from '../../../src/api/packed-value';
import type { SynthesizeService, TrainingNews, TrainRequest } from '../../../src/api/synthesize';
import { chooseDevice } from '../../../src/models/argn/choose-device';
import type { ArgnState } from '../../../src/models/argn/draw-rows';
import { openKernel } from '../../../src/models/kernels/open-kernel';
import { createBackendHost, openBackend } from '../../../src/models/neural/backends';
import { openNetsBlock } from '../../../src/models/neural/nets/nets-block';
import { createNetsDevice } from '../../../src/models/neural/nets/nets-device';
import type { ModelState, TrainingEvent } from '../../../src/models/synthesizer';
import { makeLabs } from '../../models/argn/tables';
import { recordRun } from '../../models/copula-run';
import { farthest, learnPlainly, makeNetTasks } from '../../models/neural/nets/net-tasks';

const host = createBackendHost({}, () => performance.now());

describe('nets side by side on webgpu', () => {
  it('are after all steps what the plain kernel makes of them, up to rounding', async () => {
    expect(await openBackend('webgpu', host)).toBe(true);
    const tasks = makeNetTasks({ nRows: 120, epochs: 3, batchSize: 32 });
    const nTensors = tf.memory().numTensors;
    const block = openNetsBlock(tasks);
    const loss = await block.advance(block.nSteps);
    const nets = await block.read();
    block.dispose();
    expect(tf.memory().numTensors).toBe(nTensors);
    expect(loss).toBeGreaterThan(0.5);
    tasks.forEach((task, i) => {
      const net = nets[i];
      if (net === undefined) throw new Error('a net is missing');
      expect(farthest(learnPlainly(task, block.nSteps).params, net.params)).toBeLessThan(1e-4);
    });
  });
});

describe('the choice of a device', () => {
  const tasks = makeNetTasks({ nRows: 120, epochs: 1_000_000, batchSize: 32 });

  it('leaves a software adapter alone', async () => {
    const device = createNetsDevice('auto', host);
    expect(await device?.refuse()).toMatch(/software/);
  });

  it('races an adapter that may be taken, whose steps are sound, and takes the faster', async () => {
    const device = createNetsDevice('auto', { ...host, refuseWebgpu: () => Promise.resolve(null) });
    if (device === null) throw new Error('no device');
    const events: TrainingEvent[] = [];
    const now = () => performance.now();
    const run = { ...recordRun(), now, emit: (event: TrainingEvent) => events.push(event) };
    const plan = await chooseDevice({ kernel: openKernel(), tasks, run }, device);
    // A processor that imitates graphics is slower than its own kernel, whatever else it does.
    expect(plan).toBeNull();
    const [backend] = events.flatMap((event) => (event.kind === 'backend' ? event : []));
    expect(backend?.chosen).toBe('wasm');
    const [own, kernel] = backend?.timings.map(({ msPerStep }) => msPerStep ?? NaN) ?? [];
    expect(own).toBeGreaterThan(kernel ?? NaN);
    expect(backend?.timings.map(({ reason }) => reason)).toEqual([
      'it was slower',
      'it was the faster of the two',
    ]);
    expect(tf.findBackend('webgpu')).toBeNull();
  });
});

describe('the worker', () => {
  const worker = new Worker(new URL('../../../workers/synthesize.ts', import.meta.url), { type: 'module' });
  const service: Remote<SynthesizeService> = wrap(worker);
  afterAll(() => worker.terminate());

  async function train(backend: TrainRequest['backend']) {
    const notes: string[] = [];
    const take = (news: TrainingNews) => {
      if (news.kind === 'phase') notes.push(news.note);
    };
    const trained = await service.train(
      {
        model: 'argn',
        config: { epochs: 2 },
        seed: 1,
        ...makeLabs(300, 4),
        backend,
        resumeFrom: null,
        checkpointEveryMs: Infinity,
        stopAfterMs: null,
        wasmUrls: {},
        crew: [],
      },
      proxy(take),
    );
    if (!trained.ok) throw new Error(trained.failure.message);
    const { payload } = (await unpackValue(trained.value.state)) as ModelState;
    const nets = (payload as ArgnState).columns.flatMap(({ net }) => ('params' in net ? net.params : []));
    return { nets, result: trained.value, notes };
  }

  it('teaches nets on the graphics processor that a person asked for, and says so', async () => {
    const [own, kernel] = [await train('webgpu'), await train('wasm')];
    expect(own.result).toMatchObject({ backend: 'webgpu', timings: [{ reason: 'it was asked for' }] });
    expect(own.notes).toContain('Teaching the nets on the graphics processor');
    expect(kernel.result).toMatchObject({ backend: 'none', timings: [] });
    expect(own.nets).toHaveLength(4);
    own.nets.forEach((params, i) =>
      expect(farthest(params, kernel.nets[i] ?? new Float32Array())).toBeLessThan(1e-2),
    );
    expect(own.nets).not.toEqual(kernel.nets);
  });

  it('leaves a software adapter and a small table alone when it chooses itself', async () => {
    expect((await train('auto')).result).toMatchObject({ backend: 'none', timings: [] });
  });
});
