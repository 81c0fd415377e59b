import { foldWord } from '../column-names';
import { FAMILY_NAMES, GIVEN_NAMES } from './common-names';
import { sureForm, type ValueForm } from './value-form';

const known = new Set([...GIVEN_NAMES, ...FAMILY_NAMES]);
const TITLE = /^(?:mrs?|ms|miss|dr|prof|sir|herr|frau|mme|mlle|sr|sra|dott|ing)\.?$/i;
const WORD = /^\p{L}[\p{L}\p{M}'’`.-]*\d{0,4},?$/u;

/**
 * True for one to five words of letters, the first of them a capital, of which one is a common name of a person. Digits
 * behind a word (as Synthea writes) do not count.
 */
export function isPersonName(text: string): boolean {
  if (text.length > 60 || !/^["'(]?\p{Lu}/u.test(text)) return false;
  const words = text.split(/[\s]+/).filter((word) => !TITLE.test(word));
  if (words.length === 0 || words.length > 5 || !words.every((word) => WORD.test(word))) return false;
  return words.some((word) =>
    foldWord(word.toLowerCase())
      .replace(/[\d,.]+$/, '')
      .split('-')
      .some((part) => known.has(part)),
  );
}

/** Names of persons, by how many of them are common ones. */
export const NAME_FORMS: readonly ValueForm[] = [
  sureForm('person-name', 'a name of a person (one of its words is a common name)', isPersonName, {
    fewest: 8,
    share: 0.2,
  }),
];
