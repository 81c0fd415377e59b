import type {
  BegunFile,
  DialectChoice,
  IngestProgress,
  IngestService,
  OpenedSource,
  Prepared,
  PrepareRequest,
  Profile,
  WriteRequest,
} from '../api/ingest';
import type { ProfileChoices } from '../data/profile';
import type { Schema } from '../data/schema';
import type { KeyTally } from '../data/shared-keys';
import type { SourceRisk, SourceRiskRequest } from '../data/source-risk/source-risk';
import type { Table } from '../data/table';
import type { Outcome } from '../data/failure';
import { callback, reconnecting, type StartWorker } from './connection';

/** Page side of the ingest worker: the worker keeps the records, the page only asks. */
export class IngestClient {
  private readonly connection;

  /** @param budgetBytes most bytes that the work on a table may take */
  constructor(
    startWorker: StartWorker,
    private readonly budgetBytes: number,
  ) {
    this.connection = reconnecting<IngestService>(() => startWorker('ingest'));
  }

  open(
    source: Blob,
    choice: DialectChoice,
    onProgress: (progress: IngestProgress) => void,
  ): Promise<Outcome<OpenedSource>> {
    return this.connection().call((service) =>
      service.open(source, choice, callback(onProgress), this.budgetBytes),
    );
  }

  /** Ends a running open; the worker is started afresh for the next one. */
  cancel(): void {
    this.connection().end();
  }

  preview(start: number, nRows: number): Promise<Outcome<readonly (readonly string[])[]>> {
    return this.connection().call((service) => service.preview(start, nRows));
  }

  revise(schema: Schema): Promise<Outcome<Schema>> {
    return this.connection().call((service) => service.revise(schema));
  }

  profile(schema: Schema, choices: ProfileChoices | null = null): Promise<Outcome<Profile>> {
    return this.connection().call((service) => service.profile(schema, choices));
  }

  measureRisk(request: SourceRiskRequest): Promise<Outcome<SourceRisk | null>> {
    return this.connection().call((service) => service.measureRisk(request));
  }

  prepare(request: PrepareRequest): Promise<Outcome<Prepared>> {
    return this.connection().call((service) => service.prepare(request));
  }

  readModelled(schema: Schema): Promise<Outcome<Table>> {
    return this.connection().call((service) => service.readModelled(schema));
  }

  tallyKeys(column: string): Promise<Outcome<KeyTally>> {
    return this.connection().call((service) => service.tallyKeys(column));
  }

  beginWriting(request: WriteRequest): Promise<Outcome<BegunFile>> {
    return this.connection().call((service) => service.beginWriting(request));
  }

  writeRows(modelled: Table): Promise<Outcome<Uint8Array>> {
    return this.connection().call((service) => service.writeRows(modelled));
  }

  endWriting(): Promise<Outcome<Uint8Array>> {
    return this.connection().call((service) => service.endWriting());
  }

  /** Number of the worker that answers now; started when there is none. Another number: what it held is gone. */
  get workerNumber(): number {
    return this.connection().number;
  }

  end(): void {
    this.connection().end();
  }
}
