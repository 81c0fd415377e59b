import type { Evaluation } from '../../measure/evaluate';
import { digestText } from '../../platform/digest-text';
import type { ExportOptions } from '../../platform/projects/store.types';
import { listLeaving, type LeavingGround } from '../../platform/projects/file/without-source';
import type { ProjectRecord, RunRecord, RunStatus } from '../../platform/projects/types';
import type { AccountedFinding } from '../../data/identifiers/account-findings';
import type { IdentifierFinding } from '../../data/identifiers/finding';
import type { SourceRisk } from '../../data/source-risk/source-risk';
import type { AuditAct, AuditEntry } from '../../release/audit-log';
import { canonicalise, type Json } from '../../release/canonical-json';
import type { Policy } from '../../release/policy';
import { copyJson } from './copy-json';
import { noteEdits } from './edit-notes';
import type { EvaluationChoice } from './kept-evaluation';
import { noteAnswers } from './identifier-answers';
import { mayShowResults } from './results-shown';
import { noteTraining } from './training-note';
import { digestInTurns } from './write-in-turns';

/** An act, not yet in the log. */
export interface AuditNote {
  readonly act: AuditAct;
  readonly detail: Json;
}

/** One that was broken off may go on, and may be left as it is: it is told either way. */
const ENDED: readonly RunStatus[] = ['finished', 'failed', 'cancelled', 'interrupted'];

/** What is known of identifiers at the moment of a change. */
export interface IdentifierKnowledge {
  /** Findings when an edit was asked for; none where none is under way. */
  readonly findings: readonly IdentifierFinding[];
  /** Findings with what became of them in a run; null where the source is not open as that run read it. */
  readonly account: (run: RunRecord) => readonly AccountedFinding[] | null;
  /** How the edits that come into force came in, where they are those of a file. */
  readonly arrival: AuditNote | null;
}

/** What a change of the record says was done: a file taken in, edits, runs that ended, and results that were computed to be seen. */
export function noteChanges(
  before: ProjectRecord,
  after: ProjectRecord,
  identifiers: IdentifierKnowledge,
): readonly (AuditNote | Promise<AuditNote>)[] {
  return [
    ...noteSource(before, after),
    ...(before.edits === after.edits || identifiers.arrival === null ? [] : [identifiers.arrival]),
    ...noteEdits(before, after, identifiers.findings),
    ...noteAnswers(before, after),
    ...after.runs.flatMap((run) => noteRun(findRun(before, run.id), run, after, identifiers)),
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
  { account }: IdentifierKnowledge,
): readonly (AuditNote | Promise<AuditNote>)[] {
  const notes: (AuditNote | Promise<AuditNote>)[] = [];
  if (ENDED.includes(run.status) && before?.status !== run.status)
    notes.push(noteLosses(run), noteTraining(run, account(run)));
  if (run.evidence !== null && run.evidence !== before?.evidence)
    notes.push(noteReport(run, mayShowResults(governance)));
  return notes;
}

/** While it trained, whoever sat before it could see how well it learns train. */
function noteLosses({ id }: RunRecord): AuditNote {
  return { act: 'look', detail: { run: id, at: 'losses and live previews beside train', results: false } };
}

/** A tournament compares its runs by the holdout; any other report leaves the holdout out where results are not to be seen. */
function noteReport({ id, tournament }: RunRecord, showsResults: boolean): AuditNote {
  if (tournament !== null) return { act: 'look', detail: { run: id, at: 'figures of a tournament' } };
  return showsResults
    ? { act: 'look', detail: { run: id, at: 'quality report of the kept records' } }
    : { act: 'look', detail: { run: id, at: 'quality report beside train alone', results: false } };
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
      evaluationHash: await digestInTurns(evaluation),
    },
  };
}

/** A file of the account of a run that was taken out; of evaluation.json also which figures it has. */
export async function noteFile(
  run: string,
  what: string,
  figures: Evaluation | null = null,
): Promise<AuditNote> {
  const hash = figures === null ? {} : { evaluationHash: await digestInTurns(figures) };
  return { act: 'export', detail: { run, what, ...hash } };
}

/** Criteria that came in as a file, or left as one, by their hash. */
export async function notePolicyFile(act: 'import' | 'export', policy: Policy): Promise<AuditNote> {
  return { act, detail: { what: 'policy.json', hash: await digestText(canonicalise(policy)) } };
}

/** Edits that came in as a file, or left as one: how many. They may hold what was typed, so that no hash tells of them. */
export function noteEditsFile(act: 'import' | 'export', nEdits: number): AuditNote {
  return { act, detail: { what: 'edits.json', nEdits } };
}

/** The backup of a signing key that was saved, by the code of the key; or the key of the commitment. */
export function noteKeyFile(what: 'key backup' | 'commitment key', key: string | null = null): AuditNote {
  return { act: 'export', detail: key === null ? { what } : { what, key } };
}

/** A project file that was saved: with it leave the synthetic records, and the source where it was put in. */
export function noteProjectFile(record: LeavingGround, { withSource, passphrase }: ExportOptions): AuditNote {
  const isEncrypted = typeof passphrase === 'string';
  const drawn = record.runs.filter(({ synthetic }) => synthetic !== null).map(({ id }) => id);
  const leaving = listLeaving(record);
  const recordsOf = withSource ? drawn : drawn.filter((id) => leaving.includes(id));
  const purpose = record.governance.policy?.purpose ?? null;
  return { act: 'export', detail: { what: 'project file', withSource, isEncrypted, recordsOf, purpose } };
}

/** How unique the people of the source are on its quasi-identifiers: figures and names of columns. */
export function noteRisk(risk: SourceRisk): AuditNote {
  const { columns, countedBy, nRows, nPersons, k, nUnique, below, sensitive } = risk;
  const figures = { columns, countedBy, nRows, nPersons, k, nUnique, below, sensitive };
  return { act: 'handling', detail: { of: 'source-risk', ...(copyJson(figures) as object) } };
}

/** True where the last act of that kind says the same. */
export function isOnRecord(log: readonly AuditEntry[], { act, detail }: AuditNote): boolean {
  const last = [...log].reverse().find((entry) => entry.act === act && isRisk(entry.detail));
  return last !== undefined && canonicalise(last.detail) === canonicalise(detail);
}

function isRisk(detail: Json): boolean {
  return typeof detail === 'object' && detail !== null && 'of' in detail && detail['of'] === 'source-risk';
}
