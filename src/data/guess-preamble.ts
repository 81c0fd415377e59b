import type { Reasoned } from './dialect';
import { guessHeader, namesValues } from './guess-header';

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
  const width = findTableWidth(rows.slice(first));
  const titles = findTitles(rows.slice(first, first + MAX_TITLES + 1), width);
  const nTitles = isTableBelow(rows.slice(first), titles, width) ? titles : 0;
  const n = first + nTitles;
  if (n === 0) return { value: 0, reason: 'The table starts with the first line.' };
  if (nTitles === 0) return { value: 1, reason: 'The first line names the delimiter for a spreadsheet.' };
  const lines = n === 1 ? 'The first line has' : `The first ${n} lines have`;
  return { value: n, reason: `${lines} no cells like the ${width} of the table below.` };
}

/** Number of cells a row of the rows that hold most of the cells. */
function findTableWidth(rows: readonly string[][]): number {
  const nCells = new Map<number, number>();
  for (const { length } of rows) nCells.set(length, (nCells.get(length) ?? 0) + length);
  let width = 0;
  for (const [candidate, n] of nCells) if (n > (nCells.get(width) ?? 0)) width = candidate;
  return width;
}

function findTitles(rows: readonly string[][], width: number): number {
  const n = rows.findIndex((row, i) => !isTitle(row, width) && !isAboveHeader(rows, i, width));
  return n < 0 ? 0 : n;
}

function isTitle(row: readonly string[], width: number): boolean {
  const nFilled = row.filter((cell) => cell.trim() !== '').length;
  if (row.length === 1) return width >= 2;
  return width >= 3 && nFilled <= Math.max(1, width / 3);
}

/** A row too short to be the header, with one below it that is. */
function isAboveHeader(rows: readonly string[][], i: number, width: number): boolean {
  const below = rows[i + 1] ?? [];
  const isFull = below.length === width && below.every((cell) => cell.trim() !== '');
  return (rows[i]?.length ?? 0) < width && isFull && namesValues(rows.slice(i + 1));
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
