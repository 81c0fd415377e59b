import { guessDatetime } from './datetime-guess';
import { isPersonName, judgeIdentifierName } from './identifier-names';
import { isGrouped, isIntegerText, isNumberText } from './number-text';
import type { Tally } from './tally';
import { averageOver, countRepeats, countWords, guess, type Evidence, type TypeGuess } from './type-guess';

/** Different values from which a column under a name with several meanings is taken for one of persons. */
const LIKELY_VALUES = 10;
/** Digits below which whole numbers under such a name are amounts. */
const LIKELY_DIGITS = 6;

/** Identifiers that are called so, if their values could be; dates and numbers with decimals are none. */
export const detectNamedIdentifier = ({ raw, tally, rules, few }: Evidence): TypeGuess | null => {
  const name = judgeIdentifierName(raw.name);
  if (name === null || tally.texts.length <= 2) return null;
  const isFraction = tally.texts.some(
    (text) => !isIntegerText(text) && !isGrouped(text, rules) && isNumberText(text, rules),
  );
  if (isFraction || guessDatetime(tally.texts, true) !== null) return null;
  if (name === 'direct') return guess('identifier', 'The name says that it identifies or locates a person.');
  const isCoarse = tally.texts.length <= 20 && countRepeats(tally) >= 50 && !isPersonName(raw.name);
  if (name === 'likely')
    return !couldBePersons(tally) || (isCoarse && averageOver(tally.texts, countWords) < 1.5)
      ? null
      : guess('identifier', 'The name says that it identifies or locates a person, and the values could.');
  const isUnique = tally.texts.length >= 0.9 * tally.nPresent && tally.nPresent >= 3;
  if (isUnique)
    return guess(
      'identifier',
      'The name says identifier, and all rows or nearly all have a value of their own.',
    );
  if (name === 'record' && !isCoarse)
    return guess('identifier', 'The name says identifier; its values repeat over several rows.');
  if (/item|code|concept/i.test(raw.name))
    return guess('categorical', 'The name says codes of things, and they repeat.');
  if (tally.texts.length > few)
    return guess('identifier', 'The name says identifier and it has many values.');
  return guess(
    'categorical',
    `The name says identifier, but ${tally.texts.length} values repeat in many rows: codes.`,
  );
};

function couldBePersons({ texts }: Tally): boolean {
  const isAmount = texts.every((text) => isIntegerText(text) && text.length < LIKELY_DIGITS);
  return texts.length >= LIKELY_VALUES && !isAmount;
}
