import { FailureError } from '../../data/failure';
import type { ModelId, ModelState } from '../synthesizer';
import type { FittedNetwork } from './learner';

/** 2: how indicators are chosen is part of the state. */
export const MODEL_VERSION = 2;

interface NeuralModelPayload {
  readonly fitted: FittedNetwork;
}

/** A fitted network as it is saved. */
export function writeFitted(model: ModelId, fitted: FittedNetwork): ModelState {
  const payload: NeuralModelPayload = { fitted };
  return { model, version: MODEL_VERSION, payload };
}

/** The network in a saved state; states of version 1 always drew by the softmax. Throws FailureError for any other. */
export function readFitted(model: ModelId, state: ModelState): FittedNetwork {
  const isKnown = state.version === 1 || state.version === MODEL_VERSION;
  if (state.model !== model || !isKnown) {
    throw new FailureError({
      code: 'project-corrupt',
      message: 'The saved model was made by another version of Understudy; train it again.',
    });
  }
  const { fitted } = state.payload as NeuralModelPayload;
  return state.version === 1 ? { ...fitted, choice: 'softmax' } : fitted;
}
