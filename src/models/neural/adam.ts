import * as tf from '@tensorflow/tfjs-core';
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

/** Everything an optimiser needs to go on bit for bit. */
export interface VectorSnapshot {
  readonly weights: Float32Array;
  readonly firstMoment: Float32Array;
  readonly secondMoment: Float32Array;
  readonly average: Float32Array;
  readonly nUpdates: number;
}

/**
 * A vector of weights with its moments and its moving average, and the weights cut into parameters. The cuts live from
 * one update to the next, because tfjs-wasm keeps the packed form of a weight matrix as long as its tensor lives.
 */
export class TrainedVector<K extends string> {
  private nUpdates: number;
  private cuts: Parameters<K>;
  private held: Readonly<Record<'weights' | 'firstMoment' | 'secondMoment' | 'average', tf.Tensor1D>>;

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
    const next = tf.tidy(() => this.nextState(packGradients(gradients, this.layout), rate));
    // Kept, so that a surrounding tidy does not take them.
    Object.values(next).forEach((tensor) => tf.keep(tensor));
    this.dispose();
    this.held = next;
    this.cuts = this.cut();
  }

  private nextState(rawGradient: tf.Tensor1D, rate: number) {
    const { beta1, beta2, weightDecay, averageDecay } = this.settings;
    const { weights, firstMoment, secondMoment, average } = this.held;
    const gradient =
      weightDecay > 0 ? (tf.add(rawGradient, tf.mul(weights, weightDecay)) as tf.Tensor1D) : rawGradient;
    const first = tf.add(tf.mul(firstMoment, beta1), tf.mul(gradient, 1 - beta1)) as tf.Tensor1D;
    const second = tf.add(tf.mul(secondMoment, beta2), tf.mul(tf.square(gradient), 1 - beta2)) as tf.Tensor1D;
    const secondCorrection = Math.sqrt(1 - beta2 ** this.nUpdates);
    const stepSize = (rate * this.settings.learningRate * secondCorrection) / (1 - beta1 ** this.nUpdates);
    const denominator = tf.add(tf.sqrt(second), EPSILON * secondCorrection);
    const next = tf.sub(weights, tf.mul(tf.div(first, denominator), stepSize)) as tf.Tensor1D;
    const decay = Math.min(averageDecay, (1 + this.nUpdates) / (10 + this.nUpdates));
    const smoothed =
      averageDecay > 0
        ? (tf.add(tf.mul(average, decay), tf.mul(next, 1 - decay)) as tf.Tensor1D)
        : tf.clone(next);
    return { weights: next, firstMoment: first, secondMoment: second, average: smoothed };
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

/** A copy of a tensor's numbers, never a view of the backend's memory. */
export async function readVector(tensor: tf.Tensor): Promise<Float32Array> {
  return Float32Array.from(await tensor.data<'float32'>());
}
