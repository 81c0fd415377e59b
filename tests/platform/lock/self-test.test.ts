import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runSelfTest } from '../../../src/platform/lock/self-test';
import type { SelfTestNews, SelfTestRow } from '../../../src/platform/lock/self-test.types';

vi.mock('../../../src/platform/lock/probes-page', () => ({ listPageProbes: () => [] }));

const row: SelfTestRow = {
  context: 'worker',
  channel: 'fetch',
  expected: 'refused',
  result: 'refused',
  how: 'policy',
};

/** Workers of which each says what its script has for it, and nothing more. */
function startWorkers(...scripts: readonly (readonly SelfTestNews[])[]) {
  const ended: number[] = [];
  let nStarted = 0;
  const start = (): Worker => {
    const at = nStarted++;
    const worker = {
      onmessage: null as ((event: { readonly data: SelfTestNews }) => void) | null,
      postMessage: () => {
        for (const data of scripts[at] ?? []) setTimeout(() => worker.onmessage?.({ data }), 10);
      },
      terminate: () => ended.push(at),
    };
    return worker as unknown as Worker;
  };
  return { start, ended, count: () => nStarted };
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('document', { baseURI: 'https://host.test/' });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function runWith(workers: ReturnType<typeof startWorkers>) {
  const result = runSelfTest(workers.start).catch((thrown: unknown) => thrown);
  await vi.advanceTimersByTimeAsync(60_000);
  return result;
}

describe('the self-test', () => {
  it('takes the rows of a worker as they come', async () => {
    const workers = startWorkers([{ kind: 'row', row }, { kind: 'row', row }, { kind: 'done' }]);
    expect(await runWith(workers)).toEqual([row, row]);
    expect(workers.ended).toEqual([0]);
  });

  it.each([
    ['falls silent', []],
    ['says that it could not go on', [{ kind: 'failed', message: 'broke' }]],
    ['falls silent half way', [{ kind: 'row', row }]],
  ] as const)('asks another worker when one %s, and takes no row of the first', async (_, first) => {
    const workers = startWorkers(first, [{ kind: 'row', row }, { kind: 'done' }]);
    expect(await runWith(workers)).toEqual([row]);
    expect(workers.ended).toEqual([0, 1]);
  });

  it('fails when the second falls silent too, whatever was refused before', async () => {
    const workers = startWorkers([{ kind: 'row', row }], [{ kind: 'row', row }]);
    expect(await runWith(workers)).toMatchObject({
      message: expect.stringMatching(/did not answer/) as string,
    });
    expect(workers.count()).toBe(2);
  });
});
