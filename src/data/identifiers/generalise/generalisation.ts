/**
 * Coarsenings of a column: `zip3` the first three digits of a ZIP code, 000 for small areas; `year` a date to its year;
 * `days-since-first` a date to days since its person's first date; `age-90` ages over 89 to 90.
 */
export type GeneraliseRule = 'zip3' | 'year' | 'days-since-first' | 'age-90';

/** One coarsening that a person chose, made before types are inferred. Plain JSON, persisted: changes need a migration. */
export type Generalisation =
  | { readonly column: string; readonly rule: 'zip3' | 'age-90' }
  /** `format` is the pattern by which the column's dates are read; years before `earliest` are written as it. */
  | { readonly column: string; readonly rule: 'year'; readonly format: string; readonly earliest?: number }
  /** `key` is the column whose values say which rows belong to one person. */
  | {
      readonly column: string;
      readonly rule: 'days-since-first';
      readonly format: string;
      readonly key: string;
    };

/** What became of a column: counts, never cell values. */
export interface GeneralisedCount {
  readonly column: string;
  readonly rule: GeneraliseRule;
  /** Rows whose text changed, and how many of them could not be read and are missing now. */
  readonly nRows: number;
  readonly nUnread: number;
  /** Of years: the one that stands for all before it; null where each stands for itself. */
  readonly earliest: number | null;
}

const WORDS: Readonly<Record<GeneraliseRule, string>> = {
  zip3: 'First three digits only, 000 for areas of 20,000 people or fewer by the Census lists of 2000 and 2010 together; the Census of 2020 was not checked.',
  year: 'Year only.',
  'days-since-first': 'Days since the first date of the same person.',
  'age-90': 'Ages over 89 are 90, which stands for 90 and over.',
};

/** What a rule did, in one sentence or two without cell values. */
export function describeGeneralisation({ rule, nUnread, earliest }: GeneralisedCount): string {
  const unread =
    nUnread === 0 ? '' : ` ${nUnread} ${nUnread === 1 ? 'row' : 'rows'} could not be read: missing now.`;
  const early =
    earliest === null
      ? ''
      : ` ${earliest} stands for all years before it, too, which would show an age over 89.`;
  return `${WORDS[rule]}${early} Done before the holdout was cut off.${unread}`;
}
