import type { ColumnType } from './schema';
import type { RawColumn } from './raw-column';
import type { ReadingRules, Tally } from './tally';

export interface TypeGuess {
  readonly type: ColumnType;
  /** One sentence without cell values. */
  readonly reason: string;
  /** Datetime pattern, null for other types. */
  readonly format: string | null;
}

/** What a type is inferred from. */
export interface Evidence {
  readonly raw: Pick<RawColumn, 'name' | 'codes'>;
  readonly tally: Tally;
  readonly rules: ReadingRules;
  /** Days before months when nothing else tells. */
  readonly dayFirst: boolean;
  /** Distinct values up to which words or codes are categories, however few rows each has. */
  readonly few: number;
}

export const guess = (type: ColumnType, reason: string, format: string | null = null): TypeGuess => ({
  type,
  reason,
  format,
});

/** Mean rows a value. */
export function countRepeats(tally: Tally): number {
  return tally.nPresent / Math.max(1, tally.texts.length);
}

/** Mean of a measure over texts; 0 of none. */
export function averageOver(texts: readonly string[], measure: (text: string) => number): number {
  let sum = 0;
  for (const text of texts) sum += measure(text);
  return texts.length === 0 ? 0 : sum / texts.length;
}

/** Words of a text, cut at white space. */
export function countWords(text: string): number {
  return text.split(/\s+/).length;
}
