import type { Measure } from '../../../measure/measure';
import type {
  EntryOutcome,
  RunRecord,
  TournamentEntry,
  TournamentRecord,
} from '../../../platform/projects/types';
import { formatDuration, formatScore } from '../../parts/NumberText';
import { findMeasure, TOURNAMENT_FIGURES, type TournamentFigure } from '../../state/tournament-figures';
import { nameModel } from './models';

/** One model of a tournament with what is known of it. */
export interface TournamentRow {
  readonly entry: TournamentEntry;
  readonly name: string;
  readonly run: RunRecord | null;
  /** One for each of the figures shown; null where the run has none. */
  readonly measures: readonly (Measure | null)[];
}

/** Figures that at least one run of the tournament has. */
export function listFigures(
  tournament: TournamentRecord,
  runs: readonly RunRecord[],
): readonly TournamentFigure[] {
  const own = runs.filter((run) => run.tournament === tournament.id);
  return TOURNAMENT_FIGURES.filter(({ measure }) => own.some((run) => findMeasure(run, measure) !== null));
}

/** The models of a tournament in their order, each with its run and its figures. */
export function listRows(
  { entries }: TournamentRecord,
  runs: readonly RunRecord[],
  figures: readonly TournamentFigure[],
): readonly TournamentRow[] {
  return entries.map((entry) => {
    const run = runs.find(({ id }) => id === entry.runId) ?? null;
    const measures = figures.map(({ measure }) => (run === null ? null : findMeasure(run, measure)));
    return { entry, name: nameModel(entry.model), run, measures };
  });
}

export const OUTCOME_WORDS: Readonly<Record<EntryOutcome, string>> = {
  waiting: 'waiting',
  running: 'at work',
  judged: 'done',
  skipped: 'skipped',
  cancelled: 'cancelled',
  failed: 'failed',
  'out-of-time': 'out of time',
  interrupted: 'interrupted',
};

/** A row as its dot says it. */
export function describeRow(
  { name, entry, measures }: TournamentRow,
  figures: readonly TournamentFigure[],
): string {
  const figureWords = figures.flatMap((figure, i) => {
    const measure = measures[i];
    return measure ? [`${figure.name.toLowerCase()} ${formatScore(measure.value)}`] : [];
  });
  const time = entry.spentMs === null ? [] : [formatDuration(entry.spentMs)];
  return `${name}: ${[...figureWords, ...time].join(', ')}`;
}

/** What the scatter shows, in one sentence. */
export function summarise(rows: readonly TournamentRow[], figures: readonly TournamentFigure[]): string {
  const shown = rows.filter(({ measures }) => measures.some((measure) => measure !== null));
  if (shown.length === 0) return 'No run has been judged yet.';
  return `${shown.map((row) => describeRow(row, figures)).join('. ')}.`;
}
