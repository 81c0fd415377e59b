import type { ColumnType } from './schema';
import {
  isClassificationName,
  isCodeName,
  isDateName,
  isPersonName,
  isYearName,
  judgeIdentifierName,
} from './column-names';
import { guessDatetime, guessDigitDate, guessTimeOfDay } from './datetime-guess';
import { describeMeasurements } from './measurement-text';
import { isGrouped, isIntegerText, isNumberText, parseNumber } from './number-text';
import type { RawColumn } from './raw-column';
import type { ReadingRules, Tally } from './tally';

export interface TypeGuess {
  readonly type: ColumnType;
  /** One sentence without cell values. */
  readonly reason: string;
  /** Datetime pattern, null for other types. */
  readonly format: string | null;
}

interface Evidence {
  readonly raw: RawColumn;
  readonly tally: Tally;
  readonly rules: ReadingRules;
  /** Days before months when nothing else tells. */
  readonly dayFirst: boolean;
}

type Detector = (evidence: Evidence) => TypeGuess | null;

const guess = (type: ColumnType, reason: string, format: string | null = null): TypeGuess => ({
  type,
  reason,
  format,
});

/** Distinct values up to which numbers named like codes are categories. */
const FEW = 50;
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

const detectBoolean: Detector = ({ tally }) => {
  if (tally.texts.length !== 2) return null;
  const pair = tally.texts
    .map((text) => text.toLowerCase().replace(/^([01])\.0+$/, '$1'))
    .sort()
    .join('/');
  if (!['0/1', 'false/true', 'f/t', 'no/yes', 'n/y'].includes(pair)) return null;
  return guess('boolean', 'Two values that say yes or no.');
};

const UUID = /^\{?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\}?$/i;
const STRUCTURES: readonly { readonly pattern: RegExp; readonly what: string }[] = [
  { pattern: UUID, what: 'universally unique identifiers (UUID)' },
  { pattern: /^[^\s@]+@[^\s@]+\.[^\s@]+$/, what: 'e-mail addresses' },
  { pattern: /^\d{3}-\d{2}-\d{4}$/, what: 'social security numbers' },
  { pattern: /^(?:\+\d[\d ()-]{7,}|\(?\d{3}\)?[ -]\d{3}-\d{4})$/, what: 'telephone numbers' },
  { pattern: /^\d+(?:\.\d+){6,}$/, what: 'object identifiers (OID)' },
];

const detectStructuredIdentifier: Detector = ({ raw, tally }) => {
  const found = STRUCTURES.find(({ pattern }) => tally.texts.every((text) => pattern.test(text)));
  if (found === undefined) return null;
  const isSmallCode =
    tally.texts.length <= 20 && repeats(tally) >= 20 && judgeIdentifierName(raw.name) === null;
  if (isSmallCode)
    return guess('categorical', `A few ${found.what} that stand for things, each in many rows.`);
  return guess('identifier', `All values are ${found.what}.`);
};

const detectNamedIdentifier: Detector = ({ raw, tally, rules }) => {
  const name = judgeIdentifierName(raw.name);
  if (name === null || tally.texts.length <= 2) return null;
  const isFraction = tally.texts.some(
    (text) => !isIntegerText(text) && !isGrouped(text, rules) && isNumberText(text, rules),
  );
  if (isFraction || guessDatetime(tally.texts, true) !== null) return null;
  const share = tally.texts.length / tally.nPresent;
  if (name === 'direct') return guess('identifier', 'The name says that it identifies or locates a person.');
  const isUnique = share >= 0.9 && tally.nPresent >= 3;
  if (isUnique)
    return guess(
      'identifier',
      'The name says identifier, and all rows or nearly all have a value of their own.',
    );
  const isCoarse = tally.texts.length <= 20 && repeats(tally) >= 50 && !isPersonName(raw.name);
  if (name === 'record' && !isCoarse)
    return guess('identifier', 'The name says identifier; its values repeat over several rows.');
  if (/item|code|concept/i.test(raw.name))
    return guess('categorical', 'The name says codes of things, and they repeat.');
  if (tally.texts.length > FEW)
    return guess('identifier', 'The name says identifier and it has many values.');
  return guess(
    'categorical',
    `The name says identifier, but ${tally.texts.length} values repeat in many rows: codes.`,
  );
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

const detectCode: Detector = ({ raw, tally, rules }) => {
  if (!tally.texts.every((text) => isNumberText(text, rules))) return null;
  const reason = findCodeReason(raw.name, tally.texts);
  if (reason === null) return null;
  const isPerRow = tally.texts.length > 0.9 * tally.nPresent && tally.texts.length > FEW;
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

const detectText: Detector = ({ raw, tally }) => {
  const nDistinct = tally.texts.length;
  const share = nDistinct / tally.nPresent;
  const words = average(tally.texts, (text) => text.split(/\s+/).length);
  const length = average(tally.texts, (text) => text.length);
  const isLong = (length > 40 || words > 6) && nDistinct >= 10;
  if ((isLong && share > 0.2) || length > 150) return guess('text', 'Long texts, most of them different.');
  if (share < MOSTLY_DISTINCT || nDistinct < FEW) return null;
  const measured = describeMeasurements(raw.name, tally.texts);
  if (measured !== null) return guess('text', measured);
  if (words < 1.3) return guess('identifier', 'Nearly every row has its own one-word code.');
  return guess('text', 'Free text: most rows have wording of their own.');
};

/** A column that is numbers but for a few cells says so, since that is usually a missing token not yet named. */
const detectMixed: Detector = ({ raw, tally, rules }) => {
  let nOther = 0;
  tally.texts.forEach((text, i) => {
    if (!isNumberText(text, rules)) nOther += tally.counts[i] ?? 0;
  });
  const isLikeCodes = tally.texts.every((text) => text.length >= 6 && !text.includes(rules.decimalMark));
  if (tally.texts.length < 20 || isLikeCodes || nOther > 0.1 * tally.nPresent) return null;
  if (isCodeName(raw.name) || isClassificationName(raw.name))
    return guess('categorical', 'Mostly digits, but the name says that its values are codes.');
  const cells = nOther === 1 ? '1 cell is' : `${nOther} cells are`;
  return guess(
    'categorical',
    `Nearly all values are numbers but ${cells} not: read as missing, these would make it a number column.`,
  );
};

const DETECTORS: readonly Detector[] = [
  detectTrivial,
  detectBoolean,
  detectStructuredIdentifier,
  detectNamedIdentifier,
  detectCounter,
  detectDigitDate,
  detectCode,
  detectNumber,
  detectDatetime,
  detectTimeOfDay,
  detectMixed,
  detectText,
];

function repeats(tally: Tally): number {
  return tally.nPresent / Math.max(1, tally.texts.length);
}

function average(texts: readonly string[], measure: (text: string) => number): number {
  let sum = 0;
  for (const text of texts) sum += measure(text);
  return texts.length === 0 ? 0 : sum / texts.length;
}
