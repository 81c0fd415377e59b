import type { Reasoned } from './dialect';
import { isNumberText, type DecimalMark } from './number-text';
import type { RawTable } from './raw-column';

/**
 * Comma when more columns are whole only as numbers with a decimal comma than with a point. A comma that always stands
 * before three digits is a thousands mark and proves nothing.
 */
export function guessDecimalMark(table: RawTable, missingTokens: readonly string[]): Reasoned<DecimalMark> {
  const missing = new Set(['', ...missingTokens]);
  let nComma = 0;
  let nPoint = 0;
  for (const { levels } of table.columns) {
    const texts = levels.map((level) => level.trim()).filter((text) => !missing.has(text));
    if (isWritten(texts, ',') && texts.some((text) => /,\d{1,2}$|,\d{4,}$/.test(text))) nComma++;
    if (isWritten(texts, '.')) nPoint++;
  }
  if (nComma > nPoint) {
    return { value: ',', reason: `${describeColumns(nComma)} numbers with a decimal comma.` };
  }
  if (nPoint > 0) return { value: '.', reason: `${describeColumns(nPoint)} numbers with a decimal point.` };
  return { value: '.', reason: 'No column has decimals; a point is assumed.' };
}

function isWritten(texts: readonly string[], mark: DecimalMark): boolean {
  return texts.some((text) => text.includes(mark)) && texts.every((text) => isNumberText(text, mark));
}

function describeColumns(n: number): string {
  return n === 1 ? 'One column has' : `${n} columns have`;
}
