import {
  isClassificationName,
  isCodeName,
  isDateName,
  isKindOfPersonName,
  isMomentName,
  isYearName,
} from './column-names';
import { guessDatetime, guessDigitDate, guessTimeOfDay } from './datetime-guess';
import { describeMeasurements } from './measurement-text';
import { findMixedValues } from './mixed-values';
import { detectNamedIdentifier } from './named-identifier';
import { isIntegerText, isNumberText, parseNumber } from './number-text';
import { detectStructured } from './structured-values';
import { averageOver, countRepeats, countWords, guess, type Evidence, type TypeGuess } from './type-guess';

type Detector = (evidence: Evidence) => TypeGuess | null;

/** Distinct values up to which numbers named like codes are categories. */
export const FEW_VALUES = 50;
/** Different times of day up to which they are categories. */
const FEW_TIMES = 20;
/** Share of distinct values from which a column of words looks like one entry a row. */
const MOSTLY_DISTINCT = 0.5;

/** The first of an ordered list of detectors that recognises the column; categories are what is left. */
export function inferType(evidence: Evidence): TypeGuess {
  for (const detect of DETECTORS) {
    const found = detect(evidence);
    if (found !== null) return found;
  }
  return guess('categorical', `Words or marks, ${evidence.tally.texts.length} different ones that repeat.`);
}

const detectTrivial: Detector = ({ tally }) => {
  if (tally.nPresent === 0) return guess('empty', 'Every cell is missing.');
  if (tally.texts.length > 1) return null;
  if (tally.nMissing === 0) return guess('constant', 'Every row has the same value.');
  return guess('categorical', 'One value that is either there or missing.');
};

const detectBoolean: Detector = ({ raw, tally }) => {
  if (tally.texts.length !== 2) return null;
  const pair = tally.texts
    .map((text) => text.toLowerCase().replace(/^([01])\.0+$/, '$1'))
    .sort()
    .join('/');
  if (!['0/1', 'false/true', 'f/t', 'no/yes', 'n/y'].includes(pair)) return null;
  if (pair === '0/1' && isKindOfPersonName(raw.name))
    return guess('categorical', 'Two digits, but the name says that they stand for kinds of persons.');
  return guess('boolean', 'Two values that say yes or no.');
};

const detectCounter: Detector = ({ raw, tally }) => {
  if (tally.nMissing > 0 || tally.nPresent < 20 || tally.texts.length !== tally.nPresent) return null;
  const first = Number(tally.texts[0]);
  if (![0, 1].includes(first)) return null;
  const isCounter = tally.texts.every((text, i) => isIntegerText(text) && Number(text) === first + i);
  return isCounter && raw.codes.length > 0
    ? guess('identifier', 'Numbers the rows one by one, so it carries nothing but the order.')
    : null;
};

const detectDigitDate: Detector = ({ raw, tally }) => {
  const pattern = guessDigitDate(tally.texts);
  if (pattern === 'yyyyMMdd' && (isDateName(raw.name) || tally.texts.length >= 5)) {
    return guess('datetime', 'Eight digits that all make a calendar date.', pattern);
  }
  if (pattern === 'yyyy' && isYearName(raw.name)) {
    return guess('datetime', 'Four digits under a name that says year.', pattern);
  }
  return null;
};

/** Years 1973–2100 in seconds and in milliseconds. */
const EPOCHS = [
  { pattern: /^\d{9,10}$/, unit: 'seconds', perSecond: 1 },
  { pattern: /^\d{12,13}$/, unit: 'milliseconds', perSecond: 1000 },
] as const;
const EPOCH_SECONDS = { first: 100_000_000, last: 4_102_444_800 };

/** Moments counted from 1970: numbers with an order, not codes. */
const detectEpoch: Detector = ({ raw, tally }) => {
  if (!isMomentName(raw.name)) return null;
  const found = EPOCHS.find(({ pattern, perSecond }) =>
    tally.texts.every((text) => {
      const seconds = Number(text) / perSecond;
      return pattern.test(text) && seconds >= EPOCH_SECONDS.first && seconds <= EPOCH_SECONDS.last;
    }),
  );
  if (found === undefined) return null;
  return guess(
    'integer',
    `Whole numbers that read as ${found.unit} since 1970: learnt as numbers, and not shown as dates unless the file has them as such.`,
  );
};

const detectCode: Detector = ({ raw, tally, rules, few }) => {
  if (!tally.texts.every((text) => isNumberText(text, rules))) return null;
  const reason = findCodeReason(raw.name, tally.texts);
  if (reason === null) return null;
  const isPerRow = tally.texts.length > 0.9 * tally.nPresent && tally.texts.length > few;
  return guess(isPerRow ? 'identifier' : 'categorical', reason);
};

function findCodeReason(name: string, texts: readonly string[]): string | null {
  if (texts.some((text) => /^0\d+$/.test(text))) return 'Leading zeros: a code, not a number.';
  if (texts.some((text) => /^[+-]?\d{12,}$/.test(text) || Math.abs(Number(text)) > Number.MAX_SAFE_INTEGER)) {
    return 'Whole numbers, some of twelve digits or more: a code, not a number.';
  }
  const isWhole = texts.every((text) => /^\d+(?:\.0+)?$/.test(text));
  if (isWhole && isCodeName(name)) return 'Whole numbers, but the name says that they stand for categories.';
  if (isClassificationName(name))
    return 'Numbers, but the name says that they are codes of a classification.';
  const width = texts[0]?.length ?? 0;
  const isOneWidth =
    isWhole && width >= 9 && texts.length >= 20 && texts.every((text) => text.length === width);
  if (isOneWidth && !isDateName(name))
    return 'Whole numbers that all have nine or more digits: a code, not a number.';
  return null;
}

const detectNumber: Detector = ({ tally, rules }) => {
  if (!tally.texts.every((text) => isNumberText(text, rules))) return null;
  const isWhole = tally.texts.every((text) => Number.isInteger(parseNumber(text, rules)));
  if (!isWhole) return guess('continuous', 'All values are numbers, some with decimals.');
  const few =
    tally.texts.length <= 10
      ? ` Only ${tally.texts.length} values, kept as numbers because their order means something unless the name says otherwise.`
      : '';
  const zeros = tally.texts.some((text) => text.includes(rules.decimalMark))
    ? ' written with a decimal mark'
    : '';
  return guess('integer', `All values are whole numbers${zeros}.${few}`);
};

const detectDatetime: Detector = ({ tally, dayFirst }) => {
  const found = guessDatetime(tally.texts, dayFirst);
  if (found === null) return null;
  const doubt = found.ambiguous
    ? `; day and month could be the other way round, ${dayFirst ? 'day' : 'month'} first is assumed: please check`
    : '';
  return guess('datetime', `All values follow one date pattern${doubt}.`, found.pattern);
};

/** A few times that come back are kept as categories: rounds of a ward, say. */
const detectTimeOfDay: Detector = ({ tally }) => {
  const pattern = tally.texts.length > FEW_TIMES ? guessTimeOfDay(tally.texts) : null;
  return pattern === null ? null : guess('datetime', 'All values are times of day.', pattern);
};

const detectText: Detector = ({ raw, tally, few }) => {
  const nDistinct = tally.texts.length;
  const share = nDistinct / tally.nPresent;
  const words = averageOver(tally.texts, countWords);
  const length = averageOver(tally.texts, (text) => text.length);
  const isLong = (length > 40 || words > 6) && nDistinct >= 10;
  if ((isLong && share > 0.2) || length > 150) return guess('text', 'Long texts, most of them different.');
  if (nDistinct < few) return null;
  const measured = describeMeasurements(raw.name, tally.texts);
  if (measured !== null) return guess('text', measured);
  if (share < MOSTLY_DISTINCT) return null;
  if (words < 1.3) return guess('identifier', 'Nearly every row has its own one-word code.');
  return guess('text', 'Free text: most rows have wording of their own.');
};

/** Rows a different text has on average below which categories would be pooled away. */
const FEWEST_REPEATS = 5;

/** A column that is numbers or dates but for a few cells says so, since that is usually a missing token not yet named. */
const detectMixed: Detector = (evidence) => {
  const mixed = findMixedValues(evidence);
  if (mixed === null) return null;
  const isPooledAway = countRepeats(evidence.tally) < FEWEST_REPEATS;
  return guess(isPooledAway ? 'text' : 'categorical', mixed.reason);
};

/** Codes of which most are digits. */
const detectMostlyDigits: Detector = ({ raw, tally, rules }) => {
  if (!isCodeName(raw.name) && !isClassificationName(raw.name)) return null;
  let nOther = 0;
  tally.texts.forEach((text, i) => {
    if (!isNumberText(text, rules)) nOther += tally.counts[i] ?? 0;
  });
  const isLikeCodes = tally.texts.every((text) => text.length >= 6 && !text.includes(rules.decimalMark));
  if (tally.texts.length < 20 || isLikeCodes || nOther > 0.1 * tally.nPresent) return null;
  return guess('categorical', 'Mostly digits, but the name says that its values are codes.');
};

const DETECTORS: readonly Detector[] = [
  detectTrivial,
  detectBoolean,
  detectStructured,
  detectNamedIdentifier,
  detectCounter,
  detectDigitDate,
  detectEpoch,
  detectCode,
  detectNumber,
  detectDatetime,
  detectTimeOfDay,
  detectMostlyDigits,
  detectMixed,
  detectText,
];
