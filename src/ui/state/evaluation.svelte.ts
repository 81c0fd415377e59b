import type { EvaluationRequest, QualityRequest } from '../../api/evaluate';
import type { EvaluationNews } from '../../client/evaluation';
import { fail, succeed, type Failure, type Outcome } from '../../data/failure';
import type { Evaluation } from '../../measure/evaluate';
import type { Family } from '../../measure/measure';
import type { RunRecord } from '../../platform/projects/types';
import { noteEvaluation, type AuditNote } from './audit-notes';
import type { ToldAct } from './log-book';
import type { OutputState } from './output.svelte';
import type { SourceState } from './source.svelte';
import type { ProjectAccess, Workbench } from './workbench';
import { listExposed, type ExposedList, type TrainPlaces } from './exposed-list';
import {
  readKeptEvaluation,
  replaces,
  writeKeptEvaluation,
  type EvaluationChoice,
  type KeptCourse,
  type KeptFacts,
} from './kept-evaluation';

export const FAMILIES: readonly Family[] = ['fidelity', 'utility', 'privacy'];

/** How often what is done is kept while it is being computed. */
const KEEP_EVERY_MS = 5000;

/** The evidence for a finished run: computed on demand, kept with the run. */
export class EvaluationState {
  status = $state<'idle' | 'preparing' | 'measuring'>('idle');
  news = $state.raw<EvaluationNews | null>(null);
  /** Run that `news` is about. */
  runAtWork = $state<string | null>(null);
  failure = $state.raw<Failure | null>(null);
  /** What is kept of run `evaluationOf`; null where it was never evaluated. */
  evaluation = $state.raw<Evaluation | null>(null);
  /** When `evaluation` was computed; null where that is not known. */
  facts = $state.raw<KeptFacts | null>(null);
  evaluationOf = $state<string | null>(null);
  /** True after an evaluation that was stopped with less than the one that is kept. */
  keptOlder = $state(false);
  /** The most exposed records of a run, found by its last evaluation: for the page alone, so it is never kept. */
  exposed = $state.raw<{ readonly of: string; readonly found: ExposedList | Failure } | null>(null);
  readonly busy = $derived(this.status !== 'idle');
  /** A person has ended it. */
  private isStopped = false;
  /** The page has closed the project. */
  private isLeft = false;
  private computing: Promise<unknown> = Promise.resolve();
  private keeping: Promise<unknown> = Promise.resolve();
  private beganAt = 0;
  private keptAt = 0;

  constructor(
    private readonly bench: Pick<
      Workbench,
      'store' | 'synthesize' | 'evaluation' | 'now' | 'elapsed' | 'build'
    >,
    private readonly project: ProjectAccess,
    private readonly source: Pick<SourceState, 'prepareFor'>,
    private readonly output: Pick<OutputState, 'collect' | 'busy' | 'cancel'>,
  ) {}

  /**
   * Computes the evidence for a run and keeps it; stopped early, what is done is kept. Where the same was begun before and
   * ended early, it goes on from there.
   */
  async evaluate(run: RunRecord, choice: EvaluationChoice): Promise<Outcome<Evaluation>> {
    if (this.busy || this.output.busy)
      return fail('option-invalid', 'Records are being drawn or judged already. Wait or cancel first.');
    this.failure = null;
    this.keptOlder = false;
    this.exposed = null;
    this.runAtWork = run.id;
    this.isStopped = false;
    this.status = 'preparing';
    this.beganAt = this.bench.elapsed();
    this.keptAt = this.beganAt;
    const computing = this.compute(run, choice);
    this.computing = computing;
    const outcome = await computing;
    this.status = 'idle';
    this.news = null;
    this.runAtWork = null;
    if (!outcome.ok && outcome.failure.code !== 'cancelled') this.failure = outcome.failure;
    return outcome;
  }

  /** Shows what was kept with a run. */
  async reopen(run: RunRecord): Promise<void> {
    this.evaluationOf = run.id;
    this.evaluation = null;
    this.facts = null;
    this.keptOlder = false;
    const part = await this.bench.store.getPart(this.project.record.id, partName(run));
    if (!part.ok) {
      this.failure = part.failure;
      return;
    }
    const kept = part.value instanceof Blob ? readKeptEvaluation(await part.value.text()) : null;
    if (this.evaluationOf === run.id) this.show(kept?.evaluation ?? null, kept?.facts ?? null);
  }

  /** What is kept of a run that is shown. */
  keptFor(run: RunRecord): Evaluation | null {
    return this.evaluationOf === run.id ? this.evaluation : null;
  }

  /** How the kept evaluation of a run would go on; null where it is complete, or something has changed since. */
  courseOf(run: RunRecord): KeptCourse | null {
    const course = this.keptFor(run)?.isComplete === false ? (this.facts?.course ?? null) : null;
    if (course === null || course.build !== this.bench.build) return null;
    return isEqual(course.synthetic, run.synthetic) ? course : null;
  }

  /** The most exposed records of a run, or why they are not known; null where this page has not looked for them. */
  exposedFor(run: RunRecord): ExposedList | Failure | null {
    return this.exposed?.of === run.id ? this.exposed.found : null;
  }

  /** Ends the measures; those that are done stay. */
  stop(): void {
    this.isStopped = true;
    this.end();
  }

  /** The page closes the project: answers when what is done is on its way to be kept. */
  async leave(): Promise<void> {
    const isMeasuring = this.status === 'measuring';
    this.isLeft = true;
    this.end();
    if (isMeasuring) await this.computing;
  }

  private end(): void {
    if (this.status === 'preparing') void this.output.cancel();
    this.bench.evaluation.stop();
  }

  private async compute(run: RunRecord, choice: EvaluationChoice): Promise<Outcome<Evaluation>> {
    if (this.evaluationOf !== run.id) await this.reopen(run);
    const course = this.courseOf(run);
    const kept = this.keptFor(run);
    const known = course !== null && isEqual(course.choice, choice) ? kept : null;
    if (known !== null) this.beganAt -= this.facts?.tookMs ?? 0;
    // Kept at once where nothing is lost by it, so that a page that dies early knows what to go on with.
    if (kept === null) this.keptAt = -Infinity;
    const made = await this.makeRequest(run, choice);
    if (!made.ok) return made;
    const { request, places } = made.value;
    if (this.isStopped || this.isLeft)
      return fail('cancelled', 'The evaluation was stopped before its first measure.');
    this.status = 'measuring';
    const looks: AuditNote[] = [{ act: 'look', detail: { run: run.id, at: 'evaluation under way' } }];
    const done = await this.bench.evaluation.run(
      request,
      (news) => {
        this.news = news;
        if (this.bench.elapsed() - this.keptAt < KEEP_EVERY_MS || !replaces(news.soFar, kept)) return;
        this.keptAt = this.bench.elapsed();
        void this.keep(run, news.soFar, this.tellFacts(run, choice, news.soFar), looks.splice(0));
      },
      (found) => (this.exposed = { of: run.id, found: listExposed(found, places) }),
      known,
    );
    if (!done.ok) {
      await this.keeping;
      return done;
    }
    const note = await noteEvaluation(run, choice, done.value);
    this.keptOlder = !replaces(done.value, kept);
    if (this.keptOlder) {
      await this.project.tell(note);
      return done;
    }
    const facts = this.tellFacts(run, choice, done.value);
    if (this.evaluationOf === run.id) this.show(done.value, facts);
    const written = await this.keep(run, done.value, facts, [note]);
    // The figures are on the screen all the same.
    if (!written.ok) await this.project.tell(note);
    return written.ok ? done : written;
  }

  private show(evaluation: Evaluation | null, facts: KeptFacts | null): void {
    this.evaluation = evaluation;
    this.facts = facts;
  }

  private tellFacts(run: RunRecord, choice: EvaluationChoice, { isComplete }: Evaluation): KeptFacts {
    const facts = { at: this.bench.now(), tookMs: Math.round(this.bench.elapsed() - this.beganAt) };
    if (isComplete) return facts;
    const { isStopped } = this;
    return { ...facts, course: { choice, build: this.bench.build, synthetic: run.synthetic, isStopped } };
  }

  /** Writes what is done down, after what was done before it. */
  private keep(
    run: RunRecord,
    evaluation: Evaluation,
    facts: KeptFacts,
    told: readonly ToldAct[],
  ): Promise<Outcome<null>> {
    const kept = this.keeping.then(async () => {
      const bytes = await writeKeptEvaluation(evaluation, facts);
      return this.project.keepRun(run.id, {}, { [partName(run)]: bytes }, told);
    });
    this.keeping = kept.catch(() => undefined);
    return kept;
  }

  private async makeRequest(
    run: RunRecord,
    { families, target }: EvaluationChoice,
  ): Promise<Outcome<{ readonly request: EvaluationRequest; readonly places: TrainPlaces }>> {
    const synthetic = await this.output.collect(run);
    if (!synthetic.ok) return synthetic;
    const prepared = await this.source.prepareFor(run.basis);
    if (!prepared.ok) return prepared;
    const { trainAsRead: train, holdout, holdoutRows, schema } = prepared.value;
    const tables = {
      train,
      holdout,
      synthetic: synthetic.value,
      nSynthetic: run.nTrain,
      schema,
      seed: run.seed,
    };
    const likelihood = families.includes('privacy') ? await this.score(run, tables) : succeed(null);
    if (!likelihood.ok) return likelihood;
    const request = {
      ...tables,
      families,
      ...(target === null ? {} : { target }),
      ...(likelihood.value === null ? {} : { likelihood: likelihood.value }),
    };
    const { everyNthRow = 1 } = run.basis.dialect ?? this.project.record.dialect;
    return succeed({ request, places: { holdoutRows, everyNthRow } });
  }

  /** How likely the model holds each row of train and holdout; null where it has no likelihood. */
  private async score(
    run: RunRecord,
    { train, holdout, schema }: QualityRequest,
  ): Promise<Outcome<NonNullable<EvaluationRequest['likelihood']> | null>> {
    if (holdout === null) return succeed(null);
    const part = await this.bench.store.getPart(this.project.record.id, `model/${run.id}`);
    if (!part.ok) return part;
    if (part.value === null || part.value instanceof Blob) return succeed(null);
    const { pooledLabel } = run.basis.handling;
    const request = {
      state: part.value,
      backend: run.backend,
      schema,
      pooledLabel,
      tables: [train, holdout],
    };
    const scores = await this.bench.synthesize.scoreRows(request);
    if (!scores.ok) return scores;
    const [own, held] = scores.value ?? [];
    return succeed(own === undefined || held === undefined ? null : { train: own, holdout: held });
  }
}

function partName(run: RunRecord): `evaluation/${string}` {
  return `evaluation/${run.id}`;
}

/** Whether two plain values that were written the same way say the same. */
function isEqual(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
