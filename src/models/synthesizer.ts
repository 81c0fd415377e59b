import type { ColumnOverlay } from '../data/overlay-columns';
import type { Schema } from '../data/schema';
import type { Table } from '../data/table';
import type { Wishes } from '../data/wishes/wishes';
import type { WishRate } from '../data/wishes/wishes-account';
import type { Rng } from '../math/rng';

export type { ColumnOverlay };

/** One interface for every generator. There is no parameter through which a holdout could enter. */

export type ModelId = 'independent' | 'copula' | 'trees' | 'argn' | 'tvae' | 'ctgan';

export const MODEL_IDS: readonly ModelId[] = ['independent', 'copula', 'trees', 'argn', 'tvae', 'ctgan'];

/** Settings as plain JSON: numbers, texts, booleans and lists of numbers. Unknown keys are errors. */
export type ModelConfig = Readonly<Record<string, number | string | boolean | readonly number[]>>;

export interface TrainingInput {
  /** Modelled columns only, after handling. */
  readonly table: Table;
  /** One entry a column of `table`, in the same order. */
  readonly schema: Schema;
}

/** 1- and 2-way marginal accuracy of a preview sample against a held-back slice of train; 1 = equal. */
export interface StopScore {
  readonly step: number;
  readonly oneWay: number;
  readonly twoWay: number;
  /** Mean of both: what early stopping watches. */
  readonly score: number;
  readonly best: boolean;
}

export interface BackendTiming {
  readonly backend: 'webgpu' | 'wasm' | 'cpu';
  readonly available: boolean;
  /** Median milliseconds of a training step; null when not timed. */
  readonly msPerStep: number | null;
  /** Why it was or was not taken, in plain words. */
  readonly reason: string;
}

export type TrainingEvent =
  | {
      readonly kind: 'phase';
      readonly phase: 'encode' | 'backend' | 'train' | 'finish';
      readonly note: string;
    }
  | {
      readonly kind: 'backend';
      readonly chosen: BackendTiming['backend'];
      readonly timings: readonly BackendTiming[];
    }
  | {
      readonly kind: 'progress';
      readonly epoch: number;
      readonly nEpochs: number;
      readonly step: number;
      readonly nSteps: number;
      /** Mean of each loss since the last event. */
      readonly losses: Readonly<Record<string, number>>;
      readonly rowsPerSecond: number;
      readonly etaMs: number;
      readonly nTensors: number;
      readonly memoryBytes: number;
    }
  | { readonly kind: 'score'; readonly score: StopScore }
  | { readonly kind: 'overlay'; readonly step: number; readonly columns: readonly ColumnOverlay[] }
  | { readonly kind: 'checkpoint'; readonly checkpoint: Checkpoint };

/** Everything a fresh worker needs to go on as if it had never stopped. Structured-cloneable. */
export interface Checkpoint {
  readonly model: ModelId;
  readonly version: number;
  readonly step: number;
  readonly epoch: number;
  /** Model-owned: encoders, weights, moments, streams, batch position, best so far. */
  readonly payload: unknown;
}

/** A fitted model as plain data. Structured-cloneable; opened again by {@link Synthesizer.restore}. */
export interface ModelState {
  readonly model: ModelId;
  readonly version: number;
  readonly payload: unknown;
}

/** What a model that was stopped gives as the reason for its end. */
export const STOPPED = 'stopped by the person';

export type TrainingCommand = 'run' | 'pause' | 'stop' | 'cancel';

/** The outside world of one training run, as the loop sees it. */
export interface TrainingRun {
  /** Read between steps. `stop` keeps the best so far; `cancel` throws a `cancelled` FailureError. */
  command(): TrainingCommand;
  emit(event: TrainingEvent): void;
  /** Milliseconds on a monotonic clock. */
  now(): number;
  /** Resolves after waiting messages have been handled; used between steps so that commands arrive. */
  breathe(): Promise<void>;
  readonly resumeFrom: Checkpoint | null;
  /** Shortest time between two checkpoints. */
  readonly checkpointEveryMs: number;
  /** Other threads that fit parts of the model; null where there are none. They change the time, never the model. */
  readonly crew: Crew | null;
}

/** One share of a fit that needs nothing of the others. Structured-cloneable. */
export interface PartJob {
  readonly model: ModelId;
  /** What {@link Synthesizer.fitPart} of that model takes. */
  readonly payload: unknown;
}

/** Threads beside the one that trains. */
export interface Crew {
  /** Threads, without the one that asks. */
  readonly size: number;
  /** Fits one part on the next free thread. Throws the FailureError that the part threw. */
  fit(job: PartJob): Promise<unknown>;
}

/** What drawn rows must be. */
export interface SoughtRows {
  /** With combinations learnt. */
  readonly wishes: Wishes;
  /** Rows still sought of each of the shares; null where there are no shares. */
  readonly open: readonly number[] | null;
}

/** Rows that were drawn towards wishes. */
export interface WishedRows {
  /** Rows that meet all wishes, of each of the shares no more than are sought. */
  readonly table: Table;
  /** For each row of `table` how many rows had been begun when it was, itself included; ascending. */
  readonly begunAt: Int32Array;
  readonly nBegun: number;
  /** In the order of `listWishes`. */
  readonly rates: readonly WishRate[];
}

export interface TrainedModel {
  readonly id: ModelId;
  /** Why training ended, in plain words: all epochs done, no improvement since step n, stopped by the person. */
  readonly stopReason: string;
  /** Rows of modelled columns; every value is in its schema's levels or bounds and rounded to its decimals. */
  sample(nRows: number, rng: Rng): Promise<Table>;
  /**
   * Log-likelihood of each row of a table of the modelled columns, in nats, up to a constant that is the same for all
   * rows; null for a model that has none. An attack on the model takes it, so that a model that memorises is seen.
   */
  readonly score: ((table: Table) => Promise<Float64Array>) | null;
  /**
   * Begins `nRows` rows and answers those that meet wishes, by a way of its own that begins fewer in vain than plain
   * rejection; absent for models that have none (wishes/draw-wished.ts then rejects).
   */
  readonly sampleWished?: (nRows: number, rng: Rng, sought: SoughtRows) => Promise<WishedRows>;
  state(): Promise<ModelState>;
  /** Frees tensors; the model is unusable afterwards. */
  dispose(): void;
}

export interface Synthesizer {
  readonly id: ModelId;
  readonly defaults: ModelConfig;
  /** Throws FailureError for settings or data it cannot take. */
  train(input: TrainingInput, config: ModelConfig, rng: Rng, run: TrainingRun): Promise<TrainedModel>;
  restore(state: ModelState): Promise<TrainedModel>;
  /** Fits one part of a {@link PartJob} wherever it runs; null for a model that is fitted in one piece. */
  readonly fitPart: ((payload: unknown) => unknown) | null;
}
