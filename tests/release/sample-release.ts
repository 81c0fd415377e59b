import { createHash, createHmac } from 'node:crypto';
import type { Evaluation } from '../../src/measure/evaluate';
import type { Family, FinishedMeasure } from '../../src/measure/measure';
import { appendEntry, type AuditAct, type AuditEntry } from '../../src/release/audit-log';
import { canonicalise, type Json } from '../../src/release/canonical-json';
import type { DossierInput } from '../../src/release/dossier-input';
import { DIRECT_IDENTIFIERS } from '../../src/release/direct-identifier-finding';
import { presetPolicy } from '../../src/release/policy-presets';
import { commitToSource } from '../../src/release/source-commitment';
import { describeRun } from '../../src/ui/state/artefacts';
import { makeColumnSchema } from '../column-schema';
import { sampleRun } from '../platform/projects/sample-record';

export const digest = (bytes: Uint8Array): Promise<string> =>
  Promise.resolve(createHash('sha256').update(bytes).digest('hex'));
export const digestText = (text: string): Promise<string> =>
  Promise.resolve(createHash('sha256').update(text).digest('hex'));
export const hashOf = (value: unknown): string =>
  createHash('sha256').update(canonicalise(value)).digest('hex');

/** The source that the sample stands for; it must be found nowhere in what leaves. */
export const SOURCE = Buffer.from('age;sex\n40;f\n50;m\nNA;f\n');
const KEY = Buffer.alloc(32, 7);
export const hmac = (bytes: Uint8Array): Promise<string> =>
  Promise.resolve(createHmac('sha256', KEY).update(bytes).digest('hex'));

export const policy = presetPolicy('analytics');

/** An evaluation that meets every criterion of the sample's policy. */
export function sampleEvaluation(): Evaluation {
  const measured = policy.criteria.filter(({ measure }) => measure !== DIRECT_IDENTIFIERS);
  const measures = measured.map(({ measure, bound }) =>
    sampleMeasure(measure, bound === 'at-most' ? 0.001 : 0.99, bound === 'at-most' ? 'privacy' : 'utility'),
  );
  return {
    version: 1,
    options: { seed: 3 },
    nRows: { train: 800, holdout: 200, synthetic: 800 },
    isComplete: true,
    measures: [...measures, sampleMeasure('column-shapes', 0.97, 'fidelity')],
    skipped: [{ id: 'singling-out-extra', reason: 'too few rows' }],
  };
}

function sampleMeasure(id: string, value: number, family: Family): FinishedMeasure {
  return {
    id,
    family,
    value,
    interval: { low: value - 0.0005, high: value + 0.0005 },
    floor: 0.5,
    ceiling: family === 'privacy' ? 0.01 : 0.98,
    n: 200,
    direction: family === 'privacy' ? 'lower-is-better' : 'higher-is-better',
    sentence: `The figure of ${id} is ${value}.`,
    parts: [{ columns: ['age'], value, note: null, group: 'sex = f' }],
    seed: 3,
  };
}

/** A log of those acts, a minute apart. */
export async function writeLog(acts: readonly (readonly [AuditAct, Json])[]): Promise<readonly AuditEntry[]> {
  let log: readonly AuditEntry[] = [];
  for (const [i, [act, detail]] of acts.entries()) {
    const at = `2026-11-28T08:${String(i).padStart(2, '0')}:00.000Z`;
    log = await appendEntry(log, { act, detail, at }, digestText);
  }
  return log;
}

/** What the log says of an evaluation of the sample's run. */
export function noteOf(evaluation: Evaluation): Json {
  const { measures, isComplete } = evaluation;
  return { run: 'r1', isComplete, nMeasures: measures.length, evaluationHash: hashOf(evaluation) };
}

/** A project as it should be: criteria fixed before anybody looked. */
export const ACTS: readonly (readonly [AuditAct, Json])[] = [
  ['import', { nRows: 1000 }],
  ['handling', { k: 5 }],
  ['training', { run: 'r0', outcome: 'discarded' }],
  ['look', { results: false, what: 'losses' }],
  ['training', { run: 'r1', outcome: 'kept', directIdentifiers: [] }],
  ['policy-locked', { hash: hashOf(policy) }],
  ['evaluation', noteOf(sampleEvaluation())],
  ['look', { results: true, what: 'evidence' }],
];

const finished = {
  ...sampleRun('r1', 'finished'),
  seed: 424242,
  config: { epochs: 2 },
};

/** Everything that a dossier is made of, with nothing said by a person. */
export async function sampleDossierInput(patch: Partial<DossierInput> = {}): Promise<DossierInput> {
  return {
    title: 'Heart failure cohort <synthetic> & "quoted"',
    writtenAt: '2026-11-28T09:00:00.000Z',
    run: describeRun(finished, {
      title: 'Heart failure cohort',
      build: { version: '0.1.0', tfjs: '4.22.0', hash: 'b'.repeat(64) },
      browser: 'Chromium 156',
      writtenAt: 0,
      prepared: { holdoutRows: Uint32Array.from([1, 17, 23]) },
      whyNotPrepared: null,
      output: {
        format: 'csv',
        nRows: 800,
        seed: 515151,
        nBytes: 30,
        encoding: 'utf-8',
        notes: [],
        wishes: null,
      },
      answers: [],
      evaluation: sampleEvaluation(),
      release: null,
      tournament: null,
      runs: [finished],
    }),
    schema: {
      version: 1,
      columns: [
        makeColumnSchema('age', 'integer', {}),
        makeColumnSchema('sex', 'categorical', { levels: ['f', 'm'] }),
        makeColumnSchema('record number', 'identifier', { role: 'identifier' }),
        makeColumnSchema('notes', 'text', { included: false }),
      ],
    },
    evaluation: sampleEvaluation(),
    policy,
    log: await writeLog(ACTS),
    ledger: null,
    commitment: await commitToSource(Uint8Array.from(SOURCE), hmac),
    outputs: [],
    statements: {},
    ...patch,
  };
}
