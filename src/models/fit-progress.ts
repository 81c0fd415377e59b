import type { TrainingEvent } from './synthesizer';

type ProgressEvent = Extract<TrainingEvent, { kind: 'progress' }>;

/** Progress of a fit that goes through columns, each with all before it: work grows with the square of the steps. */
export function describeFitProgress(
  { step, nSteps }: { readonly step: number; readonly nSteps: number },
  nRows: number,
  elapsedMs: number,
  memoryBytes: number,
): ProgressEvent {
  const share = (step / nSteps) ** 2;
  return {
    kind: 'progress',
    epoch: step === nSteps ? 1 : 0,
    nEpochs: 1,
    step,
    nSteps,
    losses: {},
    rowsPerSecond: elapsedMs > 0 ? (share * nRows * 1000) / elapsedMs : 0,
    etaMs: elapsedMs * (1 / share - 1),
    nTensors: 0,
    memoryBytes,
  };
}
