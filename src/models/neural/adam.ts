import * as tf from '@tensorflow/tfjs-core';
import { ADAM_UPDATE, type AdamAttributes } from './adam-kernel';
import { hasHostKernel, runHostKernel } from './host-memory';
import { packGradients, unpackParameters, type ParameterLayout, type Parameters } from './parameters';

/** Adam (Kingma & Ba 2015) with decoupled weight decay off by default and an average of the weights beside it. */
export interface AdamSettings {
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
  /** Added to the gradient as `weightDecay · weight` (L2). */
  readonly weightDecay: number;
  /** Decay of the exponential moving average of the weights; 0 = the average is the weights. */
  readonly averageDecay: number;
}

const EPSILON = 1e-8;
/** In longer vectors the vector instructions of a dozen tensor operations win over one pass in JavaScript. */
const MOST_HOST_WEIGHTS = 200_000;

/** Everything an optimiser needs to go on bit for bit. */
export interface VectorSnapshot {
  readonly weights: Float32Array;
  readonly firstMoment: Float32Array;
  readonly secondMoment: Float32Array;
  readonly average: Float32Array;
  readonly nUpdates: number;
}

/** Weights, moments and moving average, all of one length. */
export type HeldVectors = Readonly<
  Record<'weights' | 'firstMoment' | 'secondMoment' | 'average', tf.Tensor1D>
>;

/**
 * A vector of weights with its moments and its moving average, and the weights cut into parameters. The cuts live from
 * one update to the next, because tfjs-wasm keeps the packed form of a weight matrix as long as its tensor lives.
 */
export class TrainedVector<K extends string> {
  private nUpdates: number;
  private cuts: Parameters<K>;
  private held: HeldVectors;

  private constructor(
    snapshot: VectorSnapshot,
    private readonly layout: ParameterLayout<K>,
    private readonly settings: AdamSettings,
  ) {
    this.nUpdates = snapshot.nUpdates;
    this.held = {
      weights: tf.tensor1d(snapshot.weights),
      firstMoment: tf.tensor1d(snapshot.firstMoment),
      secondMoment: tf.tensor1d(snapshot.secondMoment),
      average: tf.tensor1d(snapshot.average),
    };
    Object.values(this.held).forEach((tensor) => tf.keep(tensor));
    this.cuts = this.cut();
  }

  /** Goes on from a snapshot, or starts at `start()` when there is none. */
  static open<K extends string>(
    snapshot: VectorSnapshot | undefined,
    layout: ParameterLayout<K>,
    settings: AdamSettings,
    start: () => Float32Array,
  ): TrainedVector<K> {
    if (snapshot !== undefined) return new TrainedVector(snapshot, layout, settings);
    const weights = start();
    const zeros = new Float32Array(weights.length);
    const fresh = { weights, firstMoment: zeros, secondMoment: zeros, average: weights, nUpdates: 0 };
    return new TrainedVector(fresh, layout, settings);
  }

  /** The current weights by name; owned by this object and gone after the next update. */
  get parameters(): Parameters<K> {
    return this.cuts;
  }

  get average(): tf.Tensor1D {
    return this.held.average;
  }

  private cut(): Parameters<K> {
    const cuts = unpackParameters(this.held.weights, this.layout);
    for (const name of this.layout.names) tf.keep(cuts[name]);
    return cuts;
  }

  /** One update along the gradients of all parameters; `rate` scales the learning rate (a schedule). */
  update(gradients: Parameters<K>, rate = 1): void {
    this.nUpdates += 1;
    const next = tf.tidy(() => this.nextState(gradients, rate));
    // Kept, so that a surrounding tidy does not take them.
    Object.values(next).forEach((tensor) => tf.keep(tensor));
    this.dispose();
    this.held = next;
    this.cuts = this.cut();
  }

  private nextState(gradients: Parameters<K>, rate: number): HeldVectors {
    const { beta1, beta2, averageDecay } = this.settings;
    const secondCorrection = Math.sqrt(1 - beta2 ** this.nUpdates);
    const stepSize = (rate * this.settings.learningRate * secondCorrection) / (1 - beta1 ** this.nUpdates);
    const epsilon = EPSILON * secondCorrection;
    const decay = averageDecay > 0 ? Math.min(averageDecay, (1 + this.nUpdates) / (10 + this.nUpdates)) : 0;
    const numbers = { beta1, beta2, weightDecay: this.settings.weightDecay, stepSize, epsilon, decay };
    const isLong = this.layout.size > MOST_HOST_WEIGHTS;
    return isLong || !hasHostKernel(ADAM_UPDATE.name)
      ? updateByTensors(this.held, packGradients(gradients, this.layout), numbers)
      : updateByKernel(this.held, gradients, this.layout, numbers);
  }

  async snapshot(): Promise<VectorSnapshot> {
    const { weights, firstMoment, secondMoment, average } = this.held;
    return {
      weights: await readVector(weights),
      firstMoment: await readVector(firstMoment),
      secondMoment: await readVector(secondMoment),
      average: await readVector(average),
      nUpdates: this.nUpdates,
    };
  }

  dispose(): void {
    tf.dispose(Object.values(this.held));
    tf.dispose(Object.values<tf.Tensor>(this.cuts));
  }
}

type UpdateNumbers = Omit<AdamAttributes, 'names' | 'pieces'>;

/** One update by our kernel. */
export function updateByKernel<K extends string>(
  held: HeldVectors,
  gradients: Parameters<K>,
  { names, pieces }: ParameterLayout<K>,
  numbers: UpdateNumbers,
): HeldVectors {
  const inputs = { ...held, ...(gradients as Readonly<Record<string, tf.Tensor>>) };
  const [weights, firstMoment, secondMoment, average] = runHostKernel(ADAM_UPDATE, inputs, {
    ...numbers,
    names,
    pieces,
  }) as [tf.Tensor1D, tf.Tensor1D, tf.Tensor1D, tf.Tensor1D];
  return { weights, firstMoment, secondMoment, average };
}

/** The same by tensor operations. */
export function updateByTensors(
  { weights, firstMoment, secondMoment, average }: HeldVectors,
  rawGradient: tf.Tensor1D,
  { beta1, beta2, weightDecay, stepSize, epsilon, decay }: UpdateNumbers,
): HeldVectors {
  const gradient = tf.add(rawGradient, tf.mul(weights, weightDecay));
  const first = tf.add(tf.mul(firstMoment, beta1), tf.mul(gradient, 1 - beta1)) as tf.Tensor1D;
  const second = tf.add(tf.mul(secondMoment, beta2), tf.mul(tf.square(gradient), 1 - beta2)) as tf.Tensor1D;
  const next = tf.sub(
    weights,
    tf.mul(tf.div(first, tf.add(tf.sqrt(second), epsilon)), stepSize),
  ) as tf.Tensor1D;
  const smoothed = tf.add(tf.mul(average, decay), tf.mul(next, 1 - decay)) as tf.Tensor1D;
  return { weights: next, firstMoment: first, secondMoment: second, average: smoothed };
}

/** A copy of a tensor's numbers, never a view of the backend's memory. */
export async function readVector(tensor: tf.Tensor): Promise<Float32Array> {
  return Float32Array.from(await tensor.data<'float32'>());
}
