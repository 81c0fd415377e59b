import { describe, expect, it } from 'vitest';
import type { NearQuestion } from '../../src/measure/neighbours/near-rows';
import type { Points } from '../../src/measure/neighbours/points';
import { MIN_CELLS, openFinder } from '../../workers/graphics/near-finder';

/** Points of one level column, all alike. */
function makePoints(nRows: number): Points {
  return { nRows, nNumbers: 0, nLevels: 1, numbers: new Float64Array(), levels: new Int32Array(nRows) };
}

const question: NearQuestion = {
  points: makePoints(3),
  queries: makePoints(2),
  metric: 'clipped',
  k: 1,
  bands: null,
};

/** Graphics whose adapter says that of itself and gives no device; counts what is asked of it. */
function openGraphics(facts: object | null) {
  const asked = { adapters: 0, devices: 0 };
  const requestDevice = () => {
    asked.devices++;
    return Promise.reject(new Error('no device'));
  };
  const adapter = facts === null ? null : { limits: {}, requestDevice, ...facts };
  const requestAdapter = () => {
    asked.adapters++;
    return Promise.resolve(adapter);
  };
  return { gpu: { requestAdapter } as unknown as GPU, asked };
}

describe('without a graphics processor that can be used, the processor finds out', () => {
  it.each([
    ['no adapter', null, 0],
    ['software by its info', { info: { isFallbackAdapter: true } }, 0],
    ['software, as older browsers say it', { isFallbackAdapter: true }, 0],
    ['no device to give', { info: {} }, 1],
  ] as const)('%s', async (_, facts, nDevices) => {
    const { gpu, asked } = openGraphics(facts);
    const find = openFinder(gpu, { minCells: 0 });
    for (let i = 0; i < 3; i++) expect(await find(question)).toBeNull();
    expect(asked).toEqual({ adapters: 1, devices: nDevices });
  });

  it('no adapter but an error', async () => {
    const gpu = { requestAdapter: () => Promise.reject(new Error('gone')) } as unknown as GPU;
    expect(await openFinder(gpu, { minCells: 0 })(question)).toBeNull();
  });

  it('a question that is too small for the start to be worth it', async () => {
    const { gpu, asked } = openGraphics({});
    expect(await openFinder(gpu)(question)).toBeNull();
    expect(asked.adapters).toBe(0);
    const large = { ...question, points: { ...makePoints(0), nRows: MIN_CELLS }, queries: makePoints(1) };
    expect(await openFinder(gpu)(large)).toBeNull();
    expect(asked.adapters).toBe(1);
  });
});
