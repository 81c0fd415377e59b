import type { Reasoned } from './dialect';
import { guessHeader } from './guess-header';
import { rateRows } from './rate-format';

/** Lines that may stand above a table. */
const MAX_TITLES = 30;

/** `sep=;` as the first line tells a spreadsheet the delimiter. */
const SEP_LINE = /^\ufeff?"?sep=(.{1,8}?)"?\r?(?:\n|$)/i;

/** The delimiter that a first line `sep=…` names, or null. */
export function readSepLine(text: string): string | null {
  return SEP_LINE.exec(text)?.[1] ?? null;
}

/**
 * How many rows stand above the header: lines of one cell, or nearly empty ones, over a table of several columns, whose
 * first row then looks like a header or is the first with all its cells.
 */
export function guessPreamble(rows: readonly string[][], hasSepLine: boolean): Reasoned<number> {
  const first = hasSepLine ? 1 : 0;
  const { width } = rateRows(rows.slice(first));
  const titles = findTitles(rows.slice(first, first + MAX_TITLES + 1), width);
  const nTitles = isTableBelow(rows.slice(first), titles, width) ? titles : 0;
  const n = first + nTitles;
  if (n === 0) return { value: 0, reason: 'The table starts with the first line.' };
  if (nTitles === 0) return { value: 1, reason: 'The first line names the delimiter for a spreadsheet.' };
  const lines = n === 1 ? 'The first line has' : `The first ${n} lines have`;
  return { value: n, reason: `${lines} no cells like the ${width} of the table below.` };
}

function findTitles(rows: readonly string[][], width: number): number {
  const n = rows.findIndex((row) => !isTitle(row, width));
  return n < 0 ? 0 : n;
}

function isTitle(row: readonly string[], width: number): boolean {
  const nFilled = row.filter((cell) => cell.trim() !== '').length;
  if (row.length === 1) return width >= 2;
  return width >= 3 && nFilled <= 1;
}

function isTableBelow(rows: readonly string[][], n: number, width: number): boolean {
  if (n === 0 || n > MAX_TITLES || n >= rows.length) return false;
  const head = rows[n] ?? [];
  const isFull = head.length >= width - 1 && head.filter((cell) => cell.trim() !== '').length > width / 2;
  if (!isFull) return false;
  return (
    guessHeader(rows.slice(n)).value || (rows.slice(0, n).every((row) => row.length === 1) && width >= 3)
  );
}
