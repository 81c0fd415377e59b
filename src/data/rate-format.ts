import { splitRows } from './split-rows';
import type { TextFormat } from './text-format';

/** The first characters of a text, which may end in mid-row. */
export interface TextSample {
  readonly text: string;
  /** True when the text is all there is. */
  readonly isWhole: boolean;
}

/** What a sample looks like when it is read in a format. */
export interface Rating {
  /** At most 500, blank lines left out. */
  readonly rows: readonly string[][];
  /** Most frequent number of cells a row. */
  readonly width: number;
  /** Share of rows of that width. */
  readonly agreement: number;
  /** Quotes that break the rules. */
  readonly nFaults: number;
}

/** Rows that guesses are made from. */
const MAX_ROWS = 500;

export function rateFormat({ text, isWhole }: TextSample, format: TextFormat): Rating {
  const first = firstLines(text, MAX_ROWS + 100);
  const { rows, counts } = splitRows(first, format, isWhole && first.length === text.length);
  return { ...rateRows(rows.slice(0, MAX_ROWS)), nFaults: counts.nQuoteFaults };
}

/** The most frequent number of cells of some rows, and how many of them have it. */
export function rateRows(rows: readonly string[][]): Omit<Rating, 'nFaults'> {
  const counts = new Map<number, number>();
  for (const row of rows) counts.set(row.length, (counts.get(row.length) ?? 0) + 1);
  let width = 0;
  let n = 0;
  for (const [candidate, count] of counts) if (count > n) [width, n] = [candidate, count];
  return { rows, width, agreement: rows.length === 0 ? 0 : n / rows.length };
}

/** The text up to and with its n-th line end. */
function firstLines(text: string, n: number): string {
  const lineEnd = text.includes('\n') ? '\n' : '\r';
  let at = 0;
  for (let i = 0; i < n; i++) {
    at = text.indexOf(lineEnd, at) + 1;
    if (at === 0) return text;
  }
  return text.slice(0, at);
}
