import * as tf from '@tensorflow/tfjs-core';
import type { Rng } from '../../math/rng';
import { TrainedVector, readVector, type AdamSettings } from './adam';
import { calibrate, measureShares } from './calibrate';
import {
  ConditionSource,
  drawConditions,
  empiricalCumulative,
  writeConditions,
  type ConditionDraw,
} from './conditions';
import { layOutCritic, type CriticKey } from './critic-network';
import type { CtganSettings } from './ctgan';
import { CtganBatchSource } from './ctgan-batch';
import { criticStep, generateBatch, generatorStep, type GeneratorAims } from './ctgan-step';
import {
  generate,
  layOutGenerator,
  toNormalisations,
  type GeneratorKey,
  type GeneratorSizes,
} from './generator-network';
import type { FittedNetwork, Learner, LearnerInput, LearnerSnapshot } from './learner';
import { openPairTarget, type PairTarget } from './pair-target';
import { addToPiece, startParameters, unpackParameters, type ParameterLayout } from './parameters';
import { RowActivation } from './row-activation';
import { learningRateAt } from './schedule';
import { habitsOf, type Habits } from './settings';

/** The last only where pairs are aimed at. */
const LOSS_NAMES = ['critic', 'penalty', 'generator', 'condition', 'pairs'];
/** Rows over which batch normalisation is frozen and margins are corrected. */
const TRIAL_ROWS = 4000;

/** Fresh or, given a snapshot, continued training of a CTGAN on the current backend. */
export function createCtganLearner(
  input: LearnerInput,
  settings: CtganSettings,
  snapshot: LearnerSnapshot | null,
): Learner {
  return new CtganLearner(input, settings, snapshot);
}

class CtganLearner implements Learner {
  readonly lossNames: readonly string[];
  readonly nStepsPerEpoch: number;
  private readonly sizes: GeneratorSizes;
  private readonly generatorLayout: ParameterLayout<GeneratorKey>;
  private readonly criticLayout: ParameterLayout<CriticKey>;
  private readonly activation: RowActivation;
  private readonly conditions: ConditionSource;
  private readonly batches: CtganBatchSource;
  private readonly generator: TrainedVector<GeneratorKey>;
  private readonly critic: TrainedVector<CriticKey>;
  private readonly habits: Habits;
  private readonly shares: Float64Array;
  private readonly pairs: PairTarget | null;

  constructor(
    private readonly input: LearnerInput,
    private readonly settings: CtganSettings,
    snapshot: LearnerSnapshot | null,
  ) {
    const { encoding, rows, batchSize, rng } = input;
    this.nStepsPerEpoch = Math.max(Math.floor(rows.nRows / batchSize), 1);
    this.activation = new RowActivation(encoding);
    this.conditions = new ConditionSource(encoding, rows);
    this.habits = habitsOf(settings.preset);
    this.shares = measureShares(rows, encoding);
    this.pairs = openPairTarget(settings.pairWeight, rows, encoding, this.conditions.weighRows());
    this.lossNames = LOSS_NAMES.filter((name) => name !== 'pairs' || this.pairs !== null);
    const hidden = pairOf(settings.hidden);
    const criticHidden = pairOf(settings.criticHidden);
    this.sizes = {
      inputs: settings.latentSize + this.conditions.width,
      hidden,
      width: encoding.width,
    };
    this.generatorLayout = layOutGenerator(this.sizes);
    this.criticLayout = layOutCritic({
      inputs: (encoding.width + this.conditions.width) * settings.pac,
      hidden: criticHidden,
    });
    this.batches = new CtganBatchSource(input, this.conditions, { ...settings, criticHidden });
    const starts = { 'gen1/scale': 1, 'gen1/shift': 0, 'gen2/scale': 1, 'gen2/shift': 0 };
    const adam = adamOf(settings, settings.learningRate);
    this.generator = TrainedVector.open(snapshot?.['generator'], this.generatorLayout, adam, () =>
      startParameters(this.generatorLayout, starts, rng.fork('init/generator')),
    );
    const criticAdam = { ...adamOf(settings, settings.criticLearningRate), averageDecay: 0 };
    this.critic = TrainedVector.open(snapshot?.['critic'], this.criticLayout, criticAdam, () =>
      startParameters(this.criticLayout, {}, rng.fork('init/critic')),
    );
  }

  step(index: number, watch: boolean): tf.Tensor1D | null {
    this.batches.draw(this.input.rng.fork(`step/${index}`));
    const rate = learningRateAt(index, this.input.nSteps, this.habits.schedule);
    const losses: tf.Tensor1D[] = tf.tidy(() => {
      const batch = this.batches.tensors();
      const generator = this.generator.parameters;
      const synthetic = generateBatch(batch, generator, this.activation);
      const judged = criticStep(batch, synthetic, this.critic.parameters, this.settings.penaltyWeight, watch);
      this.critic.update(judged.gradients, rate);
      const made = generatorStep(batch, synthetic, generator, this.aims(), watch);
      this.generator.update(made.gradients, rate);
      if (judged.losses === null || made.losses === null) return [];
      return [tf.concat1d([judged.losses, made.losses])];
    });
    return losses[0] ?? null;
  }

  private aims(): GeneratorAims {
    const { pairs, activation } = this;
    const weight = this.settings.pairWeight;
    return {
      critic: this.critic.parameters,
      activation,
      pairs: pairs === null ? null : { target: pairs, weight },
    };
  }

  async fitted(): Promise<FittedNetwork> {
    const { encoding } = this.input;
    const { latentSize, hidden } = this.settings;
    const normalisation = await this.freeze();
    const weights = await readVector(this.generator.average);
    if (this.habits.isCalibrated) await this.correctMargins(weights, normalisation);
    return {
      encoding,
      latentSize,
      hidden,
      weights,
      choice: 'softmax',
      sigmas: null,
      normalisation,
      conditions: this.conditions.frequencies,
    };
  }

  /** Batch normalisation at the statistics of one large batch drawn like training batches. */
  private async freeze(): Promise<Float32Array[]> {
    const stream = this.input.rng.fork('normalisation');
    const input = this.drawInput(stream, () => this.conditions.draw(TRIAL_ROWS, stream));
    const statistics = tf.tidy(() => {
      const parameters = unpackParameters(this.generator.average, this.generatorLayout);
      const pass = generate(tf.tensor2d(input, [TRIAL_ROWS, this.sizes.inputs]), parameters);
      return [pass.block1.mean, pass.block1.inverseSd, pass.block2.mean, pass.block2.inverseSd];
    });
    const normalisation: Float32Array[] = [];
    for (const tensor of statistics) normalisation.push(await readVector(tensor));
    tf.dispose(statistics);
    return normalisation;
  }

  /** Corrects the last bias in `weights` on one large batch drawn like rows will be. */
  private async correctMargins(weights: Float32Array, normalisation: readonly Float32Array[]): Promise<void> {
    const { encoding, rng } = this.input;
    const stream = rng.fork('calibration');
    const cumulative = empiricalCumulative(this.conditions.frequencies);
    const input = this.drawInput(stream, () => drawConditions(TRIAL_ROWS, cumulative, stream));
    const logits = tf.tidy(() => {
      const parameters = unpackParameters(this.generator.average, this.generatorLayout);
      const frozen = toNormalisations(normalisation.map((values) => tf.tensor2d(values, [1, values.length])));
      return generate(tf.tensor2d(input, [TRIAL_ROWS, this.sizes.inputs]), parameters, frozen).logits;
    });
    const shift = calibrate(await readVector(logits), encoding, this.shares);
    logits.dispose();
    addToPiece(weights, this.generatorLayout, 'row/b', shift);
  }

  private drawInput(stream: Rng, drawn: () => ConditionDraw): Float32Array {
    const { latentSize } = this.settings;
    const input = new Float32Array(TRIAL_ROWS * this.sizes.inputs);
    for (let row = 0; row < TRIAL_ROWS; row++) {
      for (let j = 0; j < latentSize; j++) input[row * this.sizes.inputs + j] = stream.normal();
    }
    writeConditions(drawn(), this.conditions.columns, input, this.sizes.inputs, latentSize);
    return input;
  }

  async snapshot(): Promise<LearnerSnapshot> {
    return { generator: await this.generator.snapshot(), critic: await this.critic.snapshot() };
  }

  dispose(): void {
    this.generator.dispose();
    this.critic.dispose();
    this.activation.dispose();
    this.pairs?.dispose();
  }
}

function pairOf(sizes: readonly number[]): [number, number] {
  const [first = 256, second = 256] = sizes;
  return [first, second];
}

function adamOf(settings: CtganSettings, learningRate: number): AdamSettings {
  const { weightDecay, averageDecay } = settings;
  return { learningRate, weightDecay, averageDecay, beta1: 0.5, beta2: 0.9 };
}
