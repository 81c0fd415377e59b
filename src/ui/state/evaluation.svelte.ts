import type { EvaluationRequest, QualityRequest } from '../../api/evaluate';
import type { EvaluationNews } from '../../client/evaluation';
import { fail, succeed, type Failure, type Outcome } from '../../data/failure';
import type { Evaluation } from '../../measure/evaluate';
import type { Family } from '../../measure/measure';
import type { RunRecord } from '../../platform/projects/types';
import type { OutputState } from './output.svelte';
import type { SourceState } from './source.svelte';
import type { ProjectAccess, Workbench } from './workbench';
import { writeJson } from './write-json';

export const FAMILIES: readonly Family[] = ['fidelity', 'utility', 'privacy'];

/** What a person chooses of an evaluation; null leaves the choice to the measures. */
export interface EvaluationChoice {
  readonly families: readonly Family[];
  readonly target: string | null;
}

/** The evidence for a finished run: computed on demand, kept with the run. */
export class EvaluationState {
  status = $state<'idle' | 'preparing' | 'measuring'>('idle');
  news = $state.raw<EvaluationNews | null>(null);
  failure = $state.raw<Failure | null>(null);
  /** What is kept of run `evaluationOf`; null where it was never evaluated. */
  evaluation = $state.raw<Evaluation | null>(null);
  evaluationOf = $state<string | null>(null);
  readonly busy = $derived(this.status !== 'idle');
  private isStopped = false;

  constructor(
    private readonly bench: Pick<Workbench, 'store' | 'synthesize' | 'evaluation'>,
    private readonly project: ProjectAccess,
    private readonly source: Pick<SourceState, 'prepareFor'>,
    private readonly output: Pick<OutputState, 'collect' | 'busy'>,
  ) {}

  /** Computes the evidence for a run and keeps it; stopped early, what is done is kept. */
  async evaluate(run: RunRecord, choice: EvaluationChoice): Promise<Outcome<Evaluation>> {
    if (this.busy || this.output.busy)
      return fail('option-invalid', 'Records are being drawn or judged already. Wait or cancel first.');
    this.failure = null;
    this.news = null;
    this.isStopped = false;
    this.status = 'preparing';
    const outcome = await this.compute(run, choice);
    this.status = 'idle';
    this.news = null;
    if (!outcome.ok && outcome.failure.code !== 'cancelled') this.failure = outcome.failure;
    return outcome;
  }

  /** Shows what was kept with a run. */
  async reopen(run: RunRecord): Promise<void> {
    this.evaluationOf = run.id;
    this.evaluation = null;
    const part = await this.bench.store.getPart(this.project.record.id, `evaluation/${run.id}`);
    if (!part.ok) {
      this.failure = part.failure;
      return;
    }
    const evaluation = part.value instanceof Blob ? readEvaluation(await part.value.text()) : null;
    if (this.evaluationOf === run.id) this.evaluation = evaluation;
  }

  /** What is kept of a run that is shown. */
  keptFor(run: RunRecord): Evaluation | null {
    return this.evaluationOf === run.id ? this.evaluation : null;
  }

  /** Ends the measures; those that are done stay. */
  stop(): void {
    this.isStopped = true;
    this.bench.evaluation.stop();
  }

  private async compute(run: RunRecord, choice: EvaluationChoice): Promise<Outcome<Evaluation>> {
    const request = await this.makeRequest(run, choice);
    if (!request.ok) return request;
    if (this.isStopped) return fail('cancelled', 'The evaluation was stopped before its first measure.');
    this.status = 'measuring';
    const done = await this.bench.evaluation.run(request.value, (news) => (this.news = news));
    if (!done.ok) return done;
    const bytes = new Blob([`${writeJson(done.value)}\n`], { type: 'application/json' });
    const kept = await this.project.keepRun(run.id, {}, { [`evaluation/${run.id}`]: bytes });
    if (!kept.ok) return kept;
    this.evaluationOf = run.id;
    this.evaluation = done.value;
    return done;
  }

  private async makeRequest(
    run: RunRecord,
    { families, target }: EvaluationChoice,
  ): Promise<Outcome<EvaluationRequest>> {
    const synthetic = await this.output.collect(run);
    if (!synthetic.ok) return synthetic;
    const prepared = await this.source.prepareFor(run.basis);
    if (!prepared.ok) return prepared;
    const { trainAsRead: train, holdout, schema } = prepared.value;
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
    return succeed({
      ...tables,
      families,
      ...(target === null ? {} : { target }),
      ...(likelihood.value === null ? {} : { likelihood: likelihood.value }),
    });
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

/** What was kept as JSON; null for a version that this program does not know. */
function readEvaluation(text: string): Evaluation | null {
  const value = JSON.parse(text) as Evaluation;
  return (value.version as number) === 1 ? value : null;
}
