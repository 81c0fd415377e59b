import type { Measure } from '../../measure/measure';
import type { RunRecord } from '../../platform/projects/types';

/** A figure by which the runs of a tournament are compared. Each is a measure of its evidence or of the quick look. */
export interface TournamentFigure {
  /** Id of the measure, in docs/measures.md too. */
  readonly measure: string;
  /** Head of its column. */
  readonly name: string;
  /** What an axis of it shows, with the better end. */
  readonly axis: string;
}

/** What evidence may hold for a tournament to compare; one that no run has gets no column. A new figure is one more line. */
export const TOURNAMENT_FIGURES: readonly TournamentFigure[] = [
  { measure: 'sdmetrics-overall', name: 'Fidelity', axis: 'fidelity, 1 = train' },
  { measure: 'train-synthetic-boosted', name: 'Utility', axis: 'utility for the target, higher is better' },
  { measure: 'closest-records', name: 'Nearness', axis: 'share closer to train, 0.5 = neither' },
];

/** The measure of that id in a run's evidence or in the quick look at it; null where it has none. */
export function findMeasure({ evidence, look }: RunRecord, id: string): Measure | null {
  const measures = [...(evidence?.measures ?? []), ...(look?.measures ?? [])];
  return measures.find((measure) => measure.id === id) ?? null;
}

/** How close the records of a run come to train, overall; null while they are not judged. */
export function fidelityOf(run: RunRecord): Measure | null {
  return findMeasure(run, 'sdmetrics-overall');
}
