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
    const startedAt = this.bench.now();
    const outcome = await this.read(file, choice);
    if (!outcome.ok) {
      await this.fallBack(outcome.failure);
      return outcome;
    }
    const { dialect, nRows, headers, schema } = outcome.value;
    if (!(await this.project.putPart('source', file)))
      return fail('storage-full', 'The file could not be kept.');
    this.holdout = null;
    const source = {
      id: newId(),
      name,
      nBytes: file.size,
      nRows,
      nColumns: headers.length,
      encoding: dialect.encoding.value,
      readMs: this.bench.now() - startedAt,
    };
    this.project.change({ source, origin, dialect: choice, schema, edits: null });
    await this.describe(schema);
    this.fitSplit();
    return succeed(null);
  }

  /** Reads the kept file again with other guesses overridden; the schema is inferred afresh. */
  async override(patch: DialectChoice): Promise<Outcome<null>> {
    const file = await this.keptFile();
    const source = this.project.record.source;
    if (file === null || source === null)
      return fail('file-unreadable', 'There is no file to read again. Drop it once more.');
    return this.take(file, source.name, this.project.record.origin, {
      ...this.project.record.dialect,
      ...patch,
    });
  }

  /** Reads the kept file again with every guess made afresh. */
  async guessAgain(): Promise<Outcome<null>> {
    this.project.change({ dialect: {} });
    return this.override({});
  }

  /** After a reload: reads the kept file and puts the saved schema back in force. */
  async reopen(): Promise<Outcome<null>> {
    const file = await this.keptFile();
    this.looked = true;
    if (file === null) return succeed(null);
    const { dialect, schema } = this.project.record;
    const outcome = await this.read(file, dialect);
    if (!outcome.ok) {
      this.status = 'failed';
      this.failure = outcome.failure;
      return outcome;
    }
    return this.adopt(schema ?? outcome.value.schema);
  }

  /** Puts a changed schema in force when the ingest worker accepts it. */
  async adopt(schema: Schema): Promise<Outcome<null>> {
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

  /** Fits the cut to a table just read: drops columns it does not have, keeps a person's rows together if they repeat. */
  private fitSplit(): void {
    const { split } = this.project.record;
    const names = this.opened?.headers ?? [];
    const kept = (column: string | null) => (column !== null && names.includes(column) ? column : null);
    const repeating = this.profile?.alerts.find(
      (alert) => alert.kind === 'identifier' && alert.severity === 'warning',
    );
    const groupBy = kept(split.groupBy) ?? repeating?.column ?? null;
    this.project.change({ split: { ...split, stratifyBy: kept(split.stratifyBy), groupBy } });
  }

  private async describe(schema: Schema): Promise<void> {
    const profile = await this.bench.ingest.profile(schema);
    if (profile.ok) this.profile = profile.value;
    else this.failure = profile.failure;
  }

  private async keptFile(): Promise<Blob | null> {
    const part = await this.bench.store.getPart(this.project.record.id, 'source');
    return part.ok && part.value instanceof Blob ? part.value : null;
  }
}
