import type { TrainingEvent } from '../../../models/synthesizer';
import type { RunRecord, RunStatus } from '../../../platform/projects/types';
import { formatBytes, formatCount, formatDuration, formatScore } from '../../parts/NumberText';

type ProgressEvent = Extract<TrainingEvent, { kind: 'progress' }>;

/** One figure of the live panel. */
export interface Figure {
  /** Its entry in docs/measures.md. */
  readonly id: string;
  readonly name: string;
  readonly text: string;
}

export function figuresOf(progress: ProgressEvent): readonly Figure[] {
  return [
    { id: 'training-left', name: 'Training left, at most', text: formatDuration(progress.etaMs) },
    {
      id: 'training-steps',
      name: 'Epoch',
      text: `${formatCount(progress.epoch)} of ${formatCount(progress.nEpochs)}`,
    },
    {
      id: 'training-steps',
      name: 'Step',
      text: `${formatCount(progress.step)} of ${formatCount(progress.nSteps)}`,
    },
    { id: 'rows-a-second', name: 'Rows a second', text: formatCount(progress.rowsPerSecond) },
    { id: 'model-memory', name: 'Memory of the model', text: formatBytes(progress.memoryBytes) },
    { id: 'tensors', name: 'Tensors', text: formatCount(progress.nTensors) },
  ];
}

/** What a screen reader is told now and then while it trains. */
export function speakProgress(status: string, note: string, progress: ProgressEvent | null): string {
  if (status === 'idle') return '';
  if (status === 'paused') return 'Training is paused.';
  if (progress === null) return note;
  const share = Math.round((100 * progress.step) / Math.max(1, progress.nSteps));
  return `Training: ${share} per cent of the planned steps, at most ${formatDuration(progress.etaMs)} left.`;
}

export const STATUS_WORDS: Readonly<Record<RunStatus, string>> = {
  training: 'training',
  paused: 'paused',
  interrupted: 'interrupted',
  finished: 'finished',
  cancelled: 'cancelled',
  failed: 'failed',
};

/** Settings that a person changed, `epochs 50, batchSize 200`. */
export function describeConfig({ config }: Pick<RunRecord, 'config'>): string {
  const entries = Object.entries(config).map(([key, value]) => `${key} ${String(value)}`);
  return entries.length === 0 ? 'defaults' : entries.join(', ');
}

/** SDMetrics' quality score of a run, `–` while it is not judged. */
export function overallOf(run: RunRecord): number | null {
  return run.evidence?.measures.find((measure) => measure.id === 'sdmetrics-overall')?.value ?? null;
}

export function writeScore(value: number | null): string {
  return value === null ? '–' : formatScore(value);
}

/** Why a run ended, or what became of it. */
export function describeEnd(run: RunRecord): string {
  if (run.failure !== null && run.status !== 'cancelled') return run.failure.message;
  return run.result?.stopReason ?? '';
}
