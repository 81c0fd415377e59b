import { expose } from 'comlink';
import { beforeEach, describe, expect, it } from 'vitest';
import { unpackValue, type PackedValue } from '../../src/api/packed-value';
import type { TrainingNews } from '../../src/api/synthesize';
import { fail, succeed } from '../../src/data/failure';
import { joinTables } from '../../src/data/join-tables';
import type { Table } from '../../src/data/table';
import { meets } from '../../src/data/wishes/meets';
import { addWish, NO_WISHES, type Wish } from '../../src/data/wishes/wishes';
import { MODEL_IDS } from '../../src/models/synthesizer';
import { openCrew } from '../../workers/crew';
import { createBreathe } from '../../workers/synthesize-service';
import { host, SMALL, SMALL_CTGAN } from '../models/neural/fixtures';
import { configs, create, mustSucceed, request, schema } from './open-synthesize';

let service = create();
beforeEach(() => (service = create()));

async function drawAll(nRows: number, seed: number, delayMs = 0): Promise<Table[]> {
  const chunks: Table[] = [];
  const outcome = await service.sample(nRows, seed, async (chunk) => {
    if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
    chunks.push(chunk);
  });
  expect(mustSucceed(outcome).nRows).toBe(nRows);
  return chunks;
}

describe.each(['independent', 'copula', 'trees', 'argn', 'tvae', 'ctgan'] as const)(
  'the synthesize service with %s',
  (model) => {
    it('trains, answers with a full account, draws, and draws the same after loading the state', async () => {
      const events: TrainingNews[] = [];
      const result = mustSucceed(await service.train(request(model), (event) => void events.push(event)));
      const isNeural = model === 'tvae' || model === 'ctgan';
      expect(result.backend).toBe(isNeural ? 'wasm' : 'none');
      if (isNeural) expect(result.steps).toBe(60);
      expect(result.config).toMatchObject(configs[model]);
      expect(Object.keys(result.config).length).toBeGreaterThan(0);
      expect(result.memorisationControls.length).toBeGreaterThan(0);
      expect(result.trainMs).toBeGreaterThan(0);
      expect(events.some((event) => event.kind === 'phase')).toBe(true);
      const drawn = await drawAll(100, 3);
      expect(drawn[0]?.columns.map((column) => column.name)).toEqual(
        schema.columns.map((column) => column.name),
      );

      const other = create();
      mustSucceed(await other.load(structuredClone(result.state), 'wasm', host.wasmUrls));
      service = other;
      expect(await drawAll(100, 3)).toEqual(drawn);
      expect(await drawAll(100, 4)).not.toEqual(drawn);
    });

    it('forecasts a positive time and memory and says how', async () => {
      const forecast = mustSucceed(await service.forecast(request(model)));
      expect(forecast.trainMs).toBeGreaterThan(0);
      expect(forecast.drawMs).toBeGreaterThan(0);
      expect(forecast.drawn.columns.map(({ name }) => name)).toEqual(
        request(model).table.columns.map(({ name }) => name),
      );
      expect(forecast.memoryBytes).toBeGreaterThan(0);
      expect(forecast.basis).toMatch(/ms/);
    });
  },
);

describe('a breath', () => {
  it('lets a message that waits arrive first', async () => {
    const { port1, port2 } = new MessageChannel();
    const arrived: string[] = [];
    port1.onmessage = () => void arrived.push('message');
    const breathe = createBreathe();
    await breathe();
    port2.postMessage(null);
    while (arrived.length === 0) await breathe();
    expect(arrived).toEqual(['message']);
    port1.close();
  });
});

describe('the synthesize service', () => {
  it('draws the same rows however slowly chunks are taken, and prefixes agree by chunk', async () => {
    mustSucceed(await service.train(request('tvae'), () => undefined));
    const fast = await drawAll(20_000, 5);
    expect(fast.map((chunk) => chunk.nRows)).toEqual([8192, 8192, 3616]);
    expect(await drawAll(20_000, 5, 5)).toEqual(fast);
    expect((await drawAll(8192, 5))[0]).toEqual(fast[0]);
  });

  it.each(['tvae', 'argn'] as const)(
    'goes on from a packed checkpoint of %s and ends with the same model, bit for bit',
    async (model) => {
      const checkpoints: PackedValue[] = [];
      const straight = mustSucceed(
        await service.train(request(model, { checkpointEveryMs: 0 }), (news) => {
          if (news.kind === 'checkpoint') checkpoints.push(news.checkpoint);
        }),
      );
      const middle = checkpoints[checkpoints.length >> 1];
      expect(middle).toBeDefined();
      service = create();
      const resumed = mustSucceed(
        await service.train(request(model, { resumeFrom: structuredClone(middle) ?? null }), () => undefined),
      );
      expect(await unpackValue(resumed.state)).toEqual(await unpackValue(straight.state));
    },
  );

  it('refuses a checkpoint that is damaged', async () => {
    const resumeFrom = { json: new Blob(['{"$array":"f32","at":0,"length":4}']), arrays: new Blob(['12']) };
    expect(await service.train(request('tvae', { resumeFrom }), () => undefined)).toMatchObject({
      ok: false,
      failure: { code: 'project-corrupt' },
    });
  });

  it('pauses without using the processor, resumes, and stops with the best so far', async () => {
    let lastStep = 0;
    const training = service.train(
      request('tvae', { config: { ...SMALL, minSteps: 100_000, maxSteps: 100_000 } }),
      (event) => {
        if (event.kind === 'progress') lastStep = event.step;
      },
    );
    while (lastStep === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await service.pause();
    await new Promise((resolve) => setTimeout(resolve, 30));
    const pausedAt = lastStep;
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(lastStep).toBe(pausedAt);
    await service.resume();
    while (lastStep === pausedAt) await new Promise((resolve) => setTimeout(resolve, 5));
    await service.stop();
    expect(mustSucceed(await training).stopReason).toBe('stopped by the person');
  });

  it('stops with the best so far when its time is used up, and says so; a fit in one go ends by itself', async () => {
    const long = { ...SMALL, minSteps: 100_000, maxSteps: 100_000 };
    const stopped = mustSucceed(
      await service.train(request('tvae', { config: long, stopAfterMs: 1 }), () => undefined),
    );
    expect(stopped.stopReason).toBe('stopped after 0 s, its share of the time');
    expect(stopped.steps).toBeLessThan(100_000);
    const whole = mustSucceed(await service.train(request('trees', { stopAfterMs: 1 }), () => undefined));
    expect(whole.stopReason).not.toContain('share of the time');
  });

  it('advises on a model from a schema and counts', async () => {
    const advice = mustSucceed(
      await service.advise({
        schema,
        nRows: 240,
        nTrain: 192,
        purpose: 'sharing',
        device: { hasGpu: false, nCores: 2 },
      }),
    );
    expect(advice).toMatchObject({ model: 'copula', purpose: 'sharing' });
    expect(advice.reasons[0]).toContain('192 records');
  });

  it('answers `cancelled` to a training that is cancelled, also while paused', async () => {
    let hasStarted = false;
    const training = service.train(
      request('ctgan', { config: { ...SMALL_CTGAN, minSteps: 100_000, maxSteps: 100_000 } }),
      (event) => {
        if (event.kind === 'progress') hasStarted = true;
      },
    );
    while (!hasStarted) await new Promise((resolve) => setTimeout(resolve, 5));
    await service.pause();
    await service.cancel();
    expect(await training).toMatchObject({ ok: false, failure: { code: 'cancelled' } });
  });

  it('answers `cancelled` to a sampling that is cancelled', async () => {
    mustSucceed(await service.train(request('independent'), () => undefined));
    const outcome = await service.sample(50_000, 1, () => service.cancel());
    expect(outcome).toMatchObject({ ok: false, failure: { code: 'cancelled' } });
  });

  const wishesOf = (...made: Wish[]) => made.reduce(addWish, NO_WISHES);
  const draw = async (wishes = NO_WISHES, delayMs = 0) => {
    const chunks: Table[] = [];
    const outcome = await service.sample(
      10_000,
      3,
      async (chunk) => {
        if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
        chunks.push(chunk);
      },
      wishes,
    );
    return { table: joinTables(chunks), sizes: chunks.map(({ nRows }) => nRows), ...mustSucceed(outcome) };
  };

  it.each(MODEL_IDS.map((id) => [id]))(
    'draws what is wished for from %s, in chunks, and counts it',
    async (id) => {
      mustSucceed(await service.train(request(id), () => undefined));
      const wishes = wishesOf(
        { kind: 'within', column: 'age', min: 50, max: 70 },
        {
          kind: 'shares',
          column: 'dead',
          shares: [
            { level: 'no', share: 0.25 },
            { level: 'yes', share: 0.75 },
          ],
        },
      );
      const drawn = await draw(wishes);
      expect(drawn.sizes).toEqual([8192, 1808]);
      expect(meets(drawn.table, wishes).every((mark) => mark === 1)).toBe(true);
      const dead = meets(drawn.table, wishesOf({ kind: 'levels', column: 'dead', levels: ['yes'] }));
      expect(dead.filter((mark) => mark === 1)).toHaveLength(7500);
      expect(drawn.wishes).toMatchObject({ nKept: 10_000 });
      expect(drawn.wishes?.rates).toHaveLength(2);
      expect((await draw(wishes, 5)).table).toEqual(drawn.table);
    },
  );

  it('answers a refusal to wishes that the model hardly ever meets, and can be cancelled on the way there', async () => {
    mustSucceed(await service.train(request('copula'), () => undefined));
    const never = wishesOf({ kind: 'within', column: 'age', min: 5000, max: null });
    const refused = await service.sample(10, 1, () => Promise.resolve(), never);
    expect(refused).toMatchObject({ ok: false, failure: { code: 'option-invalid' } });
    const running = service.sample(10, 1, () => Promise.resolve(), never);
    await service.cancel();
    expect(await running).toMatchObject({ ok: false, failure: { code: 'cancelled' } });
  });

  it('answers failures as values', async () => {
    expect(await service.sample(10, 1, () => Promise.resolve())).toMatchObject({ ok: false });
    const wrong = await service.train(request('tvae', { config: { nonsense: 1 } }), () => undefined);
    expect(wrong).toMatchObject({ ok: false, failure: { code: 'option-invalid' } });
    const missing = await service.train(request('tvae', { backend: 'webgpu' }), () => undefined);
    expect(missing).toMatchObject({ ok: false, failure: { code: 'backend-missing' } });
    mustSucceed(await service.train(request('independent'), () => undefined));
    expect(await service.sample(0, 1, () => Promise.resolve())).toMatchObject({
      ok: false,
      failure: { code: 'option-invalid' },
    });
  });
});

describe('a crew of workers', () => {
  it.each([
    ['trees', 2],
    ['argn', schema.columns.length - 1],
  ] as const)('fits parts of %s, and the model is the one that a worker alone fits', async (model, nMost) => {
    const alone = mustSucceed(await service.train(request(model), () => undefined));
    const channels = [new MessageChannel(), new MessageChannel()];
    const asked: string[] = [];
    for (const { port2 } of channels) {
      port2.addEventListener('message', () => asked.push('part'));
      mustSucceed(await create().lend(port2));
    }
    const crew = channels.map(({ port1 }) => port1);
    const together = mustSucceed(await create().train(request(model, { crew }), () => undefined));
    expect(asked.length).toBeGreaterThanOrEqual(2);
    expect(asked.length).toBeLessThanOrEqual(nMost);
    expect(await unpackValue(together.state)).toEqual(await unpackValue(alone.state));
    for (const { port1 } of channels) port1.close();
  });

  it('gives a job to the worker that has the fewest', async () => {
    const channels = [new MessageChannel(), new MessageChannel()];
    const jobs: unknown[][] = [[], []];
    const ends: (() => void)[] = [];
    channels.forEach(({ port2 }, at) => {
      const fit = async ({ payload }: { readonly payload: unknown }) => {
        jobs[at]?.push(payload);
        if (payload === 'long') await new Promise<void>((resolve) => ends.push(resolve));
        return succeed(payload);
      };
      expose({ fit }, port2);
    });
    const crew = openCrew(channels.map(({ port1 }) => port1));
    const long = crew?.fit({ model: 'argn', payload: 'long' });
    for (const payload of ['a', 'b', 'c']) expect(await crew?.fit({ model: 'argn', payload })).toBe(payload);
    expect(jobs).toEqual([['long'], ['a', 'b', 'c']]);
    ends.forEach((end) => end());
    expect(await long).toBe('long');
    for (const { port1 } of channels) port1.close();
  });

  it.each(['trees', 'argn'] as const)('answers with the failure of a part of %s', async (model) => {
    const { port1, port2 } = new MessageChannel();
    expose({ fit: () => fail('internal', 'The part failed.') }, port2);
    const outcome = await service.train(request(model, { crew: [port1] }), () => undefined);
    expect(outcome).toMatchObject({ ok: false, failure: { message: 'The part failed.' } });
    port1.close();
  });
});
