import type { Reasoned } from './dialect';
import { parseDatePart } from './datetime-guess';
import { isAnyNumberText, isNumberText, POINT } from './number-text';

const MISSING_LIKE = /^(?:|\?|\.|-+|na|n\/a|#n\/a|nan|null|none)$/i;

/**
 * Whether the first row names the columns: it does when a column of numbers or dates starts with a word, it does not
 * when the first cells are numbers themselves; for tables of words, when its cells are distinct and do not come back.
 */
export function guessHeader(rows: readonly (readonly string[])[]): Reasoned<boolean> {
  const first = (rows[0] ?? []).map((cell) => cell.trim());
  const body = rows.slice(1, 200);
  const { forHeader, against } = weighColumns(first, body);
  if (forHeader > 0 && forHeader >= against) {
    return { value: true, reason: 'The first row has words where the rows below have numbers or dates.' };
  }
  if (against > 0 || first.some((cell) => isNumberText(cell, POINT) && !/^(?:19|20)\d\d$/.test(cell))) {
    return { value: false, reason: 'The first row holds numbers or dates like the rows below it.' };
  }
  return judgeWords(first, body);
}

/** True when the first row has words above numbers or dates, and no number or date itself. */
export function namesValues(rows: readonly (readonly string[])[]): boolean {
  const first = (rows[0] ?? []).map((cell) => cell.trim());
  const { forHeader, against } = weighColumns(first, rows.slice(1, 200));
  return forHeader > 0 && against === 0;
}

/** Columns of numbers or dates that speak for a header and against one. */
function weighColumns(
  first: readonly string[],
  body: readonly (readonly string[])[],
): { readonly forHeader: number; readonly against: number } {
  let forHeader = 0;
  let against = 0;
  first.forEach((cell, i) => {
    const below = body.map((row) => (row[i] ?? '').trim()).filter((text) => !MISSING_LIKE.test(text));
    const nValues = below.filter(isValue).length;
    if (MISSING_LIKE.test(cell) || below.length === 0 || nValues < 0.8 * below.length) return;
    if (!isValue(cell)) forHeader++;
    else if (!/^(?:19|20)\d\d$/.test(cell)) against++;
  });
  return { forHeader, against };
}

function judgeWords(first: readonly string[], body: readonly (readonly string[])[]): Reasoned<boolean> {
  const named = first.filter((cell) => cell !== '');
  const distinct = new Set(named).size === named.length && named.length >= first.length / 2;
  const nRepeats = first.filter(
    (cell, i) => cell !== '' && body.some((row) => row[i]?.trim() === cell),
  ).length;
  const few = first.length < 3 ? 1 : 2;
  if (distinct && nRepeats < few) {
    return {
      value: true,
      reason: 'The cells of the first row are distinct words that do not come back below.',
    };
  }
  return { value: false, reason: 'The first row looks like the rows below it.' };
}

function isValue(text: string): boolean {
  return isAnyNumberText(text) || parseDatePart(text);
}
