import type {
  Dialect,
  DialectChoice,
  IngestProgress,
  OpenedSource,
  Prepared,
  PrepareRequest,
  Profile,
} from '../../api/ingest';
import { fail, succeed, type Failure, type Outcome } from '../../data/failure';
import type { SplitChoice } from '../../data/handling';
import { isModelled, type Schema } from '../../data/schema';
import type { Table } from '../../data/table';
import type { ProjectOrigin, RunBasis } from '../../platform/projects/types';
import { readHoldout } from './read-holdout';
import { newId } from './new-id';
import type { ProjectAccess, Workbench } from './workbench';

export type SourceStatus = 'empty' | 'reading' | 'ready' | 'failed';

/** Rows shown as read, so that a person sees whether the file was understood. */
const N_PREVIEW_ROWS = 50;

/** The records as dropped: reading, guesses and their overrides, profile, preparation for training. */
export class SourceState {
  status = $state<SourceStatus>('empty');
  progress = $state.raw<IngestProgress | null>(null);
  opened = $state.raw<OpenedSource | null>(null);
  preview = $state.raw<readonly (readonly string[])[]>([]);
  profile = $state.raw<Profile | null>(null);
  failure = $state.raw<Failure | null>(null);
  /** True once it is known whether the project keeps its source file. */
  looked = $state(false);
  /** A holdout from a file of its own; null when it is cut off the source. Lives as long as the page. */
  holdout = $state.raw<{ readonly name: string; readonly table: Table } | null>(null);
  /** The worker that holds the records. */
  private openedBy = 0;
  private prepared: { readonly key: string; readonly value: Prepared } | null = null;

  constructor(
    private readonly bench: Workbench,
    private readonly project: ProjectAccess,
  ) {}

  /** Takes a new file: everything that followed from an earlier one is dropped, except finished runs. */
  async take(
    file: Blob,
    name: string,
    origin: ProjectOrigin,
    choice: DialectChoice = {},
  ): Promise<Outcome<null>> {
    const began = this.bench.elapsed();
    const outcome = await this.read(file, choice);
    if (!outcome.ok) {
      await this.fallBack(outcome.failure);
      return outcome;
    }
    const { dialect, nRows, headers, schema } = outcome.value;
    const source = {
      id: newId(),
      name,
      nBytes: file.size,
      nRows,
      nColumns: headers.length,
      encoding: dialect.encoding.value,
      readMs: this.bench.elapsed() - began,
    };
    await this.describe(schema);
    const kept = await this.project.keep(
      { source, origin, dialect: choice, schema, edits: null, split: this.fitSplit() },
      { source: file },
    );
    if (!kept.ok) {
      await this.fallBack(kept.failure);
      return kept;
    }
    this.holdout = null;
    return succeed(null);
  }

  /** Reads the kept file again with other guesses overridden; the schema is inferred afresh. */
  override(patch: DialectChoice): Promise<Outcome<null>> {
    return this.readAgain({ ...this.project.record.dialect, ...patch });
  }

  /** Reads the kept file again with every guess made afresh. */
  guessAgain(): Promise<Outcome<null>> {
    return this.readAgain({});
  }

  /** After a reload: reads the kept file and puts the saved schema back in force. */
  async reopen(): Promise<Outcome<null>> {
    const kept = await this.keptFile();
    this.looked = true;
    if (!kept.ok) return this.endReading(kept.failure);
    if (kept.value === null) return succeed(null);
    const { dialect, schema } = this.project.record;
    const outcome = await this.read(kept.value, dialect);
    if (!outcome.ok) return this.endReading(outcome.failure);
    return this.adopt(schema ?? outcome.value.schema);
  }

  /** Reads the kept file once more when the worker that held its records is gone. */
  async ensureOpen(): Promise<Outcome<null>> {
    if (this.opened === null || this.openedBy === this.bench.ingest.workerNumber) return succeed(null);
    const kept = await this.keptFile();
    if (!kept.ok || kept.value === null) return kept.ok ? succeed(null) : kept;
    const outcome = await this.read(kept.value, this.project.record.dialect);
    return outcome.ok ? succeed(null) : this.endReading(outcome.failure);
  }

  /** Puts a changed schema in force when the ingest worker accepts it. */
  async adopt(schema: Schema): Promise<Outcome<null>> {
    const open = await this.ensureOpen();
    if (!open.ok) return open;
    const revised = await this.bench.ingest.revise(schema);
    if (!revised.ok) return revised;
    this.project.change({ schema: revised.value });
    await this.describe(revised.value);
    return succeed(null);
  }

  cancelReading(): void {
    this.bench.ingest.cancel();
  }

  /** Train, holdout and handling log for the choices in force; computed once per set of choices. */
  async prepare(): Promise<Outcome<Prepared>> {
    const { schema, handling, split } = this.project.record;
    if (schema === null) return fail('schema-invalid', 'Open a file first: there is no schema yet.');
    if (!schema.columns.some(isModelled)) {
      return fail(
        'nothing-to-model',
        'No column is left to learn from. Include at least one column that varies and is not an identifier or text.',
      );
    }
    return this.prepareUnder({ schema, handling, split });
  }

  /** The same for the choices a run was trained under. Fails when the file has been read anew since. */
  async prepareFor({ source, schema, handling, split }: RunBasis): Promise<Outcome<Prepared>> {
    const reading = this.checkReading(source.id);
    return reading.ok ? this.prepareUnder({ schema, handling, split }) : reading;
  }

  /** How the open source was read, when it is the reading of that id. */
  checkReading(id: string): Outcome<Dialect> {
    if (this.opened === null) {
      return fail(
        'file-unreadable',
        'The source file is not open, so its formats are not known. Open the file again.',
      );
    }
    if (this.project.record.source?.id === id) return succeed(this.opened.dialect);
    return fail(
      'option-invalid',
      'This run was trained on another reading of the source. What it wrote is kept; train again for more.',
    );
  }

  /** Takes the holdout from a file of its own, read like the source; all of the source is then train. */
  async holdOut(file: Blob, name: string): Promise<Outcome<null>> {
    const { schema, split } = this.project.record;
    if (schema === null || this.opened === null)
      return fail('schema-invalid', 'Open a file first: there is no schema yet.');
    const reader = this.bench.newIngest();
    const table = await readHoldout(reader, file, this.opened, schema);
    reader.end();
    if (!table.ok) return table;
    this.holdout = { name, table: table.value };
    this.prepared = null;
    this.project.change({ split: { ...split, fraction: 0 } });
    return succeed(null);
  }

  private async prepareUnder(request: PrepareRequest): Promise<Outcome<Prepared>> {
    const key = JSON.stringify(request);
    if (this.prepared?.key === key) return succeed(this.prepared.value);
    const open = await this.ensureOpen();
    if (!open.ok) return open;
    const outcome = await this.bench.ingest.prepare(request);
    if (!outcome.ok) return outcome;
    const value = this.holdout === null ? outcome.value : { ...outcome.value, holdout: this.holdout.table };
    this.prepared = { key, value };
    return succeed(value);
  }

  private async read(file: Blob, choice: DialectChoice): Promise<Outcome<OpenedSource>> {
    this.status = 'reading';
    this.failure = null;
    this.prepared = null;
    const outcome = await this.bench.ingest.open(file, choice, (progress) => (this.progress = progress));
    this.progress = null;
    if (!outcome.ok) return outcome;
    this.opened = outcome.value;
    this.openedBy = this.bench.ingest.workerNumber;
    const preview = await this.bench.ingest.preview(0, N_PREVIEW_ROWS);
    this.preview = preview.ok ? preview.value : [];
    this.status = 'ready';
    return outcome;
  }

  /** A file that cannot be read, or that a person stopped, leaves the one before it in place. */
  private async fallBack(failure: Failure): Promise<void> {
    const cancelled = failure.code === 'cancelled';
    if (this.project.record.source === null) this.status = cancelled ? 'empty' : 'failed';
    else await this.reopen();
    if (!cancelled) this.failure = failure;
  }

  /** The cut for a table just read: drops columns it does not have, keeps a person's rows together if they repeat. */
  private fitSplit(): SplitChoice {
    const { split } = this.project.record;
    const names = this.opened?.headers ?? [];
    const kept = (column: string | null) => (column !== null && names.includes(column) ? column : null);
    const repeating = this.profile?.alerts.find(
      (alert) => alert.kind === 'identifier' && alert.severity === 'warning',
    );
    const groupBy = kept(split.groupBy) ?? repeating?.column ?? null;
    return { ...split, stratifyBy: kept(split.stratifyBy), groupBy };
  }

  private async describe(schema: Schema): Promise<void> {
    const profile = await this.bench.ingest.profile(schema);
    if (profile.ok) this.profile = profile.value;
    else this.failure = profile.failure;
  }

  private async readAgain(choice: DialectChoice): Promise<Outcome<null>> {
    const { source, origin } = this.project.record;
    const kept = await this.keptFile();
    if (!kept.ok) return kept;
    if (kept.value === null || source === null)
      return fail('file-unreadable', 'There is no file to read again. Drop it once more.');
    return this.take(kept.value, source.name, origin, choice);
  }

  private endReading(failure: Failure): { ok: false; failure: Failure } {
    this.status = 'failed';
    this.failure = failure;
    return { ok: false, failure };
  }

  /** The source as it is stored; null when the project keeps none. */
  private async keptFile(): Promise<Outcome<Blob | null>> {
    const part = await this.bench.store.getPart(this.project.record.id, 'source');
    return part.ok ? succeed(part.value instanceof Blob ? part.value : null) : part;
  }
}
