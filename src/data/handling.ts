/** What is done to the records before a generator may see them, and the account of what was done. */

/** A person's choices; persisted and replayable. */
export interface Handling {
  /** Smallest number a level or an extreme must stand for: of groups where the split keeps rows of an identifier together, else of rows. */
  readonly k: number;
  /** Pool levels below k in train. */
  readonly poolRareLevels: boolean;
  /**
   * What a pooled level becomes: `redistribute` replaces it by a kept level drawn by frequency (no new category
   * appears in the output); `label` writes `pooledLabel` instead, if that then stands for k; `by-share` writes the label
   * where more than one row in twenty is pooled or the column says what kind of person someone is, and else redistributes.
   */
  readonly pooledAs: 'redistribute' | 'label' | 'by-share';
  readonly pooledLabel: string;
  /** Cap numbers and datetimes at the k-th smallest and k-th largest value of train. */
  readonly capExtremes: boolean;
}

/** Least and greatest `k` that may be chosen. */
export const MIN_K = 2;
export const MAX_K = 1000;

export const DEFAULT_HANDLING: Handling = {
  k: 5,
  poolRareLevels: true,
  pooledAs: 'by-share',
  pooledLabel: 'Other',
  capExtremes: true,
};

/** How train and holdout are cut apart, before anything is fitted. */
export interface SplitChoice {
  /** Share of rows (or of groups) held out, 0–0.5; 0 = no holdout. */
  readonly fraction: number;
  readonly seed: number;
  /** Column whose levels keep their shares in both parts, or null. */
  readonly stratifyBy: string | null;
  /** Identifier column whose rows must stay together, or null. */
  readonly groupBy: string | null;
}

export const DEFAULT_SPLIT: SplitChoice = { fraction: 0.2, seed: 1, stratifyBy: null, groupBy: null };

/** One line of the account: counts and column names, never cell values. */
export interface HandlingEntry {
  readonly column: string;
  readonly action: 'generalised' | 'pooled' | 'capped' | 'dropped' | 'regenerated' | 'repeated';
  /** Rows of train the action touched; of the whole table where it was generalised. */
  readonly nRows: number;
  /** Levels pooled, or ends capped. */
  readonly nItems: number;
  /** One sentence in plain words. */
  readonly note: string;
}
