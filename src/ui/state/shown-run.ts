import type { ProjectRecord, RunRecord } from '../../platform/projects/types';
import { nameModel } from '../steps/train/models';

/** The run whose records are shown and exported. */
export interface ShownRun {
  readonly run: RunRecord;
  /** Why this one of a tournament's, in a sentence; null where a person took it, or it is simply the latest. */
  readonly why: string | null;
}

/**
 * The run that a person took, or else the latest that finished; of a tournament the one it suggests, or where it suggests
 * none that of the model which would be chosen for the table. Null where none has finished.
 */
export function findShownRun({
  runs,
  tournaments,
  currentRun,
}: Pick<ProjectRecord, 'runs' | 'tournaments' | 'currentRun'>): ShownRun | null {
  const finished = runs.filter(({ status }) => status === 'finished');
  const latest = finished.at(-1);
  if (latest === undefined) return null;
  const taken = finished.find(({ id }) => id === currentRun);
  if (taken !== undefined) return { run: taken, why: null };
  const tournament = tournaments.find(({ id }) => id === latest.tournament);
  if (tournament === undefined || tournament.endedAt === null) return { run: latest, why: null };
  const own = finished.filter((run) => run.tournament === tournament.id);
  const { suggestion, advised } = tournament;
  const suggested = own.find(({ id }) => id === suggestion?.runId);
  if (suggested !== undefined)
    return {
      run: suggested,
      why: `Shown is ${nameModel(suggested.model)}, the run that the tournament suggests, until you take one.`,
    };
  const chosen = own.find(({ model }) => model === advised);
  return {
    run: chosen ?? latest,
    why:
      chosen === undefined
        ? `The tournament suggests none of its runs; shown is ${nameModel(latest.model)}, which finished last, until you take one.`
        : `The tournament suggests none of its runs; shown is ${nameModel(chosen.model)}, the model that is chosen for such a table, until you take one.`,
  };
}
