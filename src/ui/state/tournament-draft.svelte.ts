import type { ModelId } from '../../models/synthesizer';

const MIN_MINUTES = 0.1;
const MAX_MINUTES = 24 * 60;

/** What a person has chosen for the next tournament. */
export class TournamentDraft {
  /** The floor is computed anyway, and CTGAN seldom gets far in minutes: both only where they are asked for. */
  models = $state.raw<readonly ModelId[]>(['copula', 'trees', 'argn', 'tvae']);
  /** As typed. */
  minutes = $state('3');
  readonly budgetMs = $derived.by<number | null>(() => {
    const minutes = this.minutes.trim() === '' ? NaN : Number(this.minutes.trim().replace(',', '.'));
    return minutes >= MIN_MINUTES && minutes <= MAX_MINUTES ? minutes * 60_000 : null;
  });
  /** What is wrong, as a sentence; null when it can start. */
  readonly problem = $derived.by<string | null>(() => {
    if (this.models.length < 2) return 'Choose at least two models to compare.';
    return this.budgetMs === null ? `Type minutes between ${MIN_MINUTES} and ${MAX_MINUTES}.` : null;
  });

  toggle(model: ModelId, isIn: boolean): void {
    const others = this.models.filter((one) => one !== model);
    this.models = isIn ? [...others, model] : others;
  }
}
