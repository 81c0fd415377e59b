import type * as tf from '@tensorflow/tfjs-core';
import type { Table } from '../../data/table';
import type { Rng } from '../../math/rng';
import type { Choice } from '../encode/decode-rows';
import type { EncodedRows, Encoding } from '../encode/encoding';
import type { VectorSnapshot } from './adam';

/** What a model learns from: encoded rows, the part of train that is not held back for the stop score. */
export interface LearnerInput {
  readonly encoding: Encoding;
  readonly rows: EncodedRows;
  readonly batchSize: number;
  /** Planned steps, for learning-rate schedules. */
  readonly nSteps: number;
  /** Every draw of step i comes from streams named after i, so that the step number is the whole random state. */
  readonly rng: Rng;
}

/** Optimiser states by network name. Structured-cloneable. */
export type LearnerSnapshot = Readonly<Record<string, VectorSnapshot>>;

/** A network that is being trained. */
export interface Learner {
  readonly nStepsPerEpoch: number;
  readonly lossNames: readonly string[];
  /** One optimisation step. With `watch` it returns its losses in the order of `lossNames`, to be disposed of. */
  step(index: number, watch: boolean): tf.Tensor1D | null;
  /** The generator as plain data, from the averaged weights. */
  fitted(): Promise<FittedNetwork>;
  snapshot(): Promise<LearnerSnapshot>;
  dispose(): void;
}

/** A generator as plain data: everything that drawing rows needs. Structured-cloneable. */
export interface FittedNetwork {
  readonly encoding: Encoding;
  readonly latentSize: number;
  readonly hidden: readonly number[];
  readonly weights: Float32Array;
  readonly choice: Choice;
  /** Standard deviation of each position; null when positions are exact. */
  readonly sigmas: Float32Array | null;
  /** Frozen batch normalisation of each hidden layer: mean then 1/sd; empty without it. */
  readonly normalisation: readonly Float32Array[];
  /** Empirical frequencies of the condition columns; null without conditions. */
  readonly conditions: readonly ConditionFrequency[] | null;
}

export interface ConditionFrequency {
  /** Index of the table column. */
  readonly column: number;
  readonly counts: readonly number[];
}

/** A generator with its tensors in place. */
export interface RowSampler {
  /** Rows that depend on the stream and on nothing else. */
  sample(nRows: number, rng: Rng): Promise<Table>;
  dispose(): void;
}
