import type { Evaluation } from '../../measure/evaluate';
import { digestText } from '../../platform/digest-text';
import type { ProjectRecord, RunRecord, RunStatus } from '../../platform/projects/types';
import type { SourceRisk } from '../../data/source-risk/source-risk';
import type { AuditAct, AuditEntry } from '../../release/audit-log';
import { canonicalise, type Json } from '../../release/canonical-json';
import type { EvaluationChoice } from './kept-evaluation';
import { noteAnswers } from './identifier-answers';
import { mayShowResults } from './results-shown';

/** An act, not yet in the log. */
export interface AuditNote {
  readonly act: AuditAct;
  readonly detail: Json;
}

const ENDED: readonly RunStatus[] = ['finished', 'failed', 'cancelled'];

/** What a change of the record says was done: a file taken in, runs that ended, and results that were computed to be seen. */
export function noteChanges(before: ProjectRecord, after: ProjectRecord): readonly AuditNote[] {
  return [
    ...noteSource(before, after),
    ...noteAnswers(before, after),
    ...after.runs.flatMap((run) => noteRun(findRun(before, run.id), run, after)),
  ];
}

function findRun({ runs }: ProjectRecord, id: string): RunRecord | null {
  return runs.find((run) => run.id === id) ?? null;
}

function noteSource(before: ProjectRecord, { source }: ProjectRecord): readonly AuditNote[] {
  if (source === null || source.id === before.source?.id) return [];
  const { nBytes, nRows, nColumns } = source;
  return [{ act: 'import', detail: { source: source.id, nBytes, nRows, nColumns } }];
}

function noteRun(
  before: RunRecord | null,
  run: RunRecord,
  { governance }: ProjectRecord,
): readonly AuditNote[] {
  const notes: AuditNote[] = [];
  if (ENDED.includes(run.status) && before?.status !== run.status)
    notes.push({ act: 'training', detail: describeTraining(run) });
  if (run.evidence !== null && run.evidence !== before?.evidence)
    notes.push(noteReport(run, mayShowResults(governance)));
  return notes;
}

/** A tournament compares its runs by the holdout; any other report leaves the holdout out where results are not to be seen. */
function noteReport({ id, tournament }: RunRecord, showsResults: boolean): AuditNote {
  if (tournament !== null) return { act: 'look', detail: { run: id, at: 'figures of a tournament' } };
  return showsResults
    ? { act: 'look', detail: { run: id, at: 'quality report of the kept records' } }
    : { act: 'look', detail: { run: id, at: 'quality report beside train alone', results: false } };
}

function describeTraining({
  id,
  model,
  seed,
  status,
  result,
  config,
  nTrain,
  nHoldout,
  tournament,
  identifiers,
}: RunRecord): Json {
  return {
    run: id,
    model,
    seed,
    status,
    settings: toJson(result?.config ?? config),
    stopReason: result?.stopReason ?? null,
    nTrain,
    nHoldout,
    tournament,
    identifiers: identifiers === undefined ? null : toJson(identifiers),
  };
}

/** An evaluation that was computed, and by its hash which figures it had. */
export async function noteEvaluation(
  run: RunRecord,
  { families, target }: EvaluationChoice,
  evaluation: Evaluation,
): Promise<AuditNote> {
  const { measures, skipped, isComplete } = evaluation;
  return {
    act: 'evaluation',
    detail: {
      run: run.id,
      families,
      target,
      isComplete,
      nMeasures: measures.length,
      nSkipped: skipped.length,
      evaluationHash: await digestText(canonicalise(evaluation)),
    },
  };
}

/** How unique the people of the source are on its quasi-identifiers: figures and names of columns. */
export function noteRisk(risk: SourceRisk): AuditNote {
  const { columns, countedBy, nRows, nPersons, k, nUnique, below, sensitive } = risk;
  const figures = { columns, countedBy, nRows, nPersons, k, nUnique, below, sensitive };
  return { act: 'handling', detail: { of: 'source-risk', ...(toJson(figures) as object) } };
}

/** True where the last act of that kind says the same. */
export function isOnRecord(log: readonly AuditEntry[], { act, detail }: AuditNote): boolean {
  const last = [...log].reverse().find((entry) => entry.act === act && isRisk(entry.detail));
  return last !== undefined && canonicalise(last.detail) === canonicalise(detail);
}

function isRisk(detail: Json): boolean {
  return typeof detail === 'object' && detail !== null && 'of' in detail && detail['of'] === 'source-risk';
}

/** A plain copy, without what is undefined. */
function toJson(value: unknown): Json {
  return JSON.parse(JSON.stringify(value)) as Json;
}
