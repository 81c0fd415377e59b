import type { ForeseeRequest } from '../../api/evaluate';
import type { Profile } from '../../data/profile';
import { isModelled } from '../../data/schema';
import type { ModelId } from '../../models/synthesizer';
import type { RunRecord } from '../../platform/projects/types';

/** Models that say how likely they find a row. */
export const WITH_LIKELIHOOD: readonly ModelId[] = ['independent', 'trees', 'argn'];

/** The model of several whose runs can be judged by most; null of none. */
export function pickAblest(models: readonly ModelId[]): ModelId | null {
  return models.find((model) => WITH_LIKELIHOOD.includes(model)) ?? models[0] ?? null;
}

/** What is known of an evaluation of a run before it begins. Levels are those of the file as read, where it is open. */
export function describeGround(
  run: Pick<RunRecord, 'basis' | 'nTrain' | 'nHoldout' | 'model'>,
  profile: Profile | null,
  target: string | null,
): ForeseeRequest {
  const levels = (profile?.columns ?? []).flatMap(({ name, summary }) =>
    summary?.kind === 'level' ? [[name, summary.nLevels] as const] : [],
  );
  return {
    schema: { ...run.basis.schema, columns: run.basis.schema.columns.filter(isModelled) },
    nRows: {
      train: run.nTrain,
      holdout: run.nHoldout === 0 ? null : run.nHoldout,
      synthetic: run.nTrain,
    },
    nLevels: Object.fromEntries(levels),
    target,
    hasLikelihood: WITH_LIKELIHOOD.includes(run.model),
  };
}
