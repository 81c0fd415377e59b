import { expose, proxy, wrap } from 'comlink';
import { afterEach, describe, expect, it } from 'vitest';
import type { EvaluateService } from '../../src/api/evaluate';
import { Rng } from '../../src/math/rng';
import { QUALITY_SPECS } from '../../src/measure/fidelity/quality-specs';
import { createEvaluateService } from '../../workers/evaluate-service';
import { levels, numbers, schemaOf, table } from './tables';

const rng = Rng.fromSeed('evaluate-service');
const x = Array.from({ length: 300 }, () => rng.normal());
const train = table(
  numbers('x', x),
  numbers(
    'y',
    x.map((value) => value * value),
  ),
  levels(
    'c',
    x.map((value) => (value > 0 ? 'high' : 'low')),
  ),
);
const request = { train, holdout: null, synthetic: train, schema: schemaOf(train), seed: 1 };

const ports: MessagePort[] = [];
afterEach(() => {
  for (const port of ports.splice(0)) port.close();
});

/** The same service as a plain object and behind a message channel. */
function connect(kind: 'direct' | 'comlink', now?: () => number): EvaluateService {
  const service = createEvaluateService(now);
  if (kind === 'direct') return service;
  const { port1, port2 } = new MessageChannel();
  ports.push(port1, port2);
  expose(service, port1);
  const remote = wrap<EvaluateService>(port2);
  return {
    foresee: (given) => remote.foresee(given),
    openEvaluation: (given) => remote.openEvaluation(given),
    runStep: (step) => remote.runStep(step),
    exposed: () => remote.exposed(),
    quality: (given, onProgress) => remote.quality(given, proxy(onProgress)),
    quickLook: (given) => remote.quickLook(given),
    overlaps: (given) => remote.overlaps(given),
    overlay: (given) => remote.overlay(given),
  };
}

describe.each(['direct', 'comlink'] as const)('evaluate service, %s', (kind) => {
  it('lays out an evaluation and computes it step by step', async () => {
    const service = connect(kind);
    expect(await service.runStep(0)).toMatchObject({ ok: false, failure: { code: 'option-invalid' } });
    const plan = await service.openEvaluation({ ...request, families: ['fidelity'] });
    if (!plan.ok) throw new Error(plan.failure.message);
    expect(plan.value.head.nRows).toEqual({ train: 300, holdout: null, synthetic: 300 });
    expect(plan.value.steps.flat()).toContain('sdmetrics-overall');
    const step = await service.runStep(0);
    if (!step.ok) throw new Error(step.failure.message);
    expect(step.value.map(({ id }) => id)).toEqual(plan.value.steps[0]);
    expect(await service.runStep(plan.value.steps.length)).toMatchObject({ ok: false });
  });

  it('lists the most exposed records of the tables laid out, and says so when none are', async () => {
    const service = connect(kind);
    expect(await service.exposed()).toMatchObject({ ok: false, failure: { code: 'option-invalid' } });
    await service.openEvaluation({ ...request, families: ['privacy'] });
    const found = await service.exposed();
    if (!found.ok) throw new Error(found.failure.message);
    expect(found.value.nLookedAt).toBe(300);
    expect(found.value.records).toHaveLength(20);
    expect(found.value.records[0]?.reason).toMatch(/^A synthetic row equals this record/);
  });

  it('answers a quick look, with what it could not see', async () => {
    const outcome = await connect(kind).quickLook(request);
    expect(outcome).toMatchObject({ ok: true, value: { measures: [] } });
    if (outcome.ok) expect(outcome.value.skipped).toHaveLength(2);
  });

  it('answers the evidence and tells progress at most ten times a second, the end always', async () => {
    let time = 0;
    const seen: number[] = [];
    const service = connect(kind, () => (time += 40));
    const outcome = await service.quality(request, (done, total) => {
      seen.push(done / total);
    });
    expect(outcome.ok && outcome.value.measures.length).toBe(QUALITY_SPECS.length);
    await expect.poll(() => seen.at(-1)).toBe(1);
    expect(seen.length).toBeLessThan(4);
  });

  it('answers a picture of every column', async () => {
    const outcome = await connect(kind).overlay(request);
    expect(outcome.ok && outcome.value.map(({ column }) => column)).toEqual(['x', 'y', 'c']);
    const synthetic = table(numbers('other', [1]));
    expect(await connect(kind).overlay({ ...request, synthetic })).toMatchObject({ ok: false });
  });

  it('answers a failure as a value', async () => {
    const synthetic = table(numbers('other', [1]));
    const outcome = await connect(kind).quality({ ...request, synthetic }, () => undefined);
    expect(outcome).toMatchObject({ ok: false, failure: { code: 'schema-invalid' } });
  });

  it('calls its own mistakes internal', async () => {
    const service = connect(kind, () => {
      throw new Error('clock');
    });
    expect(await service.quality(request, () => undefined)).toMatchObject({
      ok: false,
      failure: { code: 'internal' },
    });
  });
});
