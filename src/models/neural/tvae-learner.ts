import * as tf from '@tensorflow/tfjs-core';
import { writeAlphaMask, writeMatrix } from '../encode/encode-rows';
import { TrainedVector, readVector, type AdamSettings } from './adam';
import { BatchOrder } from './batch-order';
import { calibrate, measureShares } from './calibrate';
import type { FittedNetwork, Learner, LearnerInput, LearnerSnapshot } from './learner';
import { fillNormals } from './noise';
import { openPairTarget, type PairTarget } from './pair-target';
import { addToPiece, startParameters, unpackParameters, type ParameterLayout } from './parameters';
import { RowActivation } from './row-activation';
import { learningRateAt } from './schedule';
import { habitsOf, type Habits } from './settings';
import { boundSigma } from './tvae-loss';
import {
  decode,
  layOutDecoder,
  layOutTvae,
  type DecoderKey,
  type TvaeKey,
  type TvaeSizes,
} from './tvae-network';
import { computeTvaeGradients, type TvaeAims, type TvaeBatch } from './tvae-step';
import type { TvaeSettings } from './tvae';

/** The last only where pairs are aimed at. */
const LOSS_NAMES = ['reconstruction', 'kl', 'pairs'];
/** Rows over which margins are corrected. */
const TRIAL_ROWS = 4000;

/** Fresh or, given a snapshot, continued training of a TVAE on the current backend. */
export function createTvaeLearner(
  input: LearnerInput,
  settings: TvaeSettings,
  snapshot: LearnerSnapshot | null,
): Learner {
  return new TvaeLearner(input, settings, snapshot);
}

class TvaeLearner implements Learner {
  readonly lossNames: readonly string[];
  readonly nStepsPerEpoch: number;
  private readonly sizes: TvaeSizes;
  private readonly layout: ParameterLayout<TvaeKey>;
  private readonly activation: RowActivation;
  private readonly order: BatchOrder;
  private readonly vector: TrainedVector<TvaeKey>;
  private readonly rows: Float32Array;
  private readonly mask: Float32Array;
  private readonly noise: Float32Array;
  private readonly priorNoise: Float32Array;
  private readonly pairs: PairTarget | null;
  private readonly habits: Habits;
  private readonly shares: Float64Array;

  constructor(
    private readonly input: LearnerInput,
    private readonly settings: TvaeSettings,
    snapshot: LearnerSnapshot | null,
  ) {
    const { encoding, batchSize } = input;
    const [first = 128, second = 128] = settings.hidden;
    this.sizes = {
      width: encoding.width,
      nAlpha: encoding.nAlpha,
      latentSize: settings.latentSize,
      hidden: [first, second],
    };
    this.layout = layOutTvae(this.sizes);
    this.activation = new RowActivation(encoding);
    this.habits = habitsOf(settings.preset);
    this.shares = measureShares(input.rows, encoding);
    this.order = new BatchOrder(input.rows.nRows, batchSize, input.rng.fork('order'));
    this.nStepsPerEpoch = this.order.nStepsPerEpoch;
    const adam: AdamSettings = { ...settings, beta1: 0.9, beta2: 0.999 };
    this.vector = TrainedVector.open(snapshot?.['network'], this.layout, adam, () =>
      startParameters(this.layout, { freeSigma: 0 }, input.rng.fork('init')),
    );
    this.rows = new Float32Array(batchSize * encoding.width);
    this.mask = new Float32Array(batchSize * encoding.nAlpha);
    this.noise = new Float32Array(batchSize * settings.latentSize);
    this.priorNoise = this.noise.slice();
    this.pairs = openPairTarget(settings.pairWeight, input.rows, encoding, null);
    this.lossNames = LOSS_NAMES.filter((name) => name !== 'pairs' || this.pairs !== null);
  }

  step(index: number, watch: boolean): tf.Tensor1D | null {
    const { encoding, rows, rng } = this.input;
    const picked = this.order.rowsOf(index);
    writeMatrix(rows, encoding, picked, this.rows);
    writeAlphaMask(rows, encoding, picked, this.mask);
    const stream = rng.fork(`step/${index}`);
    fillNormals(this.noise, stream);
    if (this.pairs !== null) fillNormals(this.priorNoise, stream);
    const losses: tf.Tensor1D[] = tf.tidy(() => {
      const batch = this.batchTensors();
      const result = computeTvaeGradients(batch, this.vector.parameters, this.aims(), watch);
      this.vector.update(result.gradients, learningRateAt(index, this.input.nSteps, this.habits.schedule));
      return result.losses === null ? [] : [result.losses];
    });
    return losses[0] ?? null;
  }

  private aims(): TvaeAims {
    const { reconstructionFactor: factor, pairWeight: weight, latentSize } = this.settings;
    const { pairs: target, activation } = this;
    if (target === null) return { activation, factor, pairs: null };
    const noise = tf.tensor2d(this.priorNoise, [this.input.batchSize, latentSize]);
    return { activation, factor, pairs: { target, weight, noise } };
  }

  private batchTensors(): TvaeBatch {
    const { encoding, batchSize } = this.input;
    return {
      rows: tf.tensor2d(this.rows, [batchSize, encoding.width]),
      alphaMask: encoding.nAlpha === 0 ? null : tf.tensor2d(this.mask, [batchSize, encoding.nAlpha]),
      noise: tf.tensor2d(this.noise, [batchSize, this.settings.latentSize]),
    };
  }

  async fitted(): Promise<FittedNetwork> {
    const { encoding } = this.input;
    const decoder = layOutDecoder(this.sizes);
    const average = await readVector(this.vector.average);
    const weights = average.slice(this.layout.size - decoder.size);
    const sigma = tf.tidy(() => boundSigma(tf.tensor1d(weights.subarray(weights.length - encoding.nAlpha))));
    const sigmas = encoding.nAlpha === 0 ? null : await readVector(sigma);
    sigma.dispose();
    if (this.habits.isCalibrated) await this.correctMargins(weights, decoder);
    return {
      encoding,
      latentSize: this.settings.latentSize,
      hidden: this.sizes.hidden,
      weights,
      choice: this.settings.preset === 'paper' ? 'argmax' : 'softmax',
      sigmas,
      normalisation: [],
      conditions: null,
    };
  }

  /** Corrects the last bias in the decoder's `weights` on one large batch. */
  private async correctMargins(weights: Float32Array, layout: ParameterLayout<DecoderKey>): Promise<void> {
    const { latentSize } = this.settings;
    const noise = new Float32Array(TRIAL_ROWS * latentSize);
    this.input.rng.fork('calibration').fillNormal(noise);
    const logits = tf.tidy(() => {
      const parameters = unpackParameters(tf.tensor1d(weights), layout);
      return decode(tf.tensor2d(noise, [TRIAL_ROWS, latentSize]), parameters).logits;
    });
    const shift = calibrate(await readVector(logits), this.input.encoding, this.shares);
    logits.dispose();
    addToPiece(weights, layout, 'row/b', shift);
  }

  async snapshot(): Promise<LearnerSnapshot> {
    return { network: await this.vector.snapshot() };
  }

  dispose(): void {
    this.vector.dispose();
    this.activation.dispose();
    this.pairs?.dispose();
  }
}
