import * as tf from '@tensorflow/tfjs-core';
import { TrainedVector, readVector, type AdamSettings } from './adam';
import { ConditionSource, writeConditions } from './conditions';
import { layOutCritic, type CriticKey } from './critic-network';
import type { CtganSettings } from './ctgan';
import { CtganBatchSource } from './ctgan-batch';
import { criticStep, generateBatch, generatorStep } from './ctgan-step';
import { generate, layOutGenerator, type GeneratorKey, type GeneratorSizes } from './generator-network';
import type { FittedNetwork, Learner, LearnerInput, LearnerSnapshot } from './learner';
import { startParameters, unpackParameters, type ParameterLayout } from './parameters';
import { RowActivation } from './row-activation';
import { learningRateAt } from './schedule';

/** Rows over which batch normalisation is frozen. */
const NORMALISATION_ROWS = 4000;

/** Fresh or, given a snapshot, continued training of a CTGAN on the current backend. */
export function createCtganLearner(
  input: LearnerInput,
  settings: CtganSettings,
  snapshot: LearnerSnapshot | null,
): Learner {
  return new CtganLearner(input, settings, snapshot);
}

class CtganLearner implements Learner {
  readonly lossNames = ['critic', 'penalty', 'generator', 'condition'];
  readonly nStepsPerEpoch: number;
  private readonly sizes: GeneratorSizes;
  private readonly generatorLayout: ParameterLayout<GeneratorKey>;
  private readonly criticLayout: ParameterLayout<CriticKey>;
  private readonly activation: RowActivation;
  private readonly conditions: ConditionSource;
  private readonly batches: CtganBatchSource;
  private readonly generator: TrainedVector<GeneratorKey>;
  private readonly critic: TrainedVector<CriticKey>;

  constructor(
    private readonly input: LearnerInput,
    private readonly settings: CtganSettings,
    snapshot: LearnerSnapshot | null,
  ) {
    const { encoding, rows, batchSize, rng } = input;
    this.nStepsPerEpoch = Math.max(Math.floor(rows.nRows / batchSize), 1);
    this.activation = new RowActivation(encoding);
    this.conditions = new ConditionSource(encoding, rows);
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
    const rate = learningRateAt(index, this.input.nSteps);
    const losses: tf.Tensor1D[] = tf.tidy(() => {
      const batch = this.batches.tensors();
      const generator = this.generator.parameters;
      const synthetic = generateBatch(batch, generator, this.activation);
      const judged = criticStep(batch, synthetic, this.critic.parameters, this.settings.penaltyWeight, watch);
      this.critic.update(judged.gradients, rate);
      const made = generatorStep(batch, synthetic, generator, this.critic.parameters, this.activation, watch);
      this.generator.update(made.gradients, rate);
      if (judged.losses === null || made.losses === null) return [];
      return [tf.concat1d([judged.losses, made.losses])];
    });
    return losses[0] ?? null;
  }

  /** Batch normalisation is frozen at the statistics of one large batch drawn like training batches. */
  async fitted(): Promise<FittedNetwork> {
    const { encoding, rng } = this.input;
    const { latentSize, hidden } = this.settings;
    const stream = rng.fork('normalisation');
    const input = new Float32Array(NORMALISATION_ROWS * this.sizes.inputs);
    for (let row = 0; row < NORMALISATION_ROWS; row++) {
      for (let j = 0; j < latentSize; j++) input[row * this.sizes.inputs + j] = stream.normal();
    }
    const draw = this.conditions.draw(NORMALISATION_ROWS, stream);
    writeConditions(draw, this.conditions.columns, input, this.sizes.inputs, latentSize);
    const statistics = tf.tidy(() => {
      const parameters = unpackParameters(this.generator.average, this.generatorLayout);
      const pass = generate(tf.tensor2d(input, [NORMALISATION_ROWS, this.sizes.inputs]), parameters);
      return [pass.block1.mean, pass.block1.inverseSd, pass.block2.mean, pass.block2.inverseSd];
    });
    const normalisation: Float32Array[] = [];
    for (const tensor of statistics) normalisation.push(await readVector(tensor));
    tf.dispose(statistics);
    return {
      encoding,
      latentSize,
      hidden,
      weights: await readVector(this.generator.average),
      sigmas: null,
      normalisation,
      conditions: this.conditions.frequencies,
    };
  }

  async snapshot(): Promise<LearnerSnapshot> {
    return { generator: await this.generator.snapshot(), critic: await this.critic.snapshot() };
  }

  dispose(): void {
    this.generator.dispose();
    this.critic.dispose();
    this.activation.dispose();
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
