import type { TrainingEvent } from '../../../models/synthesizer';
import type { RunRecord, RunStatus, TournamentRecord } from '../../../platform/projects/types';
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

/** Why a run ended, or what became of it; of a tournament's run, also whether another was gone on with. */
export function describeEnd(run: RunRecord, tournaments: readonly TournamentRecord[] = []): string {
  const tournament = tournaments.find(({ id }) => id === run.tournament);
  const entry = tournament?.entries.find(({ runId }) => runId === run.id);
  const discarded =
    tournament === undefined || tournament.chosen === null || tournament.chosen === run.id
      ? ''
      : ' Another run of the tournament was gone on with.';
  return `${describeOwnEnd(run, entry?.reason ?? '')}${discarded}`.trim();
}

function describeOwnEnd({ failure, status, result }: RunRecord, reason: string): string {
  if (failure !== null && status !== 'cancelled') return failure.message;
  return reason !== '' ? reason : (result?.stopReason ?? '');
}

/** Whether a run was one of several, or its model chosen by the program. */
export function describeOrigin({ advice, tournament }: RunRecord): string {
  if (tournament !== null) return ', tournament';
  return advice === null ? '' : ', chosen automatically';
}
