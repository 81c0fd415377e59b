import type { Generalisation } from './generalise/generalisation';
import type { IdentifierKind, SafeHarborLetter } from './kinds';

/** What is proposed for a column, for a person to confirm. */
export type ProposedHandling =
  /** Left out of the synthetic file. */
  | { readonly action: 'drop' }
  /** Kept out of training; surrogates of the same shape that occur in no source row are written instead. */
  | { readonly action: 'regenerate' }
  | { readonly action: 'generalise'; readonly by: Generalisation }
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
