import type { IdentifierKind, SafeHarborLetter } from './kinds';

/**
 * Coarsenings of a column: `zip3` the first three digits of a ZIP code, 000 for small areas; `year` a date to its year;
 * `days-since-first` a date to days since its person's first date; `age-90` ages over 89 to 90.
 */
export type GeneraliseRule = 'zip3' | 'year' | 'days-since-first' | 'age-90';

/** What is proposed for a column, for a person to confirm. */
export type ProposedHandling =
  /** Left out of the synthetic file. */
  | { readonly action: 'drop' }
  /** Kept out of training; surrogates of the same shape that occur in no source row are written instead. */
  | { readonly action: 'regenerate' }
  | { readonly action: 'generalise'; readonly rule: GeneraliseRule }
  /** Learnt, and counted among what singles a person out. */
  | { readonly action: 'quasi-identifier' };

/** One column that holds, or may hold, an identifier. */
export interface IdentifierFinding {
  readonly column: string;
  readonly kind: IdentifierKind;
  readonly letter: SafeHarborLetter;
  /** One sentence without cell values: the share of values that have a form, or the word of the name. */
  readonly reason: string;
  /** 0–1: a rank for a person's eye, made of what name and values say; not a measured probability. */
  readonly confidence: number;
  readonly isDirect: boolean;
  readonly proposal: ProposedHandling;
}
