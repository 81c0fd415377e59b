import type {
  AdviceRequest,
  BackendChoice,
  Forecast,
  ModelAdvice,
  SampleResult,
  ScoreRequest,
  SynthesizeService,
  TrainRequest,
  TrainingNews,
  TrainResult,
} from '../api/synthesize';
import type { PackedValue } from '../api/packed-value';
import * as comlink from 'comlink';
import type { Table } from '../data/table';
import type { ModelId } from '../models/synthesizer';
import type { Outcome } from '../data/failure';
import { startCrew, type CrewOfWorkers } from './crew';
import type { Wishes } from '../data/wishes/wishes';
import { callback, connect, reconnecting, type Connection, type StartWorker } from './connection';

/** How long a worker may take to stop by itself before it is ended. */
const GRACE_MS = 2_000;

/** Models of which several workers can fit parts. */
const SHARED_MODELS: readonly ModelId[] = ['trees', 'argn'];
/** Cells of a table from which starting more workers pays. */
const SHARED_CELLS = 200_000;

/** What the client itself adds to a request. */
type FromHere = 'wasmUrls' | 'crew';

/** Page side of the synthesize worker. */
export class SynthesizeClient {
  private readonly connection;
  private crew: CrewOfWorkers | null = null;

  /** @param nThreads workers that fit one model together, at most */
  constructor(
    private readonly startWorker: StartWorker,
    private readonly wasmUrls: Readonly<Record<string, string>>,
    private readonly nThreads: number,
  ) {
    this.connection = reconnecting<SynthesizeService>(() => startWorker('synthesize'));
  }

  advise(request: AdviceRequest): Promise<Outcome<ModelAdvice>> {
    return this.connection().call((service) => service.advise(request));
  }

  forecast(request: Omit<TrainRequest, FromHere>): Promise<Outcome<Forecast>> {
    return this.connection().call((service) =>
      service.forecast({ ...request, wasmUrls: this.wasmUrls, crew: [] }),
    );
  }

  /** A worker of the crew that dies ends the run with its failure. */
  async train(
    request: Omit<TrainRequest, FromHere>,
    onEvent: (event: TrainingNews) => void,
  ): Promise<Outcome<TrainResult>> {
    const connection = this.connection();
    const crew = this.startCrew(request);
    const whole = { ...request, wasmUrls: this.wasmUrls, crew: crew.ports };
    const trained = connection.call<TrainResult>((service) =>
      service.train(comlink.transfer(whole, [...crew.ports]), callback(onEvent)),
    );
    const failed = crew.failed.then((failure) => {
      connection.end();
      return failure;
    });
    const outcome = await Promise.race([trained, failed]);
    crew.end();
    return outcome;
  }

  private startCrew({ model, table }: Pick<TrainRequest, 'model' | 'table'>): CrewOfWorkers {
    const pays = SHARED_MODELS.includes(model) && table.nRows * table.columns.length >= SHARED_CELLS;
    this.crew?.end();
    this.crew = startCrew(pays ? this.nThreads - 1 : 0, this.startWorker);
    return this.crew;
  }

  pause(): void {
    void send(this.connection(), (service) => service.pause());
  }

  resume(): void {
    void send(this.connection(), (service) => service.resume());
  }

  /** Keeps the best model so far; the running `train` answers with it. */
  stop(): void {
    void send(this.connection(), (service) => service.stop());
  }

  /** Stops at the next step; a worker that does not answer within the grace period is ended. */
  async cancel(): Promise<void> {
    const connection = this.connection();
    connection.retire();
    const isShared = (this.crew?.ports.length ?? 0) > 0;
    this.crew?.end();
    // A worker that waits for a crew that has ended would not hear of it.
    const graceMs = isShared ? 0 : GRACE_MS;
    const late = new Promise<void>((resolve) => setTimeout(resolve, graceMs));
    await Promise.race([send(connection, (service) => service.cancel()), late]);
    connection.end();
  }

  load(state: PackedValue, backend: BackendChoice): Promise<Outcome<null>> {
    return this.connection().call((service) => service.load(state, backend, this.wasmUrls));
  }

  sample(
    nRows: number,
    seed: number,
    onChunk: (chunk: Table, nDone: number) => Promise<void>,
    wishes: Wishes | null = null,
  ): Promise<Outcome<SampleResult>> {
    return this.connection().call((service) => service.sample(nRows, seed, callback(onChunk), wishes));
  }

  /** Rows judged by a fitted model, in a worker of their own that ends with the answer. */
  async scoreRows(request: Omit<ScoreRequest, 'wasmUrls'>): Promise<Outcome<readonly Float64Array[] | null>> {
    const connection = connect<SynthesizeService>(this.startWorker('synthesize'));
    const answer = await connection.call((service) =>
      service.scoreRows({ ...request, wasmUrls: this.wasmUrls }),
    );
    connection.end();
    return answer;
  }

  /** Number of the worker that answers now; started when there is none. Another number: what it held is gone. */
  get workerNumber(): number {
    return this.connection().number;
  }

  end(): void {
    this.crew?.end();
    this.connection().end();
  }
}

async function send(
  connection: Connection<SynthesizeService>,
  command: (service: SynthesizeService) => Promise<void>,
): Promise<void> {
  await connection.call(async (service) => {
    await command(service as unknown as SynthesizeService);
    return { ok: true, value: null };
  });
}
