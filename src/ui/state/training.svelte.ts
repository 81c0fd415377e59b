import type { BackendChoice, TrainingNews, TrainResult } from '../../api/synthesize';
import type { Prepared } from '../../api/ingest';
import { EMPTY_HISTORY, listInForce } from '../../data/edits/history';
import { fail, succeed, type Failure, type Outcome } from '../../data/failure';
import type { ColumnOverlay, ModelConfig, ModelId, StopScore, TrainingEvent } from '../../models/synthesizer';
import type { LossPoint, RunBasis, RunRecord } from '../../platform/projects/types';
import { Advisor } from './advisor.svelte';
import { TrainingDraft } from './draft.svelte';
import type { SourceState } from './source.svelte';
import { newId } from './new-id';
import {
  describeResume,
  describeUnkept,
  newRun,
  RESUMABLE,
  trainRequest,
  type RunGround,
  type RunOrigin,
} from './new-run';
import { forecastRun, type RunForecast } from './run-forecast';
import type { ProjectAccess, Workbench } from './workbench';

export type TrainingStatus = 'idle' | 'preparing' | 'training' | 'paused' | 'stopping' | 'saving';

export interface TrainingChoice {
  readonly model: ModelId;
  readonly config: ModelConfig;
  readonly seed: number;
  readonly backend: BackendChoice;
}

type ProgressEvent = Extract<TrainingEvent, { kind: 'progress' }>;
type CheckpointNews = Extract<TrainingNews, { kind: 'checkpoint' }>;
type BackendEvent = Extract<TrainingEvent, { kind: 'backend' }>;

/** Loss curves keep at most this many points: every second one is dropped when they overflow. */
const MAX_LOSS_POINTS = 600;

/** One training run at a time, live; what it left behind is in the project's run records. */
export class TrainingState {
  status = $state<TrainingStatus>('idle');
  /** What the worker is doing now, in words. */
  note = $state('');
  progress = $state.raw<ProgressEvent | null>(null);
  backend = $state.raw<BackendEvent | null>(null);
  losses = $state.raw<readonly LossPoint[]>([]);
  scores = $state.raw<readonly StopScore[]>([]);
  overlay = $state.raw<readonly ColumnOverlay[]>([]);
  failure = $state.raw<Failure | null>(null);
  /** The latest forecast and the choice it was made for. */
  forecast = $state.raw<(RunForecast & { readonly choice: TrainingChoice }) | null>(null);
  forecasting = $state(false);
  readonly advisor: Advisor;
  readonly draft: TrainingDraft;
  /** The run under way; null when idle. */
  runId = $state<string | null>(null);
  /** Step of the last checkpoint that is safely stored: where the run goes on if the page goes away now. */
  keptStep = $state<number | null>(null);
  readonly busy = $derived(this.status !== 'idle');
  /** About how many rows train has (groups kept together make it differ a little); null while there is no table. */
  readonly nTrain = $derived.by<number | null>(() => {
    const { source, split } = this.project.record;
    return source === null ? null : Math.round(source.nRows * (1 - split.fraction));
  });
  private saving: Promise<void> = Promise.resolve();
  private leaving = false;

  constructor(
    private readonly bench: Workbench,
    private readonly project: ProjectAccess,
    private readonly source: SourceState,
  ) {
    this.advisor = new Advisor(bench, project, () => this.nTrain);
    this.draft = new TrainingDraft(this.advisor);
    const last = project.record.runs.filter((run) => run.tournament === null).at(-1);
    if (last !== undefined) this.draft.take(last);
  }

  /** Time and memory the chosen run would take on this machine. */
  async estimate(choice: TrainingChoice): Promise<void> {
    this.forecasting = true;
    this.forecast = null;
    const outcome = await this.tryOut(choice);
    this.forecasting = false;
    this.failure = outcome.ok ? null : outcome.failure;
    if (outcome.ok) this.forecast = { ...outcome.value, choice };
  }

  /** The same as a value, showing nothing. */
  async tryOut(choice: TrainingChoice): Promise<Outcome<RunForecast>> {
    const prepared = await this.source.prepare();
    const basis = this.basis();
    const dialect = basis.ok ? this.source.checkReading(basis.value) : basis;
    return prepared.ok && basis.ok && dialect.ok
      ? forecastRun(this.bench, trainRequest(choice, prepared.value, null), prepared.value, {
          ...basis.value,
          dialect: dialect.value,
        })
      : ([prepared, basis, dialect].find((step) => !step.ok) as Outcome<never>);
  }

  /** A run of that model as it would begin now, of which nothing is kept. */
  async sketch(model: ModelId): Promise<Outcome<RunRecord>> {
    const prepared = await this.source.prepare();
    const ground = prepared.ok ? this.ground(prepared.value) : prepared;
    if (!ground.ok) return ground;
    const choice = { model, config: {}, seed: 1, backend: 'auto' } as const;
    const origin = { id: '', advice: null, tournament: null };
    return succeed(newRun(choice, origin, ground.value, this.bench.now(), 0));
  }

  /** Trains from the start. Answers when the run has ended, one way or another. A run of a tournament is not shown by itself. */
  async start(choice: TrainingChoice, origin: Partial<RunOrigin> = {}): Promise<Outcome<RunRecord>> {
    const startedAt = this.bench.now();
    const began = this.bench.elapsed();
    const prepared = await this.begin(() => this.source.prepare());
    if (!prepared.ok) return prepared;
    const ground = this.ground(prepared.value);
    if (!ground.ok) return this.end(ground.failure);
    const { id = newId(), advice = null, tournament = null, stopAfterMs = null } = origin;
    const prepareMs = this.bench.elapsed() - began;
    const run = newRun(choice, { id, advice, tournament }, ground.value, startedAt, prepareMs);
    const { record } = this.project;
    const currentRun = tournament === null ? run.id : record.currentRun;
    this.project.change({ runs: [...record.runs, run], currentRun, step: 'train' });
    return this.follow(run, trainRequest(choice, prepared.value, null, stopAfterMs), prepared.value);
  }

  /** Goes on with a run that a closed tab, a crash or a lost device interrupted. */
  async continueRun(run: RunRecord, stopAfterMs: number | null = null): Promise<Outcome<RunRecord>> {
    const prepared = await this.begin(() => this.source.prepareFor(run.basis));
    if (!prepared.ok) return prepared;
    const part = await this.bench.store.getPart(this.project.record.id, `checkpoint/${run.id}`);
    if (!part.ok) return this.end(part.failure);
    const checkpoint = part.value instanceof Blob ? null : part.value;
    this.rewind(run, checkpoint === null ? 0 : run.step);
    this.keptStep = checkpoint === null ? null : run.step;
    this.project.changeRun(run.id, { status: 'training', endedAt: null, failure: null });
    return this.follow(run, trainRequest(run, prepared.value, checkpoint, stopAfterMs), prepared.value);
  }

  pause(): void {
    this.status = 'paused';
    this.bench.synthesize.pause();
    this.recordStatus('paused');
  }

  resume(): void {
    this.status = 'training';
    this.bench.synthesize.resume();
    this.recordStatus('training');
  }

  /** Ends training and keeps the best model so far. */
  stopAndKeep(): void {
    this.status = 'stopping';
    this.bench.synthesize.stop();
  }

  async cancel(): Promise<void> {
    this.status = 'stopping';
    await this.bench.synthesize.cancel();
  }

  /** Ends the worker but keeps run and checkpoint, so that the run goes on when the project is opened again. */
  async leave(): Promise<void> {
    this.leaving = true;
    this.bench.synthesize.end();
    await this.saving;
  }

  private async begin(prepare: () => Promise<Outcome<Prepared>>): Promise<Outcome<Prepared>> {
    if (this.busy)
      return fail('option-invalid', 'A run is already under way. Stop it before you start another.');
    this.status = 'preparing';
    this.note = 'Cutting off the holdout and preparing the records';
    this.failure = null;
    this.keptStep = null;
    this.progress = null;
    this.backend = null;
    this.losses = [];
    this.scores = [];
    this.overlay = [];
    const prepared = await prepare();
    return prepared.ok ? prepared : this.end(prepared.failure);
  }

  /** Curves as they were at a checkpoint: what came after it will come again. */
  private rewind(run: RunRecord, step: number): void {
    this.losses = run.losses.filter((point) => point.step <= step);
    this.scores = run.scores.filter((score) => score.step <= step);
    this.overlay = step === 0 ? [] : run.overlay;
  }

  private ground(prepared: Prepared): Outcome<RunGround> {
    const basis = this.basis();
    const findings = this.source.profile?.identifiers ?? null;
    return basis.ok ? succeed({ basis: basis.value, prepared, findings }) : basis;
  }

  /** The choices in force, as a new run keeps them. */
  private basis(): Outcome<RunBasis> {
    const { source, schema, handling, split, dialect, edits } = this.project.record;
    if (source === null || schema === null)
      return fail('schema-invalid', 'Open a file first: there is no schema yet.');
    return succeed({
      source,
      schema,
      handling,
      split,
      dialect,
      edits: listInForce(edits ?? EMPTY_HISTORY),
      holdoutFile: this.source.holdout?.name ?? null,
    });
  }

  private async follow(
    run: RunRecord,
    request: ReturnType<typeof trainRequest>,
    prepared: Prepared,
  ): Promise<Outcome<RunRecord>> {
    this.status = 'training';
    this.runId = run.id;
    const outcome = await this.bench.synthesize.train(request, (event) => this.take(run.id, event));
    await this.saving;
    if (!outcome.ok && this.leaving) return this.end(outcome.failure);
    if (!outcome.ok) return this.breakOff(run.id, outcome.failure);
    this.status = 'saving';
    const kept = await this.keep(run.id, outcome.value, prepared);
    if (!kept.ok) return this.breakOff(run.id, describeUnkept(kept.failure));
    this.status = 'idle';
    this.runId = null;
    const finished = this.project.record.runs.find((candidate) => candidate.id === run.id);
    return finished === undefined
      ? fail('internal', 'The finished run is missing from the project.')
      : succeed(finished);
  }

  /** A run that was broken off from outside can go on from its checkpoint; any other has nothing to go on with. */
  private async breakOff(id: string, failure: Failure): Promise<{ ok: false; failure: Failure }> {
    const resumable = RESUMABLE.includes(failure.code);
    const status = failure.code === 'cancelled' ? 'cancelled' : resumable ? 'interrupted' : 'failed';
    const { step, ...curves } = this.curves();
    const ended = { status, endedAt: this.endOf(id), failure, ...curves } as const;
    if (resumable) {
      this.project.changeRun(id, ended);
      return this.end(describeResume(failure, this.keptStep));
    }
    await this.project.keepRun(id, { ...ended, step }, { [`checkpoint/${id}`]: null });
    return this.end(failure);
  }

  private keep(id: string, { state, ...result }: TrainResult, prepared: Prepared): Promise<Outcome<null>> {
    const finished = {
      status: 'finished',
      endedAt: this.endOf(id),
      result,
      handlingLog: prepared.handlingLog,
      timings: result.timings,
      drawing: true,
      ...this.curves(),
    } as const;
    return this.project.keepRun(id, finished, { [`model/${id}`]: state, [`checkpoint/${id}`]: null });
  }

  private take(id: string, event: TrainingNews): void {
    if (event.kind === 'phase') this.note = event.note;
    else if (event.kind === 'backend') this.backend = event;
    else if (event.kind === 'progress') this.takeProgress(event);
    else if (event.kind === 'score') this.scores = [...before(this.scores, event.score.step), event.score];
    else if (event.kind === 'overlay') this.overlay = event.columns;
    else this.saving = this.saving.then(() => this.saveCheckpoint(id, event));
  }

  private takeProgress(event: ProgressEvent): void {
    this.progress = event;
    const grown = [...before(this.losses, event.step), { step: event.step, losses: event.losses }];
    this.losses = grown.length > MAX_LOSS_POINTS ? grown.filter((_, i) => i % 2 === 1) : grown;
  }

  private async saveCheckpoint(id: string, { step, checkpoint }: CheckpointNews): Promise<void> {
    const kept = await this.project.keepRun(
      id,
      { ...this.curves(), step },
      { [`checkpoint/${id}`]: checkpoint },
    );
    if (kept.ok) this.keptStep = step;
  }

  private curves(): Pick<RunRecord, 'losses' | 'scores' | 'overlay' | 'step' | 'nSteps'> {
    return {
      losses: this.losses,
      scores: this.scores,
      overlay: this.overlay,
      step: this.progress?.step ?? 0,
      nSteps: this.progress?.nSteps ?? 0,
    };
  }

  /** Now, but not before the run began, whatever the computer's clock does. */
  private endOf(id: string): number {
    const run = this.project.record.runs.find((candidate) => candidate.id === id);
    return Math.max(this.bench.now(), run?.startedAt ?? 0);
  }

  private recordStatus(status: RunRecord['status']): void {
    if (this.runId !== null) this.project.changeRun(this.runId, { status });
  }

  private end(failure: Failure): { ok: false; failure: Failure } {
    this.status = 'idle';
    this.runId = null;
    this.failure = failure.code === 'cancelled' ? null : failure;
    return { ok: false, failure };
  }
}

/** Points before a step: a run that goes on from a checkpoint takes some steps again. */
function before<T extends { readonly step: number }>(points: readonly T[], step: number): readonly T[] {
  const last = points.at(-1);
  return last === undefined || last.step < step ? points : points.filter((point) => point.step < step);
}
