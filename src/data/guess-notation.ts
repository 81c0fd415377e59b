import { chosen, type Reasoned } from './dialect';
import {
  isGrouped,
  isNumberText,
  type DecimalMark,
  type NumberNotation,
  type ThousandsMark,
} from './number-text';
import type { RawTable } from './raw-column';

const THOUSANDS_MARKS = [',', '.', "'", ' ', '\u00a0', '\u202f'] as const;
const DECIMAL_MARKS = ['.', ','] as const;

export interface NotationGuess {
  readonly decimalMark: Reasoned<DecimalMark>;
  readonly thousandsMark: Reasoned<ThousandsMark>;
}

/** What a person set; absent keys are guessed. */
export type NotationChoice = Partial<NumberNotation>;

/** Different texts of a column that are there. */
type Texts = readonly string[];

/**
 * How the numbers of a table are written. A column proves a decimal mark when it is numbers from top to bottom under that
 * mark and not under the other: `1,234` proves nothing, as the comma may be either. Throws nothing: a choice in which both
 * marks are the same is refused where it is made.
 */
export function guessNotation(
  table: RawTable,
  missingTokens: readonly string[],
  choice: NotationChoice = {},
): NotationGuess {
  const missing = new Set(['', ...missingTokens]);
  const columns = table.columns
    .map(({ levels }) => levels.map((level) => level.trim()).filter((text) => !missing.has(text)))
    .filter((texts) => texts.some((text) => /\d[.,' \u00a0\u202f]\d/.test(text)) && texts.every(hasDigit));
  const proofs = countProofs(columns);
  const decimalMark =
    choice.decimalMark === undefined
      ? decideDecimalMark(columns, proofs, choice.thousandsMark)
      : chosen(choice.decimalMark);
  const thousandsMark =
    choice.thousandsMark === undefined
      ? decideThousandsMark(columns, decimalMark.value, proofs[decimalMark.value] > 0)
      : chosen(choice.thousandsMark);
  return { decimalMark, thousandsMark };
}

function hasDigit(text: string): boolean {
  return /\d/.test(text);
}

function isWritten(texts: Texts, notation: NumberNotation): boolean {
  return texts.every((text) => isNumberText(text, notation));
}

function isReadable(texts: Texts, decimalMark: DecimalMark): boolean {
  return listThousandsMarks(decimalMark).some((thousandsMark) =>
    isWritten(texts, { decimalMark, thousandsMark }),
  );
}

function listThousandsMarks(decimalMark: DecimalMark): readonly ThousandsMark[] {
  return ['', ...THOUSANDS_MARKS.filter((mark) => mark !== decimalMark)];
}

function countProofs(columns: readonly Texts[]): Readonly<Record<DecimalMark, number>> {
  const proofs = { '.': 0, ',': 0 };
  for (const texts of columns) {
    const [point, comma] = DECIMAL_MARKS.map((mark) => isReadable(texts, mark));
    if (point !== comma) proofs[point === true ? '.' : ',']++;
  }
  return proofs;
}

function decideDecimalMark(
  columns: readonly Texts[],
  proofs: Readonly<Record<DecimalMark, number>>,
  thousandsMark: ThousandsMark | undefined,
): Reasoned<DecimalMark> {
  if (thousandsMark === '.' || thousandsMark === ',') {
    return { value: thousandsMark === '.' ? ',' : '.', reason: 'The other mark stands between thousands.' };
  }
  if (proofs[','] > proofs['.'])
    return { value: ',', reason: `${describeColumns(proofs[','])} numbers with a decimal comma.` };
  const nPoint = columns.filter(
    (texts) => isReadable(texts, '.') && texts.some((text) => text.includes('.')),
  ).length;
  return nPoint > 0
    ? { value: '.', reason: `${describeColumns(nPoint)} numbers with a decimal point.` }
    : { value: '.', reason: 'No column has decimals; a point is assumed.' };
}

/** The mark under which most columns are grouped numbers; nothing where no column is. */
function decideThousandsMark(
  columns: readonly Texts[],
  decimalMark: DecimalMark,
  isProved: boolean,
): Reasoned<ThousandsMark> {
  let best: ThousandsMark = '';
  let most = 0;
  for (const thousandsMark of listThousandsMarks(decimalMark)) {
    const notation = { decimalMark, thousandsMark };
    const n = columns.filter((texts) => isGroupedColumn(texts, notation, isProved)).length;
    if (n > most) [best, most] = [thousandsMark, n];
  }
  if (best === '') return { value: '', reason: 'No column has marks between thousands.' };
  return { value: best, reason: `${describeColumns(most)} numbers with a mark between thousands.` };
}

/**
 * True for numbers of which all from a thousand up are grouped. Where the mark could be the decimal one of the other
 * notation, more is asked: a number of two groups, with decimals or below a thousand, or another column's proof.
 */
function isGroupedColumn(texts: Texts, notation: NumberNotation, isProved: boolean): boolean {
  const { decimalMark, thousandsMark } = notation;
  const grouped = texts.filter((text) => isGrouped(text, notation));
  if (grouped.length === 0 || !isWritten(texts, notation)) return false;
  if (texts.some((text) => /^[+-]?\d{4,}/.test(text))) return false;
  const isDoubtful = thousandsMark === '.' || thousandsMark === ',';
  return (
    !isDoubtful ||
    isProved ||
    grouped.length < texts.length ||
    grouped.some((text) => text.includes(decimalMark) || text.split(thousandsMark).length > 2)
  );
}

function describeColumns(n: number): string {
  return n === 1 ? 'One column has' : `${n} columns have`;
}
