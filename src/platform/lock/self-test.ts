import { FailureError } from '../../data/failure';
import { buildListPath } from './build-list';
import { listPageProbes } from './probes-page';
import { runProbes } from './run-probes';
import type { SelfTestAnswer, SelfTestOrder, SelfTestRow } from './self-test.types';
import type { StartWorker } from './types';

const limitMs = 60_000;

function askWorker(worker: Worker, order: SelfTestOrder): Promise<readonly SelfTestRow[]> {
  return new Promise((resolve, reject) => {
    const fail = () =>
      reject(new FailureError({ code: 'internal', message: 'The self-test worker did not answer.' }));
    setTimeout(fail, limitMs);
    worker.onerror = fail;
    worker.onmessage = ({ data }: MessageEvent<SelfTestAnswer>) => resolve(data.rows);
    worker.postMessage(order);
  });
}

/**
 * Tries the ways out of the page, of a worker and of a worker's worker, and says what refused each. A page that tests
 * itself is no independent proof: docs/lock.md names better ones.
 *
 * @throws FailureError when the self-test worker does not answer
 */
export async function runSelfTest(startWorker: StartWorker): Promise<SelfTestRow[]> {
  const ownAddress = new URL(buildListPath, document.baseURI).href;
  const inPage = await runProbes('page', listPageProbes(ownAddress));
  const worker = startWorker('self-test');
  try {
    const inWorkers = await askWorker(worker, { nested: false, ownAddress });
    return [...inPage, ...inWorkers];
  } finally {
    worker.terminate();
  }
}
