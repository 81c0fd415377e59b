import type { Reasoned } from './dialect';
import type { TextFormat } from './text-format';
import { isAnyNumberText, isNumberText, POINT } from './number-text';

type QuotedFormat = Pick<TextFormat, 'delimiter' | 'quote' | 'escape'>;

/** Which cells of delimited text stand in quotes: those that need them, all but numbers and empty ones, or all. */
export type Quoting = 'needed' | 'text' | 'all';

/**
 * How a sample quotes its cells, by the cells it leaves bare and those it quotes without need. A sample may end in mid-row.
 */
export function guessQuoting(sample: string, format: QuotedFormat): Reasoned<Quoting> {
  const { delimiter, quote, escape } = format;
  if (quote === null || !sample.includes(quote)) return AS_NEEDED;
  const { quoted, bare } = collectCells(sample, { delimiter, quote, escape });
  const marks = ['\r', '\n', quote, delimiter, ...(escape === 'backslash' ? ['\\'] : [])];
  const needless = quoted.filter((cell) => !marks.some((mark) => cell.includes(mark)));
  if (needless.length === 0) return AS_NEEDED;
  if (bare.length === 0) return { value: 'all', reason: 'Every cell of the first rows is quoted.' };
  const texts = bare.filter((cell) => !isAnyNumberText(cell) && cell !== 'NA');
  return texts.length === 0 && needless.some((cell) => !isNumberText(cell, POINT))
    ? { value: 'text', reason: 'Every cell of the first rows is quoted but numbers and missing values.' }
    : AS_NEEDED;
}

const AS_NEEDED: Reasoned<Quoting> = { value: 'needed', reason: 'Cells are quoted only where they must be.' };

/**
 * Distinct cells with and without quotes, empty bare ones left out; the last, perhaps cut, is not looked at. Each
 * character is looked at a few times at most: a cell may be as long as the sample.
 */
function collectCells(
  sample: string,
  { delimiter, quote, escape }: QuotedFormat & { readonly quote: string },
): { readonly quoted: readonly string[]; readonly bare: readonly string[] } {
  const edge = new RegExp(`[${delimiter.replace(/[\\\]^-]/g, '\\$&')}\\r\\n]`, 'g');
  const quoted = new Set<string>();
  const bare = new Set<string>();
  for (let start = 0; start < sample.length;) {
    edge.lastIndex = start;
    const end = edge.exec(sample)?.index ?? -1;
    const opening = skipBlanks(sample, start);
    const closing = sample[opening] === quote ? findClosing(sample, opening, quote, escape) : -1;
    if (sample[opening] === quote && closing < 0) break;
    edge.lastIndex = closing + 1;
    if (closing >= 0 && edge.exec(sample)?.index === closing + 1) {
      quoted.add(sample.slice(opening + 1, closing));
      start = closing + 2;
    } else if (end < 0) break;
    else {
      const cell = sample.slice(start, end).trim();
      if (cell !== '') bare.add(cell);
      start = end + 1;
    }
  }
  return { quoted: [...quoted], bare: [...bare] };
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (text[at] === ' ' || text[at] === '\t') at++;
  return at;
}

/** Where the quote that opens at `opening` closes, −1 = nowhere. */
function findClosing(text: string, opening: number, quote: string, escape: QuotedFormat['escape']): number {
  for (let at = opening + 1; at < text.length; at++) {
    if (escape === 'backslash' && text[at] === '\\') at++;
    else if (text[at] === quote) {
      if (escape === 'backslash' || text[at + 1] !== quote) return at;
      at++;
    }
  }
  return -1;
}
