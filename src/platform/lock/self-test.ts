import { FailureError } from '../../data/failure';
import { buildListPath } from './build-list';
import { listPageProbes } from './probes-page';
import { runProbes } from './run-probes';
import type { SelfTestNews, SelfTestOrder, SelfTestRow } from './self-test.types';
import type { StartWorker } from './types';

/** A worker that has said nothing for so long will say no more; each probe ends by itself long before. */
const silenceMs = 12_000;
/** Workers that are asked before the self-test gives up: a browser now and then loses one that it has just started. */
const nAttempts = 2;

/** The rows of one worker and its nested one. Throws FailureError when it falls silent or could not go on. */
function askWorker(worker: Worker, order: SelfTestOrder): Promise<readonly SelfTestRow[]> {
  return new Promise((resolve, reject) => {
    const rows: SelfTestRow[] = [];
    const fail = (why: string) =>
      reject(
        new FailureError({ code: 'internal', message: `The self-test worker ${why}. Run the test again.` }),
      );
    const falls = () => setTimeout(fail, silenceMs, 'did not answer');
    let silence = falls();
    worker.onerror = () => fail('could not be started');
    worker.onmessage = ({ data }: MessageEvent<SelfTestNews>) => {
      clearTimeout(silence);
      if (data.kind === 'failed') return fail(data.message);
      if (data.kind === 'done') return resolve(rows);
      rows.push(data.row);
      silence = falls();
    };
    worker.postMessage(order);
  });
}

async function askNewWorker(startWorker: StartWorker, order: SelfTestOrder): Promise<readonly SelfTestRow[]> {
  const worker = startWorker('self-test');
  try {
    return await askWorker(worker, order);
  } finally {
    worker.terminate();
  }
}

/**
 * Tries the ways out of the page, of a worker and of a worker's worker, and says what refused each. A page that tests
 * itself is no independent proof: docs/lock.md names better ones.
 *
 * @throws FailureError when two self-test workers, one after the other, did not answer to the end
 */
export async function runSelfTest(startWorker: StartWorker): Promise<SelfTestRow[]> {
  const ownAddress = new URL(buildListPath, document.baseURI).href;
  const rows: SelfTestRow[] = [];
  await runProbes('page', listPageProbes(ownAddress), (row) => rows.push(row));
  for (let attempt = 1; ; attempt++) {
    try {
      return [...rows, ...(await askNewWorker(startWorker, { nested: false, ownAddress }))];
    } catch (thrown) {
      if (attempt === nAttempts) throw thrown;
    }
  }
}
