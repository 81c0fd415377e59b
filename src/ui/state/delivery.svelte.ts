import { fail, succeed, type Failure, type Outcome } from '../../data/failure';
import { openOutputFile, type OutputFile } from '../../platform/download';
import { GrowingBlob } from '../../platform/growing-blob';
import type { RunRecord } from '../../platform/projects/types';
import { writeRunJson, writeSchemaJson, type RunSurroundings } from './artefacts';
import type { Journey } from './journey.svelte';

/** Most rows one file may have. */
export const MAX_ROWS = 1_000_000;

/** What the page adds to an account: which build, which browser, when, and where its files are kept. */
export interface DeliverySetting {
  readonly build: RunSurroundings['build'];
  readonly browser: string;
  readonly now: () => number;
  /** Path the app is served from, with its final slash. */
  readonly scope: string;
}

export interface Written {
  readonly nRows: number;
  readonly seed: number;
  readonly nBytes: number;
}

/** Files that leave the page: synthetic records of any length, and the account that goes with them. */
export class Delivery {
  /** What was written last, for the account; the kept file where nothing else was. */
  written = $state.raw<(Written & { readonly runId: string }) | null>(null);
  failure = $state.raw<Failure | null>(null);

  constructor(
    private readonly journey: Journey,
    private readonly setting: DeliverySetting,
  ) {}

  /**
   * Writes `nRows` rows to a file of that name and saves it. Same run, nRows and seed: same bytes, so that the kept file
   * serves where it is the one that was asked for.
   */
  async saveRecords(
    run: RunRecord,
    nRows: number,
    seed: number,
    fileName: string,
    destination: 'download' | 'choose',
  ): Promise<Outcome<Blob>> {
    const outcome = await this.writeFile(run, nRows, seed, fileName, destination);
    this.failure = outcome.ok || outcome.failure.code === 'cancelled' ? null : outcome.failure;
    if (outcome.ok) this.written = { runId: run.id, nRows, seed, nBytes: outcome.value.size };
    return outcome;
  }

  /** The records as a Blob, nothing saved; for the command line. */
  async makeRecords(run: RunRecord, nRows: number, seed: number): Promise<Outcome<Blob>> {
    const kept = await this.findKept(run, nRows, seed);
    if (kept !== null) return succeed(kept);
    const growing = new GrowingBlob('text/csv');
    const outcome = await this.journey.output.write(run, nRows, seed, (bytes) => {
      growing.push(bytes);
      return Promise.resolve(succeed(null));
    });
    return outcome.ok ? succeed(growing.finish()) : outcome;
  }

  /** run.json of a run, for the synthetic file written last or else the kept one. */
  async makeRunJson(run: RunRecord, output: RunSurroundings['output'] = null): Promise<string> {
    const prepared = await this.journey.source.prepareFor(run.basis);
    const last = this.written?.runId === run.id ? this.written : null;
    const { build, browser, now } = this.setting;
    return writeRunJson(run, {
      build,
      browser,
      writtenAt: now(),
      prepared: prepared.ok ? prepared.value : null,
      whyNotPrepared: prepared.ok ? null : prepared.failure.message,
      output: output ?? (last === null ? run.synthetic : describeWritten(last)),
    });
  }

  /** schema.json of a run. Fails when the source it was trained on is no longer open. */
  async makeSchemaJson(run: RunRecord): Promise<Outcome<string>> {
    const prepared = await this.journey.source.prepareFor(run.basis);
    return prepared.ok ? succeed(writeSchemaJson(run.basis.schema, prepared.value)) : prepared;
  }

  private async writeFile(
    run: RunRecord,
    nRows: number,
    seed: number,
    fileName: string,
    destination: 'download' | 'choose',
  ): Promise<Outcome<Blob>> {
    if (!Number.isInteger(nRows) || nRows < 1 || nRows > MAX_ROWS)
      return fail('option-invalid', `The number of rows must lie between 1 and ${MAX_ROWS}.`);
    const opened = await openOutputFile(fileName, this.setting.scope, destination);
    if (!opened.ok) return opened;
    const file = opened.value;
    const kept = await this.findKept(run, nRows, seed);
    const filled =
      kept === null
        ? await this.journey.output.write(run, nRows, seed, (bytes) => file.write(bytes))
        : await copyBlob(kept, file);
    if (filled.ok) return file.finish();
    await file.discard();
    return filled;
  }

  private async findKept(run: RunRecord, nRows: number, seed: number): Promise<Blob | null> {
    if (run.synthetic?.nRows !== nRows || run.synthetic.seed !== seed) return null;
    return this.journey.output.keptFile(run);
  }
}

/** Writes a Blob a piece at a time, so that it never stands in memory as a whole. */
async function copyBlob(blob: Blob, file: OutputFile): Promise<Outcome<null>> {
  for (let at = 0; at < blob.size; at += COPY_BYTES) {
    const piece = await blob.slice(at, at + COPY_BYTES).arrayBuffer();
    const written = await file.write(new Uint8Array(piece));
    if (!written.ok) return written;
  }
  return succeed(null);
}

const COPY_BYTES = 2 ** 22;

function describeWritten({ nRows, seed, nBytes }: Written): Written {
  return { nRows, seed, nBytes };
}
