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

/** Distinct cells with and without quotes, empty bare ones left out; the last, perhaps cut, is not looked at. */
function collectCells(
  sample: string,
  { delimiter, quote, escape }: QuotedFormat & { readonly quote: string },
): { readonly quoted: readonly string[]; readonly bare: readonly string[] } {
  const edge = delimiter.replace(/[\\\]^-]/g, '\\$&');
  const inside = escape === 'double' ? `[^${quote}]|${quote}${quote}` : `[^${quote}\\\\]|\\\\[^]`;
  const cell = new RegExp(
    `[ \\t]*${quote}((?:${inside})*)${quote}(?=[${edge}\\r\\n])|([^${edge}\\r\\n]+)(?=[${edge}\\r\\n])`,
    'g',
  );
  const quoted = new Set<string>();
  const bare = new Set<string>();
  for (const [, within, outside] of sample.matchAll(cell)) {
    if (within !== undefined) quoted.add(within);
    else if (outside !== undefined && outside.trim() !== '') bare.add(outside.trim());
  }
  return { quoted: [...quoted], bare: [...bare] };
}
