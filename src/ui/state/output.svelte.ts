import type { BegunFile, Encoding, OutputFormat, Prepared, WriteRequest } from '../../api/ingest';
import { fail, succeed, type Failure, type Outcome } from '../../data/failure';
import { MAX_COMPARED_ROWS } from '../../data/compared-rows';
import { RowCollector } from '../../data/row-collector';
import type { Table } from '../../data/table';
import type { Wishes } from '../../data/wishes/wishes';
import type { GrantedWishes } from '../../data/wishes/wishes-account';
import { GrowingBlob } from '../../platform/growing-blob';
import type { RunRecord, StageTimes } from '../../platform/projects/types';
import { groundOf, readyWishes, type ReadyWishes } from './grant-wishes';
import type { SourceState } from './source.svelte';
import type { ProjectAccess, Workbench } from './workbench';

export type OutputStatus = 'idle' | 'sampling' | 'writing' | 'evaluating' | 'ready' | 'failed';

/** Takes the bytes of a growing file in order; answers when they are written. A failure ends the drawing. */
export type ByteSink = (bytes: Uint8Array) => Promise<Outcome<null>>;

/** A synthetic file as it is asked for. */
export interface FileOrder {
  readonly nRows: number;
  readonly seed: number;
  readonly format: OutputFormat;
  /** What the records must meet; null = they are as the model has them. */
  readonly wishes: Wishes | null;
  /** What nobody may miss of them, in the metadata of a format that has some. */
  readonly marks?: readonly string[];
}

/** What is known about a file once it is written. */
export interface FileFacts extends Pick<BegunFile, 'encoding' | 'notes'> {
  /** Null where the file was drawn without wishes. */
  readonly wishes: GrantedWishes | null;
}

const PREVIEW_BYTES = 64 * 1024;

/** Synthetic records of a finished run: drawing, judging, writing. */
export class OutputState {
  status = $state<OutputStatus>('idle');
  nDone = $state(0);
  nRows = $state(0);
  failure = $state.raw<Failure | null>(null);
  /** First lines of the kept file of run `previewOf`. */
  preview = $state.raw<string>('');
  previewOf = $state<string | null>(null);
  readonly busy = $derived(['sampling', 'writing', 'evaluating'].includes(this.status));
  /** The run whose model is open, and in which worker. */
  private loaded: { readonly run: string; readonly worker: number } | null = null;
  private leaving = false;

  constructor(
    private readonly bench: Workbench,
    private readonly project: ProjectAccess,
    private readonly source: SourceState,
  ) {}

  /** Draws as many rows as train has, writes and judges them, and keeps all of it with the run. */
  async produce(run: RunRecord): Promise<Outcome<null>> {
    const began = this.bench.elapsed();
    const growing = new GrowingBlob('text/csv');
    const compared = new RowCollector(run.nTrain, MAX_COMPARED_ROWS, run.seed);
    this.status = 'sampling';
    const order: FileOrder = { nRows: run.nTrain, seed: run.seed, format: 'csv', wishes: null };
    const drawn = await this.draw(run, order, (bytes, chunk) => {
      growing.push(bytes);
      if (chunk !== null) compared.take(chunk);
      return Promise.resolve(succeed(null));
    });
    if (!drawn.ok) return this.endDrawing(run, drawn.failure);
    const file = growing.finish();
    const { nRows, seed } = order;
    const { encoding, notes } = drawn.value;
    const synthetic = { nRows, seed, nBytes: file.size, encoding, notes };
    const stages = this.stagesOf(run, { sampleMs: this.bench.elapsed() - began });
    const kept = await this.project.keepRun(run.id, { synthetic, stages }, { [`synthetic/${run.id}`]: file });
    if (!kept.ok) return this.endDrawing(run, kept.failure);
    await this.showPreview(run.id, file, encoding);
    return this.judge(run, compared.finish());
  }

  /** Writes any number of rows to `sink` without holding them: the file is a function of run and order. */
  async write(run: RunRecord, order: FileOrder, sink: ByteSink): Promise<Outcome<FileFacts>> {
    if (this.busy) return fail('option-invalid', 'Records are being drawn already. Wait or cancel first.');
    this.status = 'writing';
    const drawn = await this.draw(run, order, (bytes) => sink(bytes));
    if (!drawn.ok) return this.end(drawn.failure);
    this.status = 'ready';
    return drawn;
  }

  /** Draws the kept file's records again, as the table that measures compare. */
  async collect(run: RunRecord): Promise<Outcome<Table>> {
    const open = await this.source.ensureOpen();
    const ready = open.ok ? await this.load(run) : open;
    if (!ready.ok) return ready;
    const compared = new RowCollector(run.nTrain, MAX_COMPARED_ROWS, run.seed);
    const drawn = await this.bench.synthesize.sample(run.nTrain, run.seed, (chunk) => {
      compared.take(chunk);
      return Promise.resolve();
    });
    return drawn.ok ? succeed(compared.finish()) : drawn;
  }

  /** Shows what an earlier visit, or another run, kept. */
  async reopen(run: RunRecord): Promise<void> {
    const file = await this.keptFile(run);
    if (file === null) return;
    await this.showPreview(run.id, file, run.synthetic?.encoding ?? 'utf-8');
    if (!this.busy) this.status = 'ready';
  }

  /** The file kept with the run, or null. */
  async keptFile(run: RunRecord): Promise<Blob | null> {
    const part = await this.bench.store.getPart(this.project.record.id, `synthetic/${run.id}`);
    return part.ok && part.value instanceof Blob ? part.value : null;
  }

  /** The page closes the project: what is being drawn is drawn again when the project is opened. */
  leave(): void {
    this.leaving = true;
    this.bench.synthesize.end();
    this.bench.evaluate.end();
  }

  async cancel(): Promise<void> {
    this.loaded = null;
    if (this.status === 'evaluating') this.bench.evaluate.end();
    else await this.bench.synthesize.cancel();
  }

  private async draw(
    run: RunRecord,
    order: FileOrder,
    take: (bytes: Uint8Array, chunk: Table | null) => Promise<Outcome<null>>,
  ): Promise<Outcome<FileFacts>> {
    this.failure = null;
    this.nDone = 0;
    this.nRows = order.nRows;
    const open = await this.source.ensureOpen();
    if (!open.ok) return open;
    const request = this.describeFile(run, order);
    if (!request.ok) return request;
    const loaded = await this.load(run);
    if (!loaded.ok) return loaded;
    const wished = await this.readyWishes(run, order);
    if (!wished.ok) return wished;
    const head = await this.bench.ingest.beginWriting(request.value);
    if (!head.ok) return head;
    const { bytes: first, ...facts } = head.value;
    const begun = await take(first, null);
    if (!begun.ok) return begun;
    let failure: Failure | null = null;
    const drawn = await this.bench.synthesize.sample(
      order.nRows,
      order.seed,
      async (chunk, nDone) => {
        if (failure !== null) return;
        const bytes = await this.bench.ingest.writeRows(chunk);
        const taken = bytes.ok ? await take(bytes.value, chunk) : bytes;
        this.nDone = nDone;
        if (taken.ok) return;
        failure = taken.failure;
        void this.cancel();
      },
      wished.value?.wishes,
    );
    if (failure !== null) return { ok: false, failure };
    if (!drawn.ok) return drawn;
    const tail = await this.bench.ingest.endWriting();
    const ended = tail.ok ? await take(tail.value, null) : tail;
    const { wishes: account } = drawn.value;
    const wishes = account && (wished.value?.tell(account) ?? null);
    return ended.ok ? succeed({ ...facts, wishes }) : ended;
  }

  private async readyWishes(run: RunRecord, { wishes }: FileOrder): Promise<Outcome<ReadyWishes | null>> {
    if (wishes === null) return succeed(null);
    const prepared = await this.source.prepareFor(run.basis);
    return prepared.ok ? readyWishes(wishes, groundOf(prepared.value, run.basis.handling)) : prepared;
  }

  private describeFile(run: RunRecord, order: FileOrder): Outcome<WriteRequest> {
    const dialect = this.source.checkReading(run.basis);
    if (!dialect.ok) return dialect;
    const { schema, handling } = run.basis;
    return succeed({ ...order, schema, handling, dialect: dialect.value });
  }

  /** Opens the fitted model of a run in the synthesize worker. */
  private async load(run: RunRecord): Promise<Outcome<null>> {
    const worker = this.bench.synthesize.workerNumber;
    if (this.loaded?.run === run.id && this.loaded.worker === worker) return succeed(null);
    const part = await this.bench.store.getPart(this.project.record.id, `model/${run.id}`);
    if (!part.ok) return part;
    if (part.value === null || part.value instanceof Blob)
      return fail('project-corrupt', 'The fitted model of this run is missing. Train again.');
    const opened = await this.bench.synthesize.load(part.value, run.backend);
    if (opened.ok) this.loaded = { run: run.id, worker };
    return opened;
  }

  private async judge(run: RunRecord, synthetic: Table): Promise<Outcome<null>> {
    this.status = 'evaluating';
    this.nDone = 0;
    this.nRows = 0;
    const began = this.bench.elapsed();
    const prepared = await this.source.prepareFor(run.basis);
    if (!prepared.ok) return this.endDrawing(run, prepared.failure);
    const { trainAsRead: train, holdout, schema }: Prepared = prepared.value;
    const request = { train, holdout, synthetic, nSynthetic: run.nTrain, schema, seed: run.seed };
    const evidence = await this.bench.evaluate.quality(request, (done, total) => {
      this.nDone = done;
      this.nRows = total;
    });
    if (!evidence.ok) return this.endDrawing(run, evidence.failure);
    const overlay = await this.bench.evaluate.overlay({ train, holdout, synthetic, schema });
    if (!overlay.ok) return this.endDrawing(run, overlay.failure);
    const look = run.tournament === null ? succeed(null) : await this.bench.evaluate.quickLook(request);
    if (!look.ok) return this.endDrawing(run, look.failure);
    this.project.changeRun(run.id, {
      evidence: evidence.value,
      look: look.value,
      overlay: overlay.value,
      stages: this.stagesOf(run, { evaluateMs: this.bench.elapsed() - began }),
      drawing: false,
    });
    this.status = 'ready';
    return succeed(null);
  }

  /** Stages of a run with some of them set. */
  private stagesOf({ id, stages }: RunRecord, patch: Partial<StageTimes>): StageTimes {
    const run = this.project.record.runs.find((candidate) => candidate.id === id);
    return { ...(run?.stages ?? stages), ...patch };
  }

  private async showPreview(runId: string, file: Blob, encoding: Encoding): Promise<void> {
    const bytes = await file.slice(0, PREVIEW_BYTES).arrayBuffer();
    const head = new TextDecoder(encoding).decode(bytes);
    const end = Math.max(head.lastIndexOf('\n'), head.lastIndexOf('\r')) + 1;
    this.preview = file.size > PREVIEW_BYTES ? head.slice(0, end) : head;
    this.previewOf = runId;
  }

  /** Drawing that failed or was cancelled goes on only when a person asks; not so when the page leaves it. */
  private endDrawing(run: RunRecord, failure: Failure): { ok: false; failure: Failure } {
    if (!this.leaving) this.project.changeRun(run.id, { drawing: false });
    return this.end(failure);
  }

  /** A person's own cancelling is no failure to show. */
  private end(failure: Failure): { ok: false; failure: Failure } {
    const cancelled = failure.code === 'cancelled';
    this.status = cancelled ? 'idle' : 'failed';
    this.failure = cancelled ? null : failure;
    return { ok: false, failure };
  }
}
