import { describe, expect, it } from 'vitest';
import type { EvaluationRequest } from '../../../src/api/evaluate';
import { Rng } from '../../../src/math/rng';
import { isSkipped, type FinishedMeasure, type Measured } from '../../../src/measure/measure';
import { spanMixedSpace, placeMixed } from '../../../src/measure/fidelity/mixed-space';
import { askBalls, askMeetings } from '../../../src/measure/fidelity/neighbours';
import { runAlone, runWith, type Asking, type NearQuestion } from '../../../src/measure/neighbours/near-rows';
import { spanSpace } from '../../../src/measure/privacy/gower-space';
import { growGowerTree } from '../../../src/measure/privacy/gower-tree';
import { askNearest, askWithin } from '../../../src/measure/privacy/nearest-rows';
import { createEvaluateService } from '../../../workers/evaluate-service';
import { openFinder } from '../../../workers/graphics/near-finder';
import { makePeople } from '../../measure/made-people';
import { makeAwkward } from '../../measure/neighbours/awkward-tables';
import { schemaOf } from '../../measure/tables';

// Chromium has a graphics processor here that is only software, which is taken for these tests alone.
const find = openFinder(navigator.gpu, { allowsSoftware: true, minCells: 0 });

/** Runs a computation on both, and says how many of its questions the graphics processor answered. */
async function runBoth<T>(make: () => Asking<T>) {
  let nAnswered = 0;
  const answered = await runWith(make(), async (question: NearQuestion) => {
    const near = await find(question);
    if (near !== null) nAnswered++;
    return near;
  });
  return { alone: runAlone(make()), answered, nAnswered };
}

describe('the graphics processor', () => {
  it('finds the rows, the ties and the counts that the processor finds', async () => {
    const rng = Rng.fromSeed('graphics');
    for (const [nReference, nQueries] of [
      [700, 90],
      [1, 3],
      [5, 17],
    ] as const) {
      const [reference, query] = makeAwkward(rng, nReference, nQueries);
      const tree = growGowerTree(spanSpace(reference), reference);
      for (const k of [1, 2, 3]) {
        const { alone, answered, nAnswered } = await runBoth(() => askNearest(tree, query, k));
        expect(nAnswered).toBe(1);
        expect(answered).toEqual(alone);
      }
      const radii = runAlone(askNearest(tree, query)).distances.map(
        (distance, i) => distance * (1 + (i % 3) / 2),
      );
      const within = await runBoth(() => askWithin(tree, query, radii));
      expect(within.nAnswered).toBe(1);
      expect(within.answered).toEqual(within.alone);
    }
  });

  it('finds the balls, and who lies in them, that the processor finds', async () => {
    const [train, other] = makeAwkward(Rng.fromSeed('balls'), 300, 200);
    const space = spanMixedSpace(train, [other]);
    const [own, made] = [placeMixed(space, train), placeMixed(space, other)];
    const balls = await runBoth(() => askBalls(own, 5));
    expect(balls.nAnswered).toBe(1);
    expect(balls.answered).toEqual(balls.alone);
    const met = await runBoth(() => askMeetings(own, balls.alone, made));
    expect(met.nAnswered).toBe(1);
    expect(met.answered).toEqual(met.alone);
  });

  it('is not asked where it is only software, nor for little', async () => {
    const question = askAwkward();
    expect(await openFinder(navigator.gpu, { minCells: 0 })(question)).toBeNull();
    expect(await openFinder(navigator.gpu, { allowsSoftware: true })(question)).toBeNull();
    expect(await openFinder(undefined, { minCells: 0 })(question)).toBeNull();
    expect(await openFinder(navigator.gpu, { allowsSoftware: true, minCells: 0 })(question)).not.toBeNull();
  });

  it('is opened once more after it was lost, and then given up', async () => {
    const opened: GPUDevice[] = [];
    const finding = openFinder(
      watchDevices((device) => void opened.push(device)),
      { allowsSoftware: true, minCells: 0 },
    );
    const question = askAwkward();
    expect(await finding(question)).not.toBeNull();
    for (const isAnswered of [true, false]) {
      opened.at(-1)?.destroy();
      await opened.at(-1)?.lost;
      expect((await finding(question)) !== null).toBe(isAnswered);
    }
    expect(opened).toHaveLength(2);
  });

  it.each([
    ['its sums are wrong', 'low += select(vec4f(0.0), vec4f(1.0)', 'low += select(vec4f(0.0), vec4f(0.9)'],
    ['it computes nothing', 'let base = ', 'if (shape.nRows > 0u) { return; } let base = '],
  ])('is not believed where %s', async (_, from, to) => {
    let nAltered = 0;
    const alter = (device: GPUDevice): void => {
      const make = device.createShaderModule.bind(device);
      device.createShaderModule = ({ code }) => {
        nAltered++;
        return make({ code: code.replace(from, to) });
      };
    };
    const finding = openFinder(watchDevices(alter), { allowsSoftware: true, minCells: 0 });
    for (const k of [1, 0, 2]) expect(await finding(askAwkward(k))).toBeNull();
    expect(nAltered).toBe(2);
  });

  it('gives an evaluation every figure of the processor, and is named where it was asked', async () => {
    const train = makePeople(250, 'graphics/train');
    const request: EvaluationRequest = {
      train,
      holdout: makePeople(120, 'graphics/holdout'),
      synthetic: makePeople(250, 'graphics/synthetic'),
      schema: schemaOf(train),
      seed: 5,
      families: ['fidelity', 'privacy'],
    };
    const ids = ['density', 'linkability', 'membership-distance', 'closest-records'];
    const alone = await computeSteps(createEvaluateService(), request, ids);
    const answered = await computeSteps(createEvaluateService(undefined, find), request, ids);
    expect(alone.length).toBeGreaterThan(10);
    expect(alone.some((result) => 'distances' in result)).toBe(false);
    expect(answered).toEqual(
      alone.map((result) => (isSkipped(result) ? result : { ...result, distances: 'graphics' })),
    );
  });
});

/** For the k nearest, or where k is 0 for the rows within a radius. */
function askAwkward(k = 1): NearQuestion {
  const [reference, query] = makeAwkward(Rng.fromSeed('refused'), 20, 5);
  const tree = growGowerTree(spanSpace(reference), reference);
  const step = (
    k === 0 ? askWithin(tree, query, new Float64Array(5).fill(0.5)) : askNearest(tree, query, k)
  ).next();
  if (step.done === true) throw new Error('nothing was asked');
  return step.value;
}

/** The browser's graphics, each device of which is shown as it is opened. */
function watchDevices(onOpen: (device: GPUDevice) => void): GPU {
  const requestAdapter = async (options?: GPURequestAdapterOptions) => {
    const adapter = await navigator.gpu.requestAdapter(options);
    if (adapter === null) return null;
    const request = adapter.requestDevice.bind(adapter);
    adapter.requestDevice = async (descriptor) => {
      const device = await request(descriptor);
      onOpen(device);
      return device;
    };
    return adapter;
  };
  return { requestAdapter } as unknown as GPU;
}

/** Results of the steps that answer some ids. */
async function computeSteps(
  service: ReturnType<typeof createEvaluateService>,
  request: EvaluationRequest,
  ids: readonly string[],
): Promise<readonly Measured<FinishedMeasure>[]> {
  const plan = await service.openEvaluation(request);
  if (!plan.ok) throw new Error(plan.failure.message);
  const results: Measured<FinishedMeasure>[] = [];
  for (const [at, step] of plan.value.steps.entries()) {
    if (!step.some((id) => ids.includes(id))) continue;
    const outcome = await service.runStep(at);
    if (!outcome.ok) throw new Error(outcome.failure.message);
    results.push(...outcome.value);
  }
  return results;
}
