import type { EvaluateClient } from '../../client/evaluate';
import type { EvaluationCrew, EvaluationNews } from '../../client/evaluation';
import { fail, succeed, type Failure, type Outcome } from '../../data/failure';
import type { ColumnOverlay } from '../../data/overlay-columns';
import type { Schema } from '../../data/schema';
import type { Evaluation } from '../../measure/evaluate';
import type { EvaluationChoice } from './kept-evaluation';
import { listExposed, WHOLE_FILE, type ExposedList } from './exposed-list';
import type { ComparedReader } from './read-compared';

/** Files of one table, the synthetic one made by whatever program. */
export interface OutsideFiles {
  readonly train: File;
  readonly holdout: File | null;
  readonly synthetic: File;
}

/** How files from outside are judged. */
export interface OutsideChoice extends EvaluationChoice {
  readonly seed: number;
  /** Of a schema.json; null has it inferred from train. */
  readonly schema: Schema | null;
}

/** An evaluation of files from outside, with what could not be compared. */
export interface OutsideEvaluation {
  readonly evaluation: Evaluation;
  readonly notes: readonly string[];
  /** Why figures may mean nothing: files that share rows or patients, a sentence each. */
  readonly cautions: readonly string[];
  /** Columns that were compared. */
  readonly schema: Schema;
  readonly overlay: readonly ColumnOverlay[];
}

/** Judges a synthetic file made elsewhere by the same measures as a run of this page. Nothing of it is kept. */
export class OutsideState {
  status = $state<'idle' | 'reading' | 'measuring'>('idle');
  news = $state.raw<EvaluationNews | null>(null);
  failure = $state.raw<Failure | null>(null);
  result = $state.raw<OutsideEvaluation | null>(null);
  /** {@link OutsideEvaluation.cautions}, from when the files are read on. */
  cautions = $state.raw<readonly string[]>([]);
  /** The most exposed records of train, or why they are not known: for the page alone, apart from what can be saved. */
  exposed = $state.raw<ExposedList | Failure | null>(null);
  /** Name of the train file that `exposed` counts rows of. */
  trainName = $state('');
  readonly busy = $derived(this.status !== 'idle');
  /** Columns of the train file that was chosen last; null before they are read, and where they cannot be. */
  columns = $state.raw<readonly string[] | null>(null);
  private listing = 0;
  private isStopped = false;

  constructor(
    private readonly crew: EvaluationCrew,
    private readonly reader: ComparedReader,
    private readonly evaluator: Pick<EvaluateClient, 'overlaps' | 'overlay' | 'end'>,
  ) {}

  async evaluate(files: OutsideFiles, choice: OutsideChoice): Promise<Outcome<OutsideEvaluation>> {
    if (this.busy) return fail('option-invalid', 'Files are being judged already. Wait or stop first.');
    this.failure = null;
    this.result = null;
    this.exposed = null;
    this.cautions = [];
    this.trainName = files.train.name;
    this.isStopped = false;
    this.status = 'reading';
    const outcome = await this.compute(files, choice);
    this.status = 'idle';
    this.news = null;
    if (outcome.ok) this.result = outcome.value;
    else if (outcome.failure.code !== 'cancelled') this.failure = outcome.failure;
    return outcome;
  }

  /** Reads what a file could be asked to predict. A file that cannot be read says so when it is judged. */
  async list(file: File | null): Promise<void> {
    const own = ++this.listing;
    this.columns = null;
    if (file === null) return;
    const listed = await this.reader.listColumns(file);
    if (own === this.listing && listed.ok) this.columns = listed.value;
  }

  /** Ends the measures; those that are done stay. */
  stop(): void {
    this.isStopped = true;
    this.crew.stop();
  }

  private async compute(
    files: OutsideFiles,
    { families, target, seed, schema: wanted }: OutsideChoice,
  ): Promise<Outcome<OutsideEvaluation>> {
    const read = await this.reader.read(files, wanted);
    if (!read.ok) return read;
    const { notes, cautions, ...tables } = read.value;
    if (target !== null && !tables.schema.columns.some(({ name }) => name === target))
      return fail(
        'option-invalid',
        `There is no column "${target}" to predict among those that can be compared.`,
      );
    const overlaps = await this.evaluator.overlaps(tables);
    if (!overlaps.ok) return overlaps;
    if (this.isStopped) return fail('cancelled', 'The evaluation was stopped before its first measure.');
    this.cautions = [...overlaps.value, ...cautions];
    this.status = 'measuring';
    const request = { ...tables, seed, families, ...(target === null ? {} : { target }) };
    const done = await this.crew.run(
      request,
      (news) => (this.news = news),
      (found) => (this.exposed = listExposed(found, WHOLE_FILE)),
    );
    if (!done.ok) return done;
    const overlay = await this.evaluator.overlay(tables);
    this.evaluator.end();
    if (!overlay.ok) return overlay;
    return succeed({
      evaluation: done.value,
      notes,
      cautions: this.cautions,
      schema: tables.schema,
      overlay: overlay.value,
    });
  }
}
