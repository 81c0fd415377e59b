import type { EvaluateService } from '../src/api/evaluate';
import type { Outcome } from '../src/data/failure';
import { succeed, toFailure } from '../src/data/failure';
import { overlayColumns } from '../src/data/overlay-columns';
import { qualityMeasures } from '../src/measure/fidelity/quality-measures';
import { lookQuickly } from '../src/measure/quick-look';

/** Progress is told at most ten times a second. */
const PROGRESS_EVERY_MS = 100;

/** The evaluate worker's service as a plain object; failures are values, it never throws. */
export function createEvaluateService(now: () => number = () => performance.now()): EvaluateService {
  return {
    quality: (request, onProgress) => answer(() => qualityMeasures(request, throttle(onProgress, now))),
    quickLook: (request) => answer(() => lookQuickly(request)),
    overlay: ({ train, synthetic, schema }) => answer(() => overlayColumns(train, synthetic, schema)),
  };
}

function answer<T>(compute: () => T): Promise<Outcome<T>> {
  try {
    return Promise.resolve(succeed(compute()));
  } catch (thrown) {
    return Promise.resolve({ ok: false, failure: toFailure(thrown) });
  }
}

type Progress = (done: number, total: number) => void;

/** Passes on the last report and at most one in {@link PROGRESS_EVERY_MS}. */
function throttle(report: Progress, now: () => number): Progress {
  let last = -Infinity;
  return (done, total) => {
    const time = now();
    if (done < total && time - last < PROGRESS_EVERY_MS) return;
    last = time;
    report(done, total);
  };
}
