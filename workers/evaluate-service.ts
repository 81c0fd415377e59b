import type { EvaluateService, EvaluationRequest, ForeseeRequest, Foresight } from '../src/api/evaluate';
import type { Outcome } from '../src/data/failure';
import { FailureError, succeed, toFailure } from '../src/data/failure';
import { MAX_COMPARED_ROWS } from '../src/data/compared-rows';
import { overlayColumns } from '../src/data/overlay-columns';
import type { Role, Schema } from '../src/data/schema';
import { describeInput, foreseeSkips, runSpecWith, type EvaluationSpec } from '../src/measure/evaluate';
import { openContext, type EvaluationContext, type EvaluationInput } from '../src/measure/evaluation-context';
import { EVALUATION_SPECS, specsOf } from '../src/measure/evaluation-specs';
import { findOverlaps } from '../src/measure/file-overlap';
import { kindsOf } from '../src/measure/fidelity/column-kinds';
import { qualityMeasures } from '../src/measure/fidelity/quality-measures';
import { findExposed } from '../src/measure/privacy/find-exposed';
import { lookQuickly } from '../src/measure/quick-look';
import type { FindNear } from './graphics/near-finder';

/** Progress is told at most ten times a second. */
const PROGRESS_EVERY_MS = 100;

/**
 * The evaluate worker's service as a plain object; failures are values, it never throws.
 *
 * @param findNear answers which rows lie near, faster than this thread would find out; null leaves it to this thread
 */
export function createEvaluateService(
  now: () => number = () => performance.now(),
  findNear: FindNear = () => Promise.resolve(null),
): EvaluateService {
  let laidOut: { readonly specs: readonly EvaluationSpec[]; readonly context: EvaluationContext } | null =
    null;
  return {
    foresee: (request) => answer(() => foresee(request)),
    openEvaluation: (request) =>
      answer(() => {
        const input = toInput(request);
        const context = openContext(input);
        const specs = specsOf(request.families);
        laidOut = { specs, context };
        return { steps: specs.map(({ ids }) => ids), head: describeInput(input, context) };
      }),
    runStep: (step) =>
      answer(() => {
        const spec = laidOut?.specs[step];
        if (laidOut === null || spec === undefined) throw new FailureError(NO_STEP);
        return runSpecWith(findNear, spec, laidOut.context);
      }),
    exposed: () =>
      answer(() => {
        if (laidOut === null) throw new FailureError(NOTHING_LAID_OUT);
        return findExposed(laidOut.context);
      }),
    quality: (request, onProgress) => answer(() => qualityMeasures(request, throttle(onProgress, now))),
    quickLook: (request) => answer(() => lookQuickly(request)),
    overlaps: ({ schema, ...tables }) => answer(() => findOverlaps(kindsOf(schema), tables)),
    overlay: ({ train, holdout, synthetic, schema }) =>
      answer(() => overlayColumns(train, synthetic, schema, holdout)),
  };
}

const NO_STEP = {
  code: 'option-invalid',
  message: 'There is no such step of an evaluation; lay the tables out first.',
} as const;

const NOTHING_LAID_OUT = {
  code: 'option-invalid',
  message: 'There are no tables to find exposed records in; lay them out first.',
} as const;

function foresee({ schema, nRows, nLevels, target, hasLikelihood }: ForeseeRequest): Foresight {
  const kinds = kindsOf(schema);
  const compared = (n: number) => Math.min(n, MAX_COMPARED_ROWS);
  const sizes = {
    train: compared(nRows.train),
    holdout: nRows.holdout === null ? null : compared(nRows.holdout),
    synthetic: compared(nRows.synthetic),
    nColumns: kinds.length,
  };
  const predicted = target ?? namesWithRole(schema, 'target')[0] ?? null;
  return {
    families: Object.fromEntries(
      EVALUATION_SPECS.flatMap(({ ids, family }) => ids.map((id) => [id, family])),
    ),
    foreseen: foreseeSkips(EVALUATION_SPECS, { sizes, kinds, nLevels, target: predicted, hasLikelihood }),
  };
}

function namesWithRole(schema: Schema, role: Role): readonly string[] {
  return schema.columns.flatMap((column) => (column.role === role ? [column.name] : []));
}

/** Roles of the schema say what is predicted, what an attacker wants to know, and what one may know already. */
function toInput({ schema, seed, target, ...tables }: EvaluationRequest): EvaluationInput {
  const withRole = (role: Role) => namesWithRole(schema, role);
  const predicted = target ?? withRole('target')[0];
  const sensitive = withRole('sensitive');
  const quasiIdentifiers = withRole('quasi-identifier');
  const options = {
    seed,
    ...(predicted === undefined ? {} : { target: predicted }),
    ...(sensitive.length === 0 ? {} : { sensitive }),
    ...(quasiIdentifiers.length === 0 ? {} : { quasiIdentifiers }),
  };
  return { ...tables, kinds: kindsOf(schema), options };
}

async function answer<T>(compute: () => T | Promise<T>): Promise<Outcome<T>> {
  try {
    return succeed(await compute());
  } catch (thrown) {
    return { ok: false, failure: toFailure(thrown) };
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
