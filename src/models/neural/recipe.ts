import type { ModelId } from '../synthesizer';
import type { FittedNetwork, Learner, LearnerInput, LearnerSnapshot, RowSampler } from './learner';
import type { NeuralSettings, Presets } from './settings';

/** What distinguishes one neural model from another; everything else is shared. */
export interface Recipe<S extends NeuralSettings> {
  readonly id: ModelId;
  readonly presets: Presets<S>;
  /** Checks of its own settings. Throws FailureError. */
  check(settings: S): void;
  /** Rows judged together, which divide every batch; 1 = each row on its own. */
  packSize(settings: S): number;
  createLearner(input: LearnerInput, settings: S, snapshot: LearnerSnapshot | null): Learner;
  openSampler(fitted: FittedNetwork): RowSampler;
}
