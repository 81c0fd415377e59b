import { FailureError } from '../../data/failure';
import type { RngState } from '../../math/rng';
import type { Encoding } from '../encode/encoding';
import type { Checkpoint, ModelId, StopScore } from '../synthesizer';
import type { FittedNetwork, LearnerSnapshot } from './learner';

/**
 * 2: numbers in bins, a recipe a run, Adam in one pass. A state of version 1 would go on with other settings and another
 * coding than it was made with, so it is refused.
 */
export const CHECKPOINT_VERSION = 2;

/** Losses as they were at a step. */
export interface LossPoint {
  readonly step: number;
  readonly losses: Readonly<Record<string, number>>;
}

/**
 * What goes on record between two steps. The streams of a step are named after its number below `stream`, and the batch
 * position follows from the number as well, so `step` and `stream` are the whole random state.
 */
export interface TrainingState {
  /** Steps done. */
  readonly step: number;
  readonly stream: RngState;
  readonly encoding: Encoding;
  readonly learner: LearnerSnapshot;
  readonly best: BestSoFar | null;
  readonly nScoresSinceBest: number;
  readonly scores: readonly StopScore[];
  readonly losses: readonly LossPoint[];
}

export interface BestSoFar {
  readonly score: StopScore;
  readonly fitted: FittedNetwork;
}

export function toCheckpoint(model: ModelId, state: TrainingState, nStepsPerEpoch: number): Checkpoint {
  return {
    model,
    version: CHECKPOINT_VERSION,
    step: state.step,
    epoch: Math.floor(state.step / nStepsPerEpoch),
    payload: state,
  };
}

/** The state in a checkpoint. Throws FailureError when it belongs to another model, version or seed. */
export function readCheckpoint(checkpoint: Checkpoint, model: ModelId, stream: RngState): TrainingState {
  if (checkpoint.model !== model || checkpoint.version !== CHECKPOINT_VERSION) {
    throw unusable('was made by another model or by another version of Understudy');
  }
  const state = checkpoint.payload as TrainingState;
  if (state.stream.key !== stream.key || state.stream.words.some((word, i) => word !== stream.words[i])) {
    throw unusable('was made with another seed');
  }
  return state;
}

function unusable(why: string): FailureError {
  return new FailureError({
    code: 'project-corrupt',
    message: `The saved training state ${why} and cannot be continued; start the training again.`,
  });
}
