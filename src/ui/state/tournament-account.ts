import type { ModelConfig, ModelId } from '../../models/synthesizer';
import type { EntryOutcome, RunRecord, TournamentRecord } from '../../platform/projects/types';
import { findMeasure, TOURNAMENT_FIGURES } from './tournament-figures';

/** A tournament as run.json tells it: every model that took part, also those that were discarded. */
export interface TournamentAccount {
  readonly id: string;
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly budgetSeconds: number;
  readonly spentSeconds: number;
  /** Id of the run that was suggested, and why; null where none was. */
  readonly suggested: TournamentRecord['suggestion'];
  /** Id of the run that a person went on with. */
  readonly chosen: string | null;
  readonly entries: readonly TournamentEntryAccount[];
}

export interface TournamentEntryAccount {
  readonly model: ModelId;
  readonly changed: ModelConfig;
  /** Null where no run was begun. */
  readonly runId: string | null;
  readonly outcome: EntryOutcome;
  readonly reason: string;
  /** Seconds of training it was given at most; null where it had no turn. */
  readonly shareSeconds: number | null;
  readonly spentSeconds: number | null;
  /** Value of each measure that the runs were compared by, as far as this one has it. */
  readonly figures: Readonly<Record<string, number>>;
}

export function describeTournament(
  tournament: TournamentRecord,
  runs: readonly RunRecord[],
): TournamentAccount {
  const { id, startedAt, endedAt, budgetMs, spentMs, suggestion, chosen, entries } = tournament;
  return {
    id,
    startedAt: new Date(startedAt).toISOString(),
    endedAt: endedAt === null ? null : new Date(endedAt).toISOString(),
    budgetSeconds: budgetMs / 1000,
    spentSeconds: toSeconds(spentMs),
    suggested: suggestion,
    chosen,
    entries: entries.map((entry) => {
      const run = runs.find((one) => one.id === entry.runId);
      return {
        model: entry.model,
        changed: entry.config,
        runId: run?.id ?? null,
        outcome: entry.outcome,
        reason: entry.reason,
        shareSeconds: entry.shareMs === null ? null : toSeconds(entry.shareMs),
        spentSeconds: entry.spentMs === null ? null : toSeconds(entry.spentMs),
        figures: run === undefined ? {} : figuresOf(run),
      };
    }),
  };
}

function figuresOf(run: RunRecord): Readonly<Record<string, number>> {
  return Object.fromEntries(
    TOURNAMENT_FIGURES.flatMap(({ measure: id }) => {
      const measure = findMeasure(run, id);
      return measure === null ? [] : [[id, measure.value] as const];
    }),
  );
}

function toSeconds(ms: number): number {
  return Math.round(ms) / 1000;
}
