import type { IdentifierKind } from './kinds';

/** A form that values of one kind of identifier have. */
export interface ValueForm {
  readonly kind: IdentifierKind;
  /** Completes "… of the values have the form of". */
  readonly what: string;
  /** Trimmed text; never throws. */
  readonly test: (text: string) => boolean;
  /** Share of texts of the same look that pass by chance; 0.1 for one check digit on bare digits. */
  readonly chance: number;
  /** Different values, and share of the different values, from which the form alone is evidence. */
  readonly fewest: number;
  readonly share: number;
}

/** A form that nothing else has: three values and one in twenty suffice. */
export const sureForm = (
  kind: IdentifierKind,
  what: string,
  test: (text: string) => boolean,
  limits: { readonly fewest?: number; readonly share?: number } = {},
): ValueForm => ({ kind, what, test, chance: 0.001, fewest: 3, share: 0.05, ...limits });

/** Bare digits with a check: ten values and nine in ten of all. */
export const checkedForm = (
  kind: IdentifierKind,
  what: string,
  test: (text: string) => boolean,
  chance = 0.1,
): ValueForm => ({ kind, what, test, chance, fewest: 8, share: 0.9 });

/** The text without the marks that stand between groups. */
export function stripMarks(text: string): string {
  return text.replace(/[ .\-/]/g, '');
}

/** True when the digits left between marks fit the shape and the check agrees. */
export function checkDigits(shape: RegExp, passes: (digits: string) => boolean): (text: string) => boolean {
  return (text) => {
    if (text.length > 40) return false;
    const bare = stripMarks(text).toUpperCase();
    return shape.test(bare) && passes(bare);
  };
}
