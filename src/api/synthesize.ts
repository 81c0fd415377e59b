import type { Schema } from '../data/schema';
import type { Table } from '../data/table';
import type { Purpose } from '../data/purpose';
import type { DeviceSpeed, ModelAdvice } from '../models/choose-model';
import type { BackendTiming, ModelConfig, ModelId, PartJob, TrainingEvent } from '../models/synthesizer';
import type { Outcome } from '../data/failure';
import type { Wishes } from '../data/wishes/wishes';
import type { WishesAccount } from '../data/wishes/wishes-account';
import type { PackedValue } from './packed-value';

export type { Purpose } from '../data/purpose';
export type { DeviceSpeed, ModelAdvice } from '../models/choose-model';

export type BackendChoice = 'auto' | 'webgpu' | 'wasm' | 'cpu';

export interface TrainRequest {
  readonly model: ModelId;
  readonly config: ModelConfig;
  readonly seed: number;
  readonly table: Table;
  readonly schema: Schema;
  readonly backend: BackendChoice;
  /** Goes on from this checkpoint when given; table, schema, model, config and seed must be those of the first call. */
  readonly resumeFrom: PackedValue | null;
  readonly checkpointEveryMs: number;
  /** Training that can keep its best model is stopped after that long; null trains as long as it is planned. */
  readonly stopAfterMs: number | null;
  /** Bytes of the tfjs SIMD and plain wasm binaries as blob: URLs, since the network is closed; empty for cpu only. */
  readonly wasmUrls: Readonly<Record<string, string>>;
  /** Ports to other workers that were {@link SynthesizeService.lend lent} and fit parts of the model. */
  readonly crew: readonly MessagePort[];
}

/** What a run tells as it goes; its checkpoints are packed. */
export type TrainingNews =
  | Exclude<TrainingEvent, { readonly kind: 'checkpoint' }>
  | { readonly kind: 'checkpoint'; readonly step: number; readonly checkpoint: PackedValue };

export interface TrainResult {
  /** The fitted model. */
  readonly state: PackedValue;
  readonly backend: BackendTiming['backend'] | 'none';
  readonly timings: readonly BackendTiming[];
  readonly stopReason: string;
  readonly epochs: number;
  readonly steps: number;
  readonly encodeMs: number;
  readonly trainMs: number;
  /** Settings in force, defaults filled in. */
  readonly config: ModelConfig;
  /** Controls against memorisation that were in force, in words. */
  readonly memorisationControls: readonly string[];
}

export interface Forecast {
  /** From the start of the run to the fitted model, if it does not stop earlier. */
  readonly trainMs: number;
  /** For drawing as many rows as train has, without writing them. */
  readonly drawMs: number;
  /** Rows that a trial drew, of no use but to time what is done with rows. */
  readonly drawn: Table;
  readonly memoryBytes: number;
  /** How it was estimated, in plain words. */
  readonly basis: string;
}

/** A table, by its schema and counts, for which a model is to be chosen. */
export interface AdviceRequest {
  readonly schema: Schema;
  /** Rows of the source. */
  readonly nRows: number;
  /** Rows of train, about. */
  readonly nTrain: number;
  readonly purpose: Purpose | null;
  readonly device: DeviceSpeed;
}

/** What a lent worker answers. */
export interface PartService {
  fit(job: PartJob): Promise<Outcome<unknown>>;
}

/** A fitted model, and tables whose rows it is to judge. */
export interface ScoreRequest {
  readonly state: PackedValue;
  readonly backend: BackendChoice;
  readonly wasmUrls: Readonly<Record<string, string>>;
  /** Schema that the model was trained under, with levels and bounds after handling: tables are brought into its terms. */
  readonly schema: Schema;
  /** Level that rare ones were pooled into, where any were. */
  readonly pooledLabel: string;
  /** Modelled columns as read. */
  readonly tables: readonly Table[];
}

/** Service of workers/synthesize.ts. A worker that fits or draws never receives a holdout. */
export interface SynthesizeService {
  /** The model that suits a table, and why. */
  advise(request: AdviceRequest): Promise<Outcome<ModelAdvice>>;
  /** Time and memory a run would take, from a few timed steps at the real shapes. */
  forecast(request: TrainRequest): Promise<Outcome<Forecast>>;
  train(request: TrainRequest, onEvent: (event: TrainingNews) => void): Promise<Outcome<TrainResult>>;
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** Ends training and keeps the best model so far. */
  stop(): Promise<void>;
  /** Ends training or sampling; the running call answers `cancelled`. */
  cancel(): Promise<void>;
  /**
   * Fits parts for the run of another worker, which asks through the port, until this worker ends. What crosses the port
   * is {@link PartService}.
   */
  lend(port: MessagePort): Promise<Outcome<null>>;
  /** Opens a fitted model for sampling. */
  load(
    state: PackedValue,
    backend: BackendChoice,
    wasmUrls: Readonly<Record<string, string>>,
  ): Promise<Outcome<null>>;
  /**
   * Draws `nRows` rows in chunks, at most one ahead of those that `onChunk` has taken, so that memory stays flat. The
   * rows depend on the seed, the model and the wishes, not on how fast the chunks are taken.
   *
   * @param wishes what the rows must meet, combinations learnt; left out where they may be as the model has them
   */
  sample(
    nRows: number,
    seed: number,
    onChunk: (chunk: Table, nDone: number) => Promise<void>,
    wishes?: Wishes | null,
  ): Promise<Outcome<SampleResult>>;
  /**
   * Log-likelihood of each row of each table, in nats and up to a constant; null for a model that has none. It is for an
   * attack on the model, so its tables may hold the holdout: a worker that has scored fits and draws nothing, before or
   * after, and answers `option-invalid` when asked to.
   */
  scoreRows(request: ScoreRequest): Promise<Outcome<readonly Float64Array[] | null>>;
}

export interface SampleResult {
  readonly nRows: number;
  readonly sampleMs: number;
  /** What became of the wishes; null where there were none. */
  readonly wishes: WishesAccount | null;
}
