import type { ModelId } from '../../../models/synthesizer';
import type { TournamentRecord } from '../../../platform/projects/types';
import { formatItems } from '../../parts/NumberText';
import type { OutputStatus } from '../../state/output.svelte';
import type { TournamentState } from '../../state/tournament.svelte';
import type { TrainingStatus } from '../../state/training.svelte';
import { nameModel } from './models';

export interface TournamentMoment {
  readonly status: TournamentState['status'];
  readonly model: ModelId | null;
  readonly training: TrainingStatus;
  readonly output: OutputStatus;
}

/** What a tournament does at the moment. */
export function describeDoing({ status, model, training, output }: TournamentMoment): string {
  if (model === null || status === 'idle' || status === 'ending') return 'Ending the tournament';
  const name = nameModel(model);
  if (status === 'forecasting') return `Forecasting how long ${name} takes`;
  if (training !== 'idle') return `Training ${name}`;
  return output === 'evaluating' ? `Judging the records of ${name}` : `Drawing records of ${name}`;
}

/** Which models come next. */
export function describeNext({ entries }: TournamentRecord, status: TournamentState['status']): string {
  const waiting = entries.filter(({ outcome }) => outcome === 'waiting').map(({ model }) => nameModel(model));
  if (status === 'forecasting')
    return `Then ${formatItems(waiting.length, 'model')} in turn, the quickest first.`;
  if (waiting.length === 0) return 'It is the last.';
  return `Next: ${waiting.join(', then ')}.`;
}

/** How a tournament ended, as the sentence over its table. */
export function describeResult({ entries, suggestion, chosen, endedAt }: TournamentRecord): string {
  const nJudged = entries.filter(({ outcome }) => outcome === 'judged').length;
  const judged = `${nJudged} of ${formatItems(entries.length, 'model')} could be compared.`;
  if (endedAt === null) return '';
  if (suggestion !== null) return suggestion.why;
  if (nJudged === 0) return `${judged} The reasons stand beside each.`;
  return chosen === null
    ? `${judged} None came closer to train than columns shuffled on their own, so none is suggested.`
    : judged;
}
