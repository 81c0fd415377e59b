import type { Reasoned } from './dialect';
import { isNumberText } from './number-text';

/** Which cells of delimited text stand in quotes: those that need them, all but numbers and empty ones, or all. */
export type Quoting = 'needed' | 'text' | 'all';

/**
 * How a sample quotes its cells, by the cells it leaves bare and those it quotes without need. A sample may end in mid-row.
 *
 * @param delimiter one character
 */
export function guessQuoting(sample: string, delimiter: string): Reasoned<Quoting> {
  if (!sample.includes('"')) return AS_NEEDED;
  const { quoted, bare } = collectCells(sample, delimiter);
  const needless = quoted.filter((cell) => !/["\r\n]/.test(cell) && !cell.includes(delimiter));
  if (needless.length === 0) return AS_NEEDED;
  if (bare.length === 0) return { value: 'all', reason: 'Every cell of the first rows is quoted.' };
  const texts = bare.filter((cell) => !isNumberText(cell, '.') && !isNumberText(cell, ',') && cell !== 'NA');
  return texts.length === 0 && needless.some((cell) => !isNumberText(cell, '.'))
    ? { value: 'text', reason: 'Every cell of the first rows is quoted but numbers and missing values.' }
    : AS_NEEDED;
}

const AS_NEEDED: Reasoned<Quoting> = { value: 'needed', reason: 'Cells are quoted only where they must be.' };

/** Distinct cells with and without quotes, empty bare ones left out; the last, perhaps cut, is not looked at. */
function collectCells(
  sample: string,
  delimiter: string,
): { readonly quoted: readonly string[]; readonly bare: readonly string[] } {
  const edge = delimiter.replace(/[\\\]^-]/g, '\\$&');
  const cell = new RegExp(
    `[ \\t]*"((?:[^"]|"")*)"(?=[${edge}\\r\\n])|([^${edge}\\r\\n]+)(?=[${edge}\\r\\n])`,
    'g',
  );
  const quoted = new Set<string>();
  const bare = new Set<string>();
  for (const [, inside, outside] of sample.matchAll(cell)) {
    if (inside !== undefined) quoted.add(inside);
    else if (outside !== undefined && outside.trim() !== '') bare.add(outside.trim());
  }
  return { quoted: [...quoted], bare: [...bare] };
}
