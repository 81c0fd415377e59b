import { isClassificationName, isCodeName } from './column-names';
import { guessMostDatetimes } from './datetime-guess';
import { isNumberText } from './number-text';
import type { Evidence } from './type-guess';

/** A column of numbers or dates but for a few cells, which keep it from being read as such. */
export interface MixedValues {
  /** A sentence without cell values: what the few are and what to do about them. */
  readonly reason: string;
}

/** Different texts below which nothing is said of a column. */
const FEWEST_TEXTS = 20;
/** Share of rows up to which other cells are few. */
const FEW_ROWS = 0.1;
/** Share of rows up to which they are, where they are the same word or two again and again. */
const FEW_WORDS_ROWS = 0.5;
const FEW_WORDS = 3;
const LIMIT = /^[<>≤≥]/;

/** What keeps a column from being one of numbers or dates, or null where nothing does or its name says code. */
export function findMixedValues({ raw, tally, rules, dayFirst }: Omit<Evidence, 'few'>): MixedValues | null {
  if (tally.texts.length < FEWEST_TEXTS) return null;
  if (isCodeName(raw.name) || isClassificationName(raw.name)) return null;
  const isLikeCodes = tally.texts.every((text) => text.length >= 6 && !text.includes(rules.decimalMark));
  const ofNumbers = isLikeCodes
    ? null
    : describe(
        'numbers',
        'number',
        others(tally, (text) => isNumberText(text, rules)),
        tally.nPresent,
      );
  if (ofNumbers !== null) return ofNumbers;
  const isDate = guessMostDatetimes(tally.texts, dayFirst);
  return isDate === null ? null : describe('dates', 'date', others(tally, isDate), tally.nPresent);
}

interface Others {
  readonly texts: readonly string[];
  readonly nRows: number;
}

function others({ texts, counts }: Evidence['tally'], isWanted: (text: string) => boolean): Others {
  const found: string[] = [];
  let nRows = 0;
  texts.forEach((text, i) => {
    if (isWanted(text)) return;
    found.push(text);
    nRows += counts[i] ?? 0;
  });
  return { texts: found, nRows };
}

function describe(
  plural: string,
  singular: string,
  { texts, nRows }: Others,
  nPresent: number,
): MixedValues | null {
  const limit = texts.length <= FEW_WORDS ? FEW_WORDS_ROWS : FEW_ROWS;
  if (texts.length === 0 || nRows > limit * nPresent) return null;
  const most = nRows > FEW_ROWS * nPresent ? 'Most' : 'Nearly all';
  const cells = nRows === 1 ? '1 cell' : `${nRows} cells`;
  if (singular === 'number' && texts.every((text) => LIMIT.test(text))) {
    const verb = nRows === 1 ? 'lies' : 'lie';
    return {
      reason: `${most} values are numbers but ${cells} ${verb} below (or above) a detection limit: decide what they stand for and write it as a number, or the column is not learnt as one.`,
    };
  }
  const verb = nRows === 1 ? 'is' : 'are';
  return {
    reason: `${most} values are ${plural} but ${cells} ${verb} not: read as missing, these would make it a ${singular} column.`,
  };
}
