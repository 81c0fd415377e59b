import type { Dialect, IngestProgress, OpenedSource, Prepared, PrepareRequest } from '../../api/ingest';
import type { DialectChoice } from '../../data/dialect-choice';
import type { Profile } from '../../data/profile';
import { carryOver, hasColumnsOf } from '../../data/edits/carry-over';
import { diffSchema } from '../../data/edits/diff-schema';
import type { Edit } from '../../data/edits/edit';
import { foldAnswers, foldDialect } from '../../data/edits/fold';
import { EMPTY_HISTORY, listInForce, recordEdits, type EditHistory } from '../../data/edits/history';
import { fail, succeed, type Failure, type Outcome } from '../../data/failure';
import { isSameValue } from '../../data/same-value';
import { isModelled, type Schema } from '../../data/schema';
import type { Table } from '../../data/table';
import type { PartChanges, ProjectOrigin, RunBasis } from '../../platform/projects/types';
import { describeReading, findSuggestedGroup, type GivenFile, type ReadingNote } from './given-file';
import { areCountedAlike, proposeChoices } from './counted-alike';
import { pinFile } from './pin-file';
import { readHoldout } from './read-holdout';
import { newId } from './new-id';
import { listSchemaEdits, replayEdits } from './replay-edits';
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
  /** True while the columns are being described. */
  describing = $state(false);
  /** True once it is known whether the project keeps its source file. */
  looked = $state(false);
  /** A holdout from a file of its own; null when it is cut off the source. Lives as long as the page. */
  holdout = $state.raw<{ readonly name: string; readonly table: Table } | null>(null);
  /** The worker that holds the records. */
  private openedBy = 0;
  /** Over when the kept file has been read, after the project was opened. */
  private reopening: Promise<void> = Promise.resolve();
  /** Edits that the open table does not admit; null while that is not known. */
  private nRefused: number | null = null;
  /** The file refused last, unless it is that of the project. */
  private refused: GivenFile | null = null;
  private prepared: { readonly key: string; readonly value: Prepared } | null = null;

  constructor(
    private readonly bench: Workbench,
    private readonly project: ProjectAccess,
  ) {}

  /**
   * Takes a new file in place of any before it. Edits count again on a table of the same columns; on another only those
   * that name no column. Finished runs stay.
   */
  take(given: Blob, name: string, origin: ProjectOrigin): Promise<Outcome<null>> {
    return this.takeUnder([], { file: pinFile(given), name, origin });
  }

  /** Reads the file that was refused as too large again, as the sample of its rows that would fit. */
  takeSample(everyNthRow: number): Promise<Outcome<null>> {
    const edit: Edit = { of: 'dialect', value: { everyNthRow } };
    if (this.refused !== null) return this.takeUnder([edit], this.refused);
    return this.readAgain(recordEdits(this.project.record.edits ?? EMPTY_HISTORY, [edit]));
  }

  private async takeUnder(edits: readonly Edit[], given: GivenFile): Promise<Outcome<null>> {
    const began = this.bench.elapsed();
    const { file, ...rest } = given;
    const history = await this.readAsBefore(file, edits);
    const note = { ...rest, id: newId(), nBytes: file.size, readMs: this.bench.elapsed() - began };
    const settled = history.ok ? await this.settle(history.value, note, { source: file }) : history;
    if (settled.ok) return settled;
    const outcome = await this.fallBack(settled.failure);
    this.refused = given;
    return outcome;
  }

  /** Reads the kept file again as these edits have it, and puts them in force; otherwise nothing changes. */
  async readAgain(history: EditHistory): Promise<Outcome<null>> {
    const began = this.bench.elapsed();
    const { source, origin } = this.project.record;
    const kept = await this.keptFile();
    if (!kept.ok) return kept;
    if (kept.value === null || source === null)
      return fail('file-unreadable', 'There is no file to read again. Drop it once more.');
    const read = await this.read(kept.value, foldDialect(listInForce(history)));
    const settled = read.ok
      ? await this.settle(history, { ...source, readMs: this.bench.elapsed() - began, origin }, {})
      : read;
    return settled.ok ? settled : this.fallBack(settled.failure);
  }

  /**
   * Puts the edits of a history in force on the table as it is read now. Refused, and nothing changed, where the table
   * does not admit the one `made` last; one that changes nothing is not recorded.
   */
  async enforce(history: EditHistory, made: Edit | null = null): Promise<Outcome<null>> {
    const open = await this.ensureOpen();
    if (!open.ok) return open;
    const [{ opened }, { record }] = [this, this.project];
    if (opened === null || record.schema === null)
      return fail('file-unreadable', 'The source table is not open. Open the file again in the Data step.');
    const edits = listInForce(history);
    const reading = { ...opened, suggestedGroup: record.source?.suggestedGroup ?? null };
    const before = listInForce(record.edits ?? EMPTY_HISTORY);
    const isSchemaSame = isSameValue(listSchemaEdits(before), listSchemaEdits(edits));
    const others = isSchemaSame ? edits.filter((edit) => edit.of !== 'schema') : edits;
    const isWhole = made !== null && this.nRefused === 0;
    const replayed = await replayEdits(this.bench.ingest, reading, others, isWhole);
    if (!replayed.ok) return replayed;
    if (this.opened !== opened) return fail('cancelled', 'Another table was opened meanwhile.');
    const { refused, handling, split } = replayed.value;
    const refusal = made && refused.get(made);
    if (refusal) return { ok: false, failure: refusal };
    const schema = isSchemaSame ? record.schema : replayed.value.schema;
    const [now, old] = [{ handling, split }, this.project.record];
    const isSame = isSameValue([schema, handling, split], [old.schema, old.handling, old.split]);
    if (made !== null && isSame && isSameValue(foldAnswers(before), foldAnswers(edits))) return succeed(null);
    this.project.change({ schema, ...now, edits: history });
    if (!isSchemaSame) this.nRefused = refused.size;
    if (!isSchemaSame || !areCountedAlike(now, old)) await this.describe(schema);
    return succeed(null);
  }

  /** After a reload: reads the kept file and puts the saved schema back in force. */
  reopen(): Promise<Outcome<null>> {
    const reopening = this.readKept();
    this.reopening = reopening.then(() => undefined);
    return reopening;
  }

  private async readKept(): Promise<Outcome<null>> {
    const kept = await this.keptFile();
    this.looked = true;
    if (!kept.ok) return this.endReading(kept.failure);
    if (kept.value === null) return succeed(null);
    const { dialect, schema } = this.project.record;
    const outcome = await this.read(kept.value, dialect);
    if (!outcome.ok) return this.endReading(outcome.failure);
    const adopted = await this.adopt(schema ?? outcome.value.schema);
    this.endDescribing();
    return adopted;
  }

  /** Waits for a reopening under way; reads the kept file once more when the worker that held its records is gone. */
  async ensureOpen(): Promise<Outcome<null>> {
    await this.reopening;
    if (this.opened === null || this.openedBy === this.bench.ingest.workerNumber) return succeed(null);
    const kept = await this.keptFile();
    if (!kept.ok || kept.value === null) return kept.ok ? succeed(null) : kept;
    const outcome = await this.read(kept.value, this.project.record.dialect);
    this.endDescribing();
    return outcome.ok ? succeed(null) : this.endReading(outcome.failure);
  }

  /** Puts a schema in force as it stands, without edits, when the worker that read the file just now accepts it. */
  private async adopt(schema: Schema): Promise<Outcome<null>> {
    const revised = await this.bench.ingest.revise(schema);
    if (!revised.ok) return revised;
    this.project.change({ schema: revised.value });
    await this.describe(revised.value);
    return succeed(null);
  }

  /** The edits that lead from the schema in force to another, when the open table admits that one. */
  async findEdits(wanted: Schema): Promise<Outcome<readonly Edit[]>> {
    const open = await this.ensureOpen();
    if (!open.ok) return open;
    const revised = await this.bench.ingest.revise(wanted);
    const { schema } = this.project.record;
    if (!revised.ok) return revised;
    return succeed(schema === null ? [] : diffSchema(schema, revised.value));
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
  async prepareFor(basis: RunBasis): Promise<Outcome<Prepared>> {
    const { schema, handling, split } = basis;
    const open = await this.ensureOpen();
    if (!open.ok) return open;
    const reading = this.checkReading(basis);
    return reading.ok ? this.prepareUnder({ schema, handling, split }) : reading;
  }

  /** How the open source was read, when it is the reading that a run was trained on. */
  checkReading(basis: RunBasis): Outcome<Dialect> {
    if (this.opened === null) {
      return fail(
        'file-unreadable',
        'The source file is not open, so its formats are not known. Open the file again.',
      );
    }
    const { source, dialect } = this.project.record;
    const isSame = source?.id === basis.source.id && isSameValue(basis.dialect ?? dialect, dialect);
    if (isSame) return succeed(this.opened.dialect);
    return fail(
      'option-invalid',
      'This run was trained on another reading of the source. What it wrote is kept; train again for more.',
    );
  }

  /** Takes the holdout from a file of its own, read like the source. */
  async holdOut(file: Blob, name: string): Promise<Outcome<null>> {
    const { schema, dialect } = this.project.record;
    if (schema === null || this.opened === null)
      return fail('schema-invalid', 'Open a file first: there is no schema yet.');
    const reader = this.bench.newIngest();
    const table = await readHoldout(reader, file, this.opened, schema, dialect.generalise);
    reader.end();
    if (!table.ok) return table;
    this.holdout = { name, table: table.value };
    this.prepared = null;
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
    this.describing = false;
    this.failure = null;
    this.refused = null;
    this.prepared = null;
    this.nRefused = null;
    const outcome = await this.bench.ingest.open(file, choice, (progress) => (this.progress = progress));
    this.progress = null;
    if (!outcome.ok) return outcome;
    this.opened = outcome.value;
    this.openedBy = this.bench.ingest.workerNumber;
    const preview = await this.bench.ingest.preview(0, N_PREVIEW_ROWS);
    this.preview = preview.ok ? preview.value : [];
    this.describing = true;
    return outcome;
  }

  /** Reads a file as the one before it where it then has the same columns, else afresh; answers which edits still count. */
  private async readAsBefore(file: Blob, made: readonly Edit[]): Promise<Outcome<EditHistory>> {
    const { dialect, schema, edits } = this.project.record;
    const history = edits ?? EMPTY_HISTORY;
    const withMade = (kept: EditHistory) => (made.length === 0 ? kept : recordEdits(kept, made));
    if (schema !== null && Object.keys(dialect).length > 0) {
      const alike = await this.read(file, { ...dialect, ...foldDialect(made) });
      if (alike.ok && hasColumnsOf(alike.value.headers, schema)) return succeed(withMade(history));
      if (!alike.ok && ['cancelled', 'file-too-large'].includes(alike.failure.code)) return alike;
    }
    const fresh = await this.read(file, foldDialect(made));
    if (!fresh.ok) return fresh;
    const still = withMade(carryOver(history, fresh.value.headers, schema));
    const choice = foldDialect(listInForce(still));
    const again = choice.generalise === undefined ? fresh : await this.read(file, choice);
    return again.ok ? succeed(still) : again;
  }

  /** Puts the edits of a history in force on what was read just now, all at once. */
  private async settle(history: EditHistory, note: ReadingNote, parts: PartChanges): Promise<Outcome<null>> {
    const { opened } = this;
    if (opened === null) return fail('file-unreadable', 'The source table is not open.');
    const described = await this.describe(opened.schema, true);
    if (!described.ok) return described;
    const suggestedGroup = findSuggestedGroup(this.profile);
    const edits = listInForce(history);
    const replayed = await replayEdits(this.bench.ingest, { ...opened, suggestedGroup }, edits);
    if (!replayed.ok) return replayed;
    if (this.opened !== opened) return fail('cancelled', 'Another table was opened meanwhile.');
    const { schema, handling, split, refused } = replayed.value;
    this.nRefused = refused.size;
    const { origin, ...file } = note;
    const source = describeReading(file, opened, suggestedGroup);
    const dialect = foldDialect(edits);
    const noted = history.edits.length === 0 ? null : history;
    const patch = { source, origin, dialect, schema, handling, split, edits: noted };
    const kept = await this.project.keep(patch, parts);
    if (!kept.ok) return kept;
    this.holdout = null;
    if (schema !== opened.schema || !areCountedAlike(proposeChoices(suggestedGroup), { handling, split }))
      await this.describe(schema);
    this.endDescribing();
    return succeed(null);
  }

  /** A file that cannot be read, or that a person stopped, leaves the one before it in place. */
  private async fallBack(failure: Failure): Promise<{ ok: false; failure: Failure }> {
    const cancelled = failure.code === 'cancelled';
    if (this.project.record.source === null) this.status = cancelled ? 'empty' : 'failed';
    else await this.reopen();
    if (!cancelled) this.failure = failure;
    return { ok: false, failure };
  }

  private async describe(schema: Schema, isFirst = false): Promise<Outcome<null>> {
    const { handling, split } = this.project.record;
    const profile = await this.bench.ingest.profile(schema, isFirst ? null : { handling, split });
    if (profile.ok) this.profile = profile.value;
    else this.failure = profile.failure;
    return profile.ok ? succeed(null) : profile;
  }

  private endDescribing(): void {
    this.describing = false;
    if (this.status === 'reading') this.status = 'ready';
  }

  private endReading(failure: Failure): { ok: false; failure: Failure } {
    this.status = 'failed';
    this.failure = failure;
    return { ok: false, failure };
  }

  /** The source as it is stored; null when the project keeps none. */
  async keptFile(): Promise<Outcome<Blob | null>> {
    const part = await this.bench.store.getPart(this.project.record.id, 'source');
    return part.ok ? succeed(part.value instanceof Blob ? part.value : null) : part;
  }
}
