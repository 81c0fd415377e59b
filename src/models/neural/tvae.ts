import type { NeuralSettings } from './settings';

export interface TvaeSettings extends NeuralSettings {
  /** Weight of the reconstruction against the divergence from the prior. */
  readonly reconstructionFactor: number;
}

export const TVAE_DEFAULTS: TvaeSettings = {
  epochs: 300,
  minSteps: 3000,
  maxSteps: 20000,
  batchSize: 500,
  latentSize: 128,
  hidden: [128, 128],
  learningRate: 1e-3,
  weightDecay: 1e-5,
  averageDecay: 0.99,
  stopShare: 0.1,
  patience: 10,
  reconstructionFactor: 2,
};
