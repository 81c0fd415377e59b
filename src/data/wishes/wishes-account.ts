import type { Wishes } from './wishes';

/** How often a wish was met while records were drawn. */
export interface WishRate {
  /** Values or records that the wish was tried on; a value that was drawn again counts again. */
  readonly nTried: number;
  readonly nMet: number;
}

/** Wishes that a file was drawn with, and what became of them. */
export interface GrantedWishes extends WishesAccount {
  /** As a person made them, with the combinations that were learnt, so that the same records can be drawn again. */
  readonly asked: Wishes;
  /** Each wish in plain words, in the order of `rates`. */
  readonly sentences: readonly string[];
}

/** What became of wishes while records were drawn. */
export interface WishesAccount {
  readonly nKept: number;
  /** Records begun until the last one that was kept. */
  readonly nDrawn: number;
  /** One for each wish, in the order of `listWishes`. */
  readonly rates: readonly WishRate[];
}
