import type {
  BackendChoice,
  Forecast,
  SynthesizeService,
  TrainRequest,
  TrainingNews,
  TrainResult,
} from '../api/synthesize';
import type { PackedValue } from '../api/packed-value';
import type { Table } from '../data/table';
import type { Outcome } from '../data/failure';
import { callback, reconnecting, type Connection, type StartWorker } from './connection';

/** How long a worker may take to stop by itself before it is ended. */
const GRACE_MS = 2_000;

/** Page side of the synthesize worker. */
export class SynthesizeClient {
  private readonly connection;

  constructor(
    startWorker: StartWorker,
    private readonly wasmUrls: Readonly<Record<string, string>>,
  ) {
    this.connection = reconnecting<SynthesizeService>(() => startWorker('synthesize'));
  }

  forecast(request: Omit<TrainRequest, 'wasmUrls'>): Promise<Outcome<Forecast>> {
    return this.connection().call((service) => service.forecast({ ...request, wasmUrls: this.wasmUrls }));
  }

  train(
    request: Omit<TrainRequest, 'wasmUrls'>,
    onEvent: (event: TrainingNews) => void,
  ): Promise<Outcome<TrainResult>> {
    return this.connection().call((service) =>
      service.train({ ...request, wasmUrls: this.wasmUrls }, callback(onEvent)),
    );
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
    const late = new Promise<void>((resolve) => setTimeout(resolve, GRACE_MS));
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
  ): Promise<Outcome<{ readonly nRows: number; readonly sampleMs: number }>> {
    return this.connection().call((service) => service.sample(nRows, seed, callback(onChunk)));
  }

  /** Number of the worker that answers now; started when there is none. Another number: what it held is gone. */
  get workerNumber(): number {
    return this.connection().number;
  }

  end(): void {
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
