import type { ColumnEvidence } from './evidence';
import type { IdentifierKind } from './kinds';

const shareOf = (texts: readonly string[], test: (text: string) => boolean): number =>
  texts.length === 0 ? 0 : texts.filter(test).length / texts.length;

const hasLetters = (text: string): boolean => /\p{L}{2}/u.test(text);
const countDigits = (text: string): number => text.replace(/\D/g, '').length;
/** A code: five characters or more, a digit among them, in no more than four groups; shorter ones are counts and grades. */
const isCode = (text: string): boolean =>
  text.length >= 5 && /\d/.test(text) && text.split(/\s+/).length <= 4;

/** What the values of a kind must look like for a name to be believed. */
const LOOKS: Readonly<Partial<Record<IdentifierKind, (text: string) => boolean>>> = {
  'person-name': (text) => hasLetters(text) && text.length <= 80,
  'street-address': hasLetters,
  place: (text) => hasLetters(text) || /^\d{3,11}$/.test(text),
  telephone: (text) => countDigits(text) >= 6,
  fax: (text) => countDigits(text) >= 6,
  'zip-code': (text) => /^\d{3,5}(?:-?\d{4})?(?:\.0)?$/.test(text),
  postcode: (text) => text.length >= 3 && text.length <= 10 && /\d/.test(text),
  coordinates: (text) => /\d/.test(text) && !/^\d{1,2}$/.test(text),
  'web-address': (text) => text.includes('.') || text.includes('/'),
  'network-address': (text) => /[.:]/.test(text),
  email: (text) => text.includes('@'),
  photograph: (text) => text.length >= 5,
  biometric: (text) => text.length >= 5,
};

/** Different values from which a word with other meanings is believed. */
const FEWEST_LIKELY = 10;
const MOST = 0.6;

/**
 * Whether a column could hold what its name claims: no yes or no and no date, and most values of the right look. A
 * name with several meanings needs ten different values, too.
 */
export function fitsName(column: ColumnEvidence, kind: IdentifierKind, isSure: boolean): boolean {
  if (['boolean', 'datetime', 'empty'].includes(column.type) || column.texts.length === 0) return false;
  if (!isSure && column.texts.length < FEWEST_LIKELY) return false;
  const looksRight = LOOKS[kind] ?? isCode;
  const isKeyOfHouse = column.type === 'identifier' && LOOKS[kind] === undefined;
  return isKeyOfHouse || shareOf(column.texts, looksRight) >= MOST;
}
