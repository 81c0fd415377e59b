import type { Prepared, WriteRequest } from '../../api/ingest';
import { fail, succeed, type Failure, type Outcome } from '../../data/failure';
import type { Table } from '../../data/table';
import type { ModelState } from '../../models/synthesizer';
import type { RunRecord } from '../../platform/projects/types';
import { joinTables } from '../../data/join-tables';
import type { SourceState } from './source.svelte';
import type { ProjectAccess, Workbench } from './workbench';

export type OutputStatus = 'idle' | 'sampling' | 'evaluating' | 'ready' | 'failed';

/** Takes the bytes of a growing file in order; resolves when they are written. */
export type ByteSink = (bytes: Uint8Array) => Promise<void>;

/** Synthetic records of a finished run: drawing, judging, writing. */
export class OutputState {
  status = $state<OutputStatus>('idle');
  nDone = $state(0);
  nRows = $state(0);
  failure = $state.raw<Failure | null>(null);
  /** The synthetic table that was judged; null after a reload until it is drawn again. */
  synthetic = $state.raw<Table | null>(null);
  /** First lines of the written file. */
  preview = $state.raw<string>('');
  private loaded: string | null = null;

  constructor(
    private readonly bench: Workbench,
    private readonly project: ProjectAccess,
    private readonly source: SourceState,
  ) {}

  /** Draws as many rows as train has, writes and judges them, and keeps all of it with the run. */
  async produce(run: RunRecord): Promise<Outcome<null>> {
    const parts: Uint8Array[] = [];
    const tables: Table[] = [];
    const drawn = await this.draw(run, run.nTrain, run.seed, (bytes, chunk) => {
      parts.push(bytes);
      if (chunk !== null) tables.push(chunk);
      return Promise.resolve();
    });
    if (!drawn.ok) return this.end(drawn.failure);
    const file = new Blob(parts as BlobPart[], { type: 'text/csv' });
    await this.project.putPart(`synthetic/${run.id}`, file);
    this.project.changeRun(run.id, { synthetic: { nRows: run.nTrain, seed: run.seed, nBytes: file.size } });
    this.synthetic = joinTables(tables);
    await this.showPreview(file);
    return this.judge(run, this.synthetic);
  }

  /** Writes any number of rows to `sink` without holding them: the file is a function of run, seed and nRows. */
  async write(run: RunRecord, nRows: number, seed: number, sink: ByteSink): Promise<Outcome<null>> {
    const drawn = await this.draw(run, nRows, seed, (bytes) => sink(bytes));
    if (!drawn.ok) return this.end(drawn.failure);
    this.status = 'ready';
    return succeed(null);
  }

  /** Shows what an earlier visit kept. */
  async reopen(run: RunRecord): Promise<void> {
    const part = await this.bench.store.getPart(this.project.record.id, `synthetic/${run.id}`);
    if (!part.ok || !(part.value instanceof Blob)) return;
    await this.showPreview(part.value);
    this.status = 'ready';
  }

  /** The file kept with the run, or null. */
  async keptFile(run: RunRecord): Promise<Blob | null> {
    const part = await this.bench.store.getPart(this.project.record.id, `synthetic/${run.id}`);
    return part.ok && part.value instanceof Blob ? part.value : null;
  }

  async cancel(): Promise<void> {
    this.loaded = null;
    await this.bench.synthesize.cancel();
  }

  private async draw(
    run: RunRecord,
    nRows: number,
    seed: number,
    take: (bytes: Uint8Array, chunk: Table | null) => Promise<void>,
  ): Promise<Outcome<null>> {
    this.status = 'sampling';
    this.failure = null;
    this.nDone = 0;
    this.nRows = nRows;
    const ready = await this.load(run);
    if (!ready.ok) return ready;
    const head = await this.bench.ingest.beginWriting(ready.value(nRows, seed));
    if (!head.ok) return head;
    await take(head.value, null);
    let failure: Failure | null = null;
    const drawn = await this.bench.synthesize.sample(nRows, seed, async (chunk, nDone) => {
      if (failure !== null) return;
      const bytes = await this.bench.ingest.writeRows(chunk);
      if (bytes.ok) await take(bytes.value, chunk);
      else failure = bytes.failure;
      this.nDone = nDone;
    });
    if (failure !== null) return { ok: false, failure };
    return drawn.ok ? succeed(null) : drawn;
  }

  /** Opens the fitted model; answers how a file of it is begun. */
  private async load(run: RunRecord): Promise<Outcome<(nRows: number, seed: number) => WriteRequest>> {
    const { handling, schema } = this.project.record;
    const dialect = this.source.opened?.dialect;
    if (dialect === undefined || schema === null) {
      return fail(
        'file-unreadable',
        'The source file is not open, so formats and surrogates cannot be written. Open the file again.',
      );
    }
    if (this.loaded !== run.id) {
      const part = await this.bench.store.getPart(this.project.record.id, `model/${run.id}`);
      if (!part.ok) return part;
      if (part.value === null)
        return fail('project-corrupt', 'The fitted model of this run is missing. Train again.');
      const opened = await this.bench.synthesize.load(part.value as ModelState, run.backend);
      if (!opened.ok) return opened;
      this.loaded = run.id;
    }
    return succeed((nRows, seed) => ({ schema, handling, dialect, seed, nRows }));
  }

  private async judge(run: RunRecord, synthetic: Table): Promise<Outcome<null>> {
    this.status = 'evaluating';
    const prepared = await this.source.prepare();
    if (!prepared.ok) return this.end(prepared.failure);
    const { trainAsRead: train, holdout, schema }: Prepared = prepared.value;
    const outcome = await this.bench.evaluate.quality(
      { train, holdout, synthetic, schema, seed: run.seed },
      (done, total) => {
        this.nDone = done;
        this.nRows = total;
      },
    );
    if (!outcome.ok) return this.end(outcome.failure);
    this.project.changeRun(run.id, { evidence: outcome.value });
    this.status = 'ready';
    return succeed(null);
  }

  private async showPreview(file: Blob): Promise<void> {
    const head = await file.slice(0, 64 * 1024).text();
    this.preview = file.size > 64 * 1024 ? head.slice(0, head.lastIndexOf('\n') + 1) : head;
  }

  private end(failure: Failure): { ok: false; failure: Failure } {
    this.status = 'failed';
    this.failure = failure;
    return { ok: false, failure };
  }
}
