import type { BackendChoice, ModelAdvice } from '../../api/synthesize';
import { fail, succeed, type Failure, type Outcome } from '../../data/failure';
import type { ModelConfig, ModelId } from '../../models/synthesizer';
import type {
  EntryOutcome,
  RunRecord,
  TournamentEntry,
  TournamentRecord,
} from '../../platform/projects/types';
import { isNeural } from '../steps/train/models';
import { newId } from './new-id';
import type { OutputState } from './output.svelte';
import { suggestRun } from './suggest-run';
import { TournamentDraft } from './tournament-draft.svelte';
import { newEntry, TournamentBook } from './tournament-book';
import { giveTurn, orderEntries } from './tournament-plan';
import type { TrainingState } from './training.svelte';
import type { ProjectAccess, Workbench } from './workbench';

/** A tournament as it is asked for. */
export interface TournamentOrder {
  readonly models: readonly ModelId[];
  readonly budgetMs: number;
  readonly seed: number;
  readonly backend: BackendChoice;
  /** Settings of a model that differ from its defaults. */
  readonly configOf: (model: ModelId) => ModelConfig;
}

/** What a tournament asks of the project around it. */
export interface TournamentSurroundings {
  /** Locks the criteria where they are not yet: the figures of a tournament rest on the holdout. */
  readonly lockCriteria: (models: readonly ModelId[]) => Promise<void>;
  /** Which model suits the table. */
  readonly advise: () => Promise<Outcome<Pick<ModelAdvice, 'model'>>>;
  /** Called when another run may be the one that is shown. */
  readonly onEnd: () => Promise<void>;
}

type Wish = 'go-on' | 'skip' | 'cancel' | 'leave';
type Ended = Pick<TournamentEntry, 'outcome' | 'reason'>;

const TICK_MS = 250;

/** Several models, one after the other, within a time; what came of each is in the project's record. */
export class TournamentState {
  status = $state<'idle' | 'forecasting' | 'running' | 'ending'>('idle');
  /** Milliseconds left of the time for all. */
  leftMs = $state(0);
  /** The model at work. */
  model = $state<ModelId | null>(null);
  readonly draft = new TournamentDraft();
  readonly busy = $derived.by(() => this.status !== 'idle');
  /** The latest tournament of the project; while `busy`, the one that runs. */
  readonly latest = $derived.by<TournamentRecord | null>(() => this.book.latest);
  private wish: Wish = 'go-on';
  private readonly book: TournamentBook;
  /** When a model that cannot be stopped half way is ended, on the clock of `elapsed`; null while none is at work. */
  private endAt: number | null = null;
  private isOverdue = false;

  constructor(
    private readonly bench: Pick<Workbench, 'synthesize' | 'now' | 'elapsed'>,
    private readonly project: ProjectAccess,
    private readonly training: Pick<
      TrainingState,
      'start' | 'continueRun' | 'tryOut' | 'cancel' | 'stopAndKeep' | 'busy'
    >,
    private readonly output: Pick<OutputState, 'produce' | 'cancel' | 'busy'>,
    private readonly around: TournamentSurroundings,
  ) {
    this.book = new TournamentBook(bench, project);
  }

  /** Locks the criteria and begins. Answers when it has ended, one way or another. */
  async start(order: TournamentOrder): Promise<Outcome<null>> {
    const { models, budgetMs, seed, backend, configOf } = order;
    if (this.busy || this.training.busy || this.output.busy)
      return fail('option-invalid', 'A run is already under way. Stop it before you start a tournament.');
    if (models.length === 0 || !(budgetMs > 0))
      return fail('option-invalid', 'Choose at least one model, and a time of more than nothing.');
    if (!(await this.lockFirst(models))) return fail('cancelled', 'The tournament was not begun.');
    const tournament: TournamentRecord = {
      id: newId(),
      startedAt: this.bench.now(),
      endedAt: null,
      budgetMs,
      spentMs: 0,
      seed,
      backend,
      entries: models.map((model) => newEntry(model, configOf(model))),
      suggestion: null,
      chosen: null,
    };
    this.project.change({ tournaments: [...this.project.record.tournaments, tournament], step: 'train' });
    await this.run();
    return succeed(null);
  }

  /** Goes on with a tournament that the end of the page broke off: its run first, then the models that wait. */
  async goOn(): Promise<void> {
    if (this.latest === null || this.latest.endedAt !== null || this.busy) return;
    if (await this.lockFirst(this.latest.entries.map(({ model }) => model))) await this.run();
  }

  /** Passes over the model at work. */
  skip(): Promise<void> {
    return this.interrupt('skip');
  }

  /** Ends the tournament; what has been judged stays. */
  cancel(): Promise<void> {
    return this.interrupt('cancel');
  }

  /** Ends a broken-off tournament without going on with it. */
  endHere(): void {
    if (this.latest === null || this.latest.endedAt !== null || this.busy) return;
    this.book.beginClock();
    for (const { model, outcome } of this.latest.entries) {
      if (outcome === 'running')
        this.book.patchEntry(model, {
          outcome: 'interrupted',
          reason: 'The page went away while it was at work.',
        });
    }
    this.wish = 'cancel';
    this.end('The tournament was broken off and then ended before its turn.');
    void this.around.onEnd();
  }

  /** Keeps which run a person goes on with. */
  choose(run: RunRecord): void {
    const { tournaments } = this.project.record;
    const chosen = tournaments.map((one) => (one.id === run.tournament ? { ...one, chosen: run.id } : one));
    this.project.change({ tournaments: chosen });
  }

  /** The page closes the project: the tournament goes on when it is opened again. */
  leave(): void {
    this.wish = 'leave';
  }

  private async interrupt(wish: 'skip' | 'cancel'): Promise<void> {
    if (this.status !== 'forecasting' && this.status !== 'running') return;
    this.wish = wish;
    if (this.status === 'forecasting') await this.bench.synthesize.cancel();
    else if (this.training.busy) await this.training.cancel();
    else if (this.output.busy) await this.output.cancel();
  }

  /** False where a person or the page did not wait for it. */
  private async lockFirst(models: readonly ModelId[]): Promise<boolean> {
    this.wish = 'go-on';
    this.status = 'forecasting';
    await this.around.lockCriteria(models);
    if (this.wish === 'go-on') return true;
    this.status = 'idle';
    return false;
  }

  private async run(): Promise<void> {
    const tournament = this.latest;
    if (tournament === null) return;
    this.status = 'forecasting';
    this.book.beginClock();
    this.tick();
    const timer = setInterval(() => {
      this.tick();
    }, TICK_MS);
    try {
      await this.takeUpRun();
      if (this.wish === 'go-on') await this.forecastAll();
      if (this.wish === 'go-on') await this.runAll();
    } finally {
      clearInterval(timer);
      this.model = null;
      if (!this.isLeaving()) await this.close();
      this.status = 'idle';
    }
  }

  private async forecastAll(): Promise<void> {
    this.status = 'forecasting';
    for (const entry of this.book.waiting.filter(({ forecastMs }) => forecastMs === null)) {
      this.model = entry.model;
      const { model, config } = entry;
      const { seed, backend } = this.book.current;
      const tried = await this.training.tryOut({ model, config, seed, backend });
      if (this.isLeaving()) return;
      if (tried.ok) {
        const { trainMs, restMs } = tried.value;
        this.book.patchEntry(model, { forecastMs: trainMs + restMs, restMs });
      } else if (this.wish === 'go-on') {
        this.book.patchEntry(model, { outcome: 'failed', reason: tried.failure.message });
      }
      if (this.wish === 'skip') this.book.patchEntry(model, SKIPPED_BEFORE);
      if (this.wish === 'cancel') return;
      this.wish = 'go-on';
    }
    this.book.patch({ entries: orderEntries(this.book.entries) });
  }

  private async runAll(): Promise<void> {
    this.status = 'running';
    for (;;) {
      const { waiting } = this.book;
      const [entry] = waiting;
      if (entry === undefined) return;
      this.model = entry.model;
      const turn = giveTurn(entry, isNeural(entry.model), this.book.countLeft(), waiting.length - 1);
      if (turn.kind === 'pass')
        this.book.patchEntry(entry.model, { outcome: 'out-of-time', reason: turn.reason });
      else await this.runOne(entry, turn.shareMs);
      if (this.wish === 'cancel' || this.isLeaving()) return;
      this.wish = 'go-on';
    }
  }

  private async runOne({ model, config }: TournamentEntry, shareMs: number): Promise<void> {
    const id = newId();
    const { seed, backend, id: tournament } = this.book.current;
    this.book.patchEntry(model, { runId: id, outcome: 'running', shareMs });
    await this.follow(model, shareMs, () =>
      this.training.start(
        { model, config, seed, backend },
        { id, tournament, stopAfterMs: isNeural(model) ? shareMs : null },
      ),
    );
  }

  /** The run that was under way when the page went away: goes on from its checkpoint, or from where its drawing was. */
  private async takeUpRun(): Promise<void> {
    const entry = this.book.entries.find(({ outcome }) => outcome === 'running');
    if (entry === undefined) return;
    const { model } = entry;
    const run = this.book.findRun(model);
    if (run === null) return this.book.patchEntry(model, { outcome: 'waiting', runId: null });
    this.status = 'running';
    this.model = model;
    const nAfter = this.book.waiting.length;
    const turn = giveTurn(entry, isNeural(model), this.book.countLeft(), nAfter);
    const shareMs = turn.kind === 'run' ? turn.shareMs : 0;
    await this.follow(model, shareMs, () =>
      run.status === 'finished'
        ? Promise.resolve(succeed(run))
        : this.training.continueRun(run, isNeural(model) ? shareMs : null),
    );
    if (this.wish === 'skip') this.wish = 'go-on';
  }

  /** Trains, draws and judges one model, and keeps what came of it. */
  private async follow(
    model: ModelId,
    shareMs: number,
    train: () => Promise<Outcome<RunRecord>>,
  ): Promise<void> {
    const began = this.bench.elapsed();
    this.isOverdue = false;
    this.endAt = isNeural(model) ? null : began + shareMs;
    const trained = await train();
    this.endAt = null;
    if (this.isLeaving()) return;
    const isJudged = trained.ok && trained.value.evidence !== null;
    const judged = trained.ok && !isJudged ? await this.output.produce(trained.value) : trained;
    if (this.isLeaving()) return;
    const ended = judged.ok
      ? this.describeSuccess(model)
      : this.describeEnd(judged.failure, trained.ok, model);
    this.book.patchEntry(model, { ...ended, spentMs: this.bench.elapsed() - began });
  }

  private describeSuccess(model: ModelId): Ended {
    const run = this.book.findRun(model);
    const why = run?.result?.stopReason ?? '';
    return { outcome: 'judged', reason: why === '' ? '' : `${why.charAt(0).toUpperCase()}${why.slice(1)}.` };
  }

  private describeEnd({ code, message }: Failure, isTrained: boolean, model: ModelId): Ended {
    const when = isTrained
      ? 'while its records were drawn and judged; its model is kept'
      : 'while it trained';
    if (code === 'cancelled' && this.wish === 'skip')
      return { outcome: 'skipped', reason: `Skipped by the person ${when}.` };
    if (code === 'cancelled' && this.wish === 'cancel')
      return { outcome: 'cancelled', reason: `The tournament was cancelled ${when}.` };
    if (code === 'cancelled' && this.isOverdue)
      return { outcome: 'out-of-time', reason: 'The time was used up while it was fitted, so it was ended.' };
    const run = this.book.findRun(model);
    const outcome: EntryOutcome = run?.status === 'interrupted' ? 'interrupted' : 'failed';
    return { outcome, reason: message };
  }

  /** Ends it; where no run is to be suggested, the model that suits the table says which is shown. */
  private async close(): Promise<void> {
    this.status = 'ending';
    const isOpen = suggestRun(this.book.current, this.book.runs) === null;
    const advised = isOpen ? await this.around.advise() : null;
    if (this.isLeaving()) return;
    this.end(
      'The tournament was cancelled before its turn.',
      advised?.ok === true ? { advised: advised.value.model } : {},
    );
    await this.around.onEnd();
  }

  private end(whyNot: string, more: Pick<TournamentRecord, 'advised'> = {}): void {
    this.status = 'ending';
    for (const { model } of this.book.waiting)
      this.book.patchEntry(model, { outcome: 'cancelled', reason: whyNot });
    const suggestion = suggestRun(this.book.current, this.book.runs);
    this.book.patch({
      endedAt: Math.max(this.bench.now(), this.book.current.startedAt),
      suggestion,
      ...more,
    });
    this.status = 'idle';
  }

  private tick(): void {
    this.leftMs = Math.max(0, this.book.countLeft());
    if (this.endAt === null || this.bench.elapsed() < this.endAt) return;
    this.endAt = null;
    this.isOverdue = true;
    void this.training.cancel();
  }

  private isLeaving(): boolean {
    return this.wish === 'leave';
  }
}

const SKIPPED_BEFORE: Ended = { outcome: 'skipped', reason: 'Skipped by the person before its turn.' };
