import type { PackedValue } from '../../api/packed-value';
import type { ModelAdvice } from '../../api/synthesize';
import type { Prepared } from '../../api/ingest';
import { listDirect } from '../../data/identifiers/direct-identifiers';
import type { IdentifierFinding } from '../../data/identifiers/finding';
import { fail, type Failure, type FailureCode } from '../../data/failure';
import type { RunBasis, RunRecord } from '../../platform/projects/types';
import type { TrainingChoice } from './training.svelte';

const CHECKPOINT_EVERY_MS = 10_000;

/** Where a run comes from, beside what is trained. */
export interface RunOrigin {
  readonly id: string;
  readonly advice: ModelAdvice | null;
  /** Id of the tournament it belongs to. */
  readonly tournament: string | null;
  /** Training that can keep its best model is stopped after that long. */
  readonly stopAfterMs: number | null;
}

/** Failures after which the checkpoint is worth keeping: nothing is wrong with the run itself. */
export const RESUMABLE: readonly FailureCode[] = [
  'device-lost',
  'internal',
  'storage-full',
  'storage-unavailable',
];

/** The model is there but could not be stored. */
export function describeUnkept({ code, message, detail }: Failure): Failure {
  return fail(code, `Training ended, but the model could not be kept. ${message}`, detail).failure;
}

/** A failure of a run that can go on, with where it goes on from. */
export function describeResume({ code, message, detail }: Failure, keptStep: number | null): Failure {
  const from = keptStep === null ? 'begins anew' : `goes on from step ${keptStep}`;
  return fail(code, `${message} The run ${from} when you press Continue in the list of runs.`, detail)
    .failure;
}

/** What is known of the source when a run begins; `findings` is null where its columns were not looked at. */
export interface RunGround {
  readonly basis: RunBasis;
  readonly prepared: Prepared;
  readonly findings: readonly IdentifierFinding[] | null;
}

/** The record of a run that begins. */
export function newRun(
  choice: TrainingChoice,
  { id, advice, tournament }: Pick<RunOrigin, 'id' | 'advice' | 'tournament'>,
  { basis, prepared, findings }: RunGround,
  startedAt: number,
  prepareMs: number,
): RunRecord {
  return {
    ...choice,
    id,
    advice,
    tournament,
    status: 'training',
    startedAt,
    endedAt: null,
    losses: [],
    scores: [],
    overlay: [],
    timings: [],
    step: 0,
    nSteps: 0,
    result: null,
    handlingLog: prepared.handlingLog,
    nTrain: prepared.train.nRows,
    nHoldout: prepared.holdout?.nRows ?? 0,
    basis,
    ...(findings === null ? {} : { identifiers: listDirect(findings, basis.schema, prepared.schema) }),
    stages: { prepareMs, sampleMs: null, evaluateMs: null },
    evidence: null,
    look: null,
    synthetic: null,
    failure: null,
  };
}

/** What the synthesize worker is asked for. */
export function trainRequest(
  choice: TrainingChoice,
  prepared: Prepared,
  resumeFrom: PackedValue | null,
  stopAfterMs: number | null = null,
) {
  const { model, config, seed, backend } = choice;
  return {
    model,
    config,
    seed,
    backend,
    table: prepared.train,
    schema: prepared.schema,
    resumeFrom,
    checkpointEveryMs: CHECKPOINT_EVERY_MS,
    stopAfterMs,
  };
}
