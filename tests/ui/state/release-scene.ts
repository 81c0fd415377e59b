import { expect } from 'vitest';
import { succeed, type Outcome } from '../../../src/data/failure';
import { encodeUtf8 } from '../../../src/data/utf8';
import type { Evaluation } from '../../../src/measure/evaluate';
import type { ProjectStore } from '../../../src/platform/projects/store.types';
import type { RunRecord } from '../../../src/platform/projects/types';
import { readReleaseArchive } from '../../../src/platform/release-archive';
import type { Members } from '../../../src/release/package';
import { presetPolicy } from '../../../src/release/policy-presets';
import type { Policy } from '../../../src/release/policy';
import { noteEvaluation } from '../../../src/ui/state/audit-notes';
import { Delivery } from '../../../src/ui/state/delivery.svelte';
import type { Journey } from '../../../src/ui/state/journey.svelte';
import { writeKeptEvaluation } from '../../../src/ui/state/kept-evaluation';
import { gatherMaterial } from '../../../src/ui/state/release-files';
import { sampleRun } from '../../platform/projects/sample-record';
import { makeSigner } from '../../release/sample-keys';
import { hmac, sampleEvaluation } from '../../release/sample-release';
import { openJourney } from './open-journey';

export const author = makeSigner();
export const AUTHOR = { role: 'author', name: 'A. Uthor', decision: 'approve', reason: '' } as const;

/** Source records, each with a cell that is found in no other text. */
export const SOURCE_ROWS = Array.from({ length: 80 }, (_, i) => `PT-77${1000 + 7 * i},${20 + i},0.4${i}9137`);
const SOURCE = `patient,age,lactate\n${SOURCE_ROWS.join('\n')}\n`;
const SYNTHETIC = 'patient,age,lactate\nXX-1,31,0.5\nXX-2,44,0.6\n';

export interface Scene {
  readonly journey: Journey;
  readonly store: ProjectStore;
  readonly run: RunRecord;
  readonly delivery: Delivery;
  readonly gather: () => ReturnType<typeof gatherMaterial>;
}

export interface SceneChoice {
  readonly policy?: Policy;
  /** False: nobody locked the criteria before training. */
  readonly isLockedFirst?: boolean;
  readonly evaluation?: Evaluation | null;
}

/** A project with a locked policy and a finished, evaluated run; drawing it again as Parquet gives four bytes. */
export async function openScene(choice: SceneChoice = {}): Promise<Scene> {
  const {
    policy = presetPolicy('analytics'),
    isLockedFirst = true,
    evaluation = sampleEvaluation(),
  } = choice;
  const { journey, store } = openJourney();
  await journey.source.take(new File([SOURCE], 'clinic.csv'), 'clinic.csv', 'file');
  // A report of records for internal testing shows results, whatever is chosen after it.
  await journey.governance.setPolicy(isLockedFirst ? policy : presetPolicy('testing'), '');
  if (isLockedFirst) await journey.governance.lock();
  const run = await finishRun(journey);
  await journey.governance.setPolicy(policy, '');
  if (evaluation !== null) await evaluate(journey, run, evaluation);
  journey.output.write = async (_, __, sink) => {
    await sink(encodeUtf8('PAR1'));
    return succeed({ encoding: 'utf-8', notes: [], wishes: null });
  };
  const delivery = new Delivery(journey, {
    build: { version: '0.1.0', tfjs: '4.22.0', hash: 'b'.repeat(64) },
    browser: 'Chromium 156',
    now: () => 0,
    scope: '/',
  });
  const openHmac = () => Promise.resolve(hmac);
  return {
    journey,
    store,
    run,
    delivery,
    gather: () => gatherMaterial({ journey, delivery, openHmac }, run),
  };
}

async function finishRun(journey: Journey): Promise<RunRecord> {
  const { source, schema, handling, split, dialect } = journey.record;
  if (source === null || schema === null) throw new Error('the source was not read');
  const file = new Blob([SYNTHETIC], { type: 'text/csv' });
  const run: RunRecord = {
    ...sampleRun('r1', 'finished'),
    tournament: null,
    basis: { source, schema, handling, split, holdoutFile: null, dialect },
    synthetic: { nRows: 2, seed: 7, nBytes: file.size, encoding: 'utf-8', notes: [] },
  };
  await journey.keep({ runs: [run], currentRun: run.id }, { [`synthetic/${run.id}`]: file });
  await journey.governance.settle();
  return run;
}

/** Keeps an evaluation with a run and puts it on record, as the page does. */
export async function evaluate(
  journey: Journey,
  run: RunRecord,
  evaluation: Evaluation,
  at = 5,
): Promise<void> {
  await journey.governance.lock();
  const kept = await writeKeptEvaluation(evaluation, { at, tookMs: 1 });
  await journey.keepRun(run.id, {}, { [`evaluation/${run.id}`]: kept });
  const choice = { families: ['privacy'], target: null } as const;
  await journey.governance.record(await noteEvaluation(run, choice, evaluation));
  await journey.evaluation.reopen(run);
}

/** What came of something that was to succeed. */
export function take<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`${outcome.failure.message} ${outcome.failure.detail ?? ''}`);
  return outcome.value;
}

/** Builds the package and has its author sign it. */
export async function signAsAuthor({ journey, run, gather }: Scene, reason = ''): Promise<void> {
  take(await journey.release.build(run, gather, reason));
  take(await journey.release.sign(run, AUTHOR, author));
}

export async function membersOf(blob: Blob): Promise<Members> {
  const { members, problem } = await readReleaseArchive(blob);
  expect(problem).toBeNull();
  return members;
}

/** Why something failed; empty where it did not. */
export function messageOf(outcome: Outcome<unknown>): string {
  return outcome.ok ? '' : outcome.failure.message;
}

/** What was put on record, in order. */
export function acts({ journey }: Scene): readonly string[] {
  return journey.governance.log.map(({ act }) => act);
}

/** The package that is sent for review. */
export async function forReview({ journey, run }: Scene): Promise<Members> {
  return membersOf(take(await journey.release.writeForReview(run)));
}
