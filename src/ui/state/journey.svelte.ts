import type { ModelAdvice } from '../../api/synthesize';
import { DEFAULT_HANDLING, DEFAULT_SPLIT } from '../../data/handling';
import { fail, succeed, type Outcome } from '../../data/failure';
import type { Evaluation } from '../../measure/evaluate';
import type { ClaimLoss, ProjectClaim } from '../../platform/projects/store.types';
import {
  PROJECT_VERSION,
  type JourneyStep,
  type PartChanges,
  type ProjectOrigin,
  type ProjectRecord,
  type RunRecord,
} from '../../platform/projects/types';
import { Editing } from './editing.svelte';
import { EvaluationState } from './evaluation.svelte';
import type { EvaluationChoice } from './kept-evaluation';
import { isOnRecord, noteChanges, noteRisk } from './audit-notes';
import { Foresight } from './foresight';
import { GovernanceState } from './governance.svelte';
import { ExportOrder } from './order.svelte';
import { OutputState } from './output.svelte';
import { accountIdentifiers } from './release-files';
import { ReleaseState } from './release.svelte';
import type { ToldAct } from './log-book';
import type { Put, Saver } from './saver.svelte';
import { findShownRun, type ShownRun } from './shown-run';
import { SourceState } from './source.svelte';
import { SourceRiskState } from './source-risk.svelte';
import { TournamentState } from './tournament.svelte';
import { TrainingState, type TrainingChoice } from './training.svelte';
import type { ProjectAccess, Workbench } from './workbench';

export const STEPS: readonly JourneyStep[] = [
  'data',
  'schema',
  'train',
  'synthetic',
  'evidence',
  'export',
  'release',
];

/** One open project: its record, where the person is, and the concerns that work on it. */
export class Journey implements ProjectAccess {
  record = $state.raw<ProjectRecord>() as ProjectRecord;
  /** Set after another tab took this project over or erased it: nothing is written any more. */
  lost = $state<ClaimLoss | null>(null);
  private closed = false;
  private noting: Promise<void> = Promise.resolve();
  readonly source: SourceState;
  readonly editing: Editing;
  readonly training: TrainingState;
  readonly output: OutputState;
  readonly tournament: TournamentState;
  readonly evaluation: EvaluationState;
  readonly governance: GovernanceState;
  readonly release: ReleaseState;
  readonly sourceRisk: SourceRiskState;
  readonly foresight: Foresight;
  readonly order = new ExportOrder();
  readonly run = $derived.by<RunRecord | null>(
    () => this.record.runs.find((run) => run.id === this.record.currentRun) ?? null,
  );
  readonly shownRun = $derived.by<ShownRun | null>(() => findShownRun(this.record));
  /** The run whose records are shown and exported. */
  readonly finishedRun = $derived.by<RunRecord | null>(() => this.shownRun?.run ?? null);

  /** Something is trained, drawn, judged or about to be. */
  readonly busy = $derived.by(
    () =>
      this.training.busy ||
      this.output.busy ||
      this.tournament.busy ||
      this.evaluation.busy ||
      this.release.busy,
  );

  constructor(
    record: ProjectRecord,
    private readonly bench: Workbench,
    private readonly saver: Saver,
    private readonly claim: ProjectClaim,
  ) {
    this.record = record;
    this.source = new SourceState(bench, this);
    this.training = new TrainingState(bench, this, this.source);
    this.output = new OutputState(bench, this, this.source);
    this.governance = new GovernanceState(bench, this);
    this.foresight = new Foresight(bench, this.governance, this.source, this.training);
    this.tournament = new TournamentState(bench, this, this.training, this.output, {
      lockCriteria: async (models) => {
        if (this.governance.lockedAt === null)
          await this.governance.lock(await this.foresight.ofModels(models));
      },
      advise: () => this.training.advisor.ask(),
      onEnd: () => this.openShown(this.output, this.evaluation, this.release),
    });
    this.evaluation = new EvaluationState(bench, this, this.source, this.output);
    this.release = new ReleaseState(bench, this, this.governance, this.evaluation);
    this.sourceRisk = new SourceRiskState(bench, this, this.source);
    this.editing = new Editing(
      this,
      this.source,
      () => this.busy,
      (note) => this.governance.recordSaved(note),
    );
    void claim.lost.then((loss) => this.stopFor(loss));
  }

  change(patch: Partial<ProjectRecord>): void {
    if (this.lost !== null || this.closed) return;
    this.put(this.stamp({ ...this.record, ...patch }));
    this.saver.save(() => this.governance.book.whenSettled(() => Promise.resolve(succeed(this.record))));
  }

  changeRun(id: string, patch: Partial<RunRecord>): void {
    this.change({ runs: patchRun(this.record.runs, id, patch) });
  }

  keep(
    patch: Partial<ProjectRecord>,
    parts: PartChanges,
    told: readonly ToldAct[] = [],
  ): Promise<Outcome<null>> {
    return this.keepChange((record) => ({ ...record, ...patch }), parts, told);
  }

  keepRun(
    id: string,
    patch: Partial<RunRecord>,
    parts: PartChanges,
    told: readonly ToldAct[] = [],
  ): Promise<Outcome<null>> {
    const change = (record: ProjectRecord) => ({ ...record, runs: patchRun(record.runs, id, patch) });
    return this.keepChange(change, parts, told);
  }

  tell(told: ToldAct): Promise<void> {
    return this.governance.record(told);
  }

  async saved(): Promise<Outcome<null>> {
    await this.saver.flush();
    const { failure } = this.saver;
    return failure === null ? succeed(null) : { ok: false, failure };
  }

  go(step: JourneyStep): void {
    if (!this.canGo(step)) return;
    // What this page still shows of a project that is lost to it can be looked at, only not kept.
    if (this.lost === null) this.change({ step });
    else this.record = { ...this.record, step };
  }

  /** A step opens when what it needs is there; going back is always possible. */
  canGo(step: JourneyStep): boolean {
    if (step === 'data') return true;
    if (step === 'schema' || step === 'train') return this.record.schema !== null;
    return this.record.runs.some((run) => run.status === 'finished');
  }

  /** Trains, and when a model came of it draws and judges its records. */
  async trainAndJudge(choice: TrainingChoice, advice: ModelAdvice | null = null): Promise<void> {
    const trained = await this.training.start(choice, { advice });
    if (trained.ok) await this.output.produce(trained.value);
  }

  /** Goes on with a run that was broken off. */
  async continueInterrupted(run: RunRecord): Promise<void> {
    const trained = await this.training.continueRun(run);
    if (trained.ok) await this.output.produce(trained.value);
  }

  /** Fixes the criteria before any result, with those that are out of reach. */
  async lockCriteria(run: RunRecord, choice: EvaluationChoice): Promise<void> {
    await this.governance.lock(await this.foresight.ofRun(run, choice));
  }

  /** Locks the criteria and computes the evidence of a run; both are on record. */
  async evaluate(run: RunRecord, choice: EvaluationChoice): Promise<Outcome<Evaluation>> {
    if (this.busy) return fail('option-invalid', 'Something is being computed already. Wait or stop first.');
    if (this.governance.lockedAt === null) await this.lockCriteria(run, choice);
    return this.evaluation.evaluate(run, choice);
  }

  /** Goes on with one run of a tournament. */
  async goOnWith(run: RunRecord): Promise<void> {
    this.tournament.choose(run);
    await this.show(run);
    this.go('synthetic');
  }

  /** Makes another finished run the one that is shown and exported. */
  async show(run: RunRecord): Promise<void> {
    this.change({ currentRun: run.id });
    await this.openShown(this.output, this.evaluation, this.release);
  }

  /** Reads again what is kept of the run that is shown. */
  private async openShown(...of: readonly { reopen: (run: RunRecord) => Promise<void> }[]): Promise<void> {
    const run = this.finishedRun;
    if (run !== null) await Promise.all(of.map((each) => each.reopen(run)));
  }

  /** After opening: reads the kept file again, shows the results that are there, goes on with what was broken off. */
  async reopen(): Promise<void> {
    const underWay = this.record.runs.find((run) => run.status === 'training');
    const undrawn = this.record.runs.find((run) => run.drawing === true);
    this.markInterrupted();
    await this.openShown(this.evaluation, this.release);
    const read = await this.source.reopen();
    await this.openShown(this.output);
    if (!read.ok || this.lost !== null) return;
    if (this.tournament.latest?.endedAt === null) await this.tournament.goOn();
    else if (underWay !== undefined) await this.continueInterrupted(underWay);
    else if (undrawn !== undefined) await this.output.produce(undrawn);
    else await this.continueEvaluation();
  }

  /** Goes on with an evaluation that the page took with it when it went away. */
  private async continueEvaluation(): Promise<void> {
    const run = this.finishedRun;
    const course = run === null ? null : this.evaluation.courseOf(run);
    if (run !== null && course !== null && !course.isStopped) await this.evaluate(run, course.choice);
  }

  /** Writes what is waiting and lets other tabs have the project. */
  async close(): Promise<void> {
    this.tournament.leave();
    await this.evaluation.leave();
    this.output.leave();
    await this.training.leave();
    await this.noting;
    await this.governance.settle();
    await this.saver.flush();
    this.closed = true;
    this.bench.ingest.end();
    this.claim.release();
  }

  /** Nothing can be kept any more, so nothing is worked on either. */
  private stopFor(loss: ClaimLoss): void {
    this.lost = loss;
    this.tournament.leave();
    this.evaluation.stop();
    this.output.leave();
    void this.training.leave();
  }

  private async keepChange(
    change: (record: ProjectRecord) => ProjectRecord,
    parts: PartChanges,
    told: readonly ToldAct[],
  ): Promise<Outcome<null>> {
    if (this.lost !== null || this.closed) return fail('project-locked', LOST);
    const { book } = this.governance;
    return this.saver.keep((put) => book.whenSettled(() => this.keepNow(change, parts, told, put)));
  }

  /** Writes what changes, its parts and its entries in the log at one go. Whatever else changes meanwhile is saved after it. */
  private async keepNow(
    change: (record: ProjectRecord) => ProjectRecord,
    parts: PartChanges,
    told: readonly ToldAct[],
    put: Put,
  ): Promise<Outcome<null>> {
    const { record } = this;
    const changed = this.stamp(change(record));
    const acts = [...this.noteAll(record, changed), ...told];
    const log = await this.governance.book.extend(changed.governance.log, acts);
    if (!log.ok) return log;
    const enter = (next: ProjectRecord): ProjectRecord => ({
      ...next,
      governance: { ...next.governance, log: log.value },
    });
    const outcome = await put(enter(changed), parts);
    if (outcome.ok) this.adopt(enter(this.stamp(change(this.record))));
    return outcome;
  }

  /** The record of the page becomes this one, and what it says was done goes on record. */
  private put(record: ProjectRecord): void {
    for (const note of this.noteAll(this.record, record)) void this.governance.record(note);
    this.adopt(record);
  }

  private noteAll(before: ProjectRecord, after: ProjectRecord): readonly ToldAct[] {
    return noteChanges(before, after, {
      findings: this.editing.findings,
      account: (run) => accountIdentifiers(this, run),
      arrival: this.editing.arrival,
    });
  }

  private adopt(record: ProjectRecord): void {
    const isNew = record.runs.some(({ id }) => !this.record.runs.some((run) => run.id === id));
    this.record = record;
    if (isNew) this.noting = this.noting.then(() => this.noteSourceRisk());
  }

  /** What the table that a run learns from would give away of its people, on record once for each state of it. */
  private async noteSourceRisk(): Promise<void> {
    const risk = await this.sourceRisk.measure();
    const note = risk === null ? null : noteRisk(risk);
    if (note !== null && !isOnRecord(this.governance.log, note)) await this.governance.record(note);
  }

  /** The time of the last change never runs backwards, whatever the computer's clock does. */
  private stamp(record: ProjectRecord): ProjectRecord {
    return { ...record, updatedAt: Math.max(this.bench.now(), this.record.updatedAt) };
  }

  /** A run that was under way when the page went away. */
  private markInterrupted(): void {
    for (const run of this.record.runs) {
      if (run.status === 'training' || run.status === 'paused')
        this.changeRun(run.id, { status: 'interrupted' });
    }
  }
}

const LOST = 'This page no longer holds the project, so nothing of it is kept here.';

function patchRun(runs: readonly RunRecord[], id: string, patch: Partial<RunRecord>): readonly RunRecord[] {
  return runs.map((run) => (run.id === id ? { ...run, ...patch } : run));
}

export function newProject(id: string, name: string, origin: ProjectOrigin, now: number): ProjectRecord {
  return {
    version: PROJECT_VERSION,
    id,
    name,
    origin,
    createdAt: now,
    updatedAt: now,
    step: 'data',
    source: null,
    dialect: {},
    schema: null,
    edits: null,
    handling: DEFAULT_HANDLING,
    split: DEFAULT_SPLIT,
    wishes: null,
    runs: [],
    tournaments: [],
    currentRun: null,
    governance: { policy: null, lockedAt: null, log: [] },
    release: { statements: {}, packages: [] },
  };
}
