import { packValue } from '../src/api/packed-value';
import type { TrainingNews, TrainResult } from '../src/api/synthesize';
import type { Checkpoint, TrainingEvent } from '../src/models/synthesizer';

/** The parts of a result that are read off the events of a run. */
export type RunAccount = Pick<
  TrainResult,
  'backend' | 'timings' | 'epochs' | 'steps' | 'encodeMs' | 'trainMs'
>;

/** Passes events on and keeps account of backend, steps and time spent in each phase. */
export function watchTraining(
  onEvent: (event: TrainingNews) => void,
  nowMs: () => number,
): { readonly emit: (event: TrainingEvent) => void; readonly account: () => RunAccount } {
  let backend: TrainResult['backend'] = 'none';
  let timings: TrainResult['timings'] = [];
  let epochs = 0;
  let steps = 0;
  let phase: 'encode' | 'backend' | 'train' | 'finish' = 'encode';
  let since = nowMs();
  const spent = { encode: 0, backend: 0, train: 0, finish: 0 };
  const enter = (next: typeof phase) => {
    const now = nowMs();
    spent[phase] += now - since;
    since = now;
    phase = next;
  };
  return {
    emit(event) {
      if (event.kind === 'phase') enter(event.phase);
      if (event.kind === 'backend') ({ chosen: backend, timings } = event);
      if (event.kind === 'progress') {
        epochs = event.epoch;
        steps = event.step;
      }
      onEvent(event.kind === 'checkpoint' ? packCheckpoint(event.checkpoint) : event);
    },
    account() {
      enter(phase);
      return { backend, timings, epochs, steps, encodeMs: spent.encode, trainMs: spent.train };
    },
  };
}

function packCheckpoint(checkpoint: Checkpoint): TrainingNews {
  return { kind: 'checkpoint', step: checkpoint.step, checkpoint: packValue(checkpoint) };
}
