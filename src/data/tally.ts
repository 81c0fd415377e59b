import type { NumberNotation } from './number-text';
import type { RawColumn } from './raw-column';

/** How cells of a file are read as values. */
export interface ReadingRules extends NumberNotation {
  /** Cell texts (trimmed, exact spelling) read as missing, besides the empty cell. */
  readonly missingTokens: readonly string[];
}

/** Distinct trimmed texts of a column with their counts, and what is missing. */
export interface Tally {
  /** Texts of values that are there, in order of first appearance. */
  readonly texts: readonly string[];
  /** Rows a text, aligned with `texts`. */
  readonly counts: Uint32Array;
  /** Index into `texts` for each raw level; −1 = missing. */
  readonly textOfLevel: Int32Array;
  readonly nPresent: number;
  readonly nMissing: number;
  /** Missing text found most often, `''` when there is none. */
  readonly missingToken: string;
}

/** Groups the raw levels of a column by trimmed text. */
export function tallyColumn(raw: RawColumn, rules: ReadingRules): Tally {
  const missing = new Set(['', ...rules.missingTokens]);
  const levelCounts = countLevels(raw);
  const textOfLevel = new Int32Array(raw.levels.length).fill(-1);
  const indexOf = new Map<string, number>();
  const texts: string[] = [];
  const counts: number[] = [];
  const missingCounts = new Map<string, number>();
  raw.levels.forEach((level, code) => {
    const text = level.trim();
    const count = levelCounts[code] ?? 0;
    if (missing.has(text)) {
      missingCounts.set(text, (missingCounts.get(text) ?? 0) + count);
      return;
    }
    let index = indexOf.get(text);
    if (index === undefined) {
      index = texts.length;
      indexOf.set(text, index);
      texts.push(text);
      counts.push(0);
    }
    counts[index] = (counts[index] ?? 0) + count;
    textOfLevel[code] = index;
  });
  const nMissing = [...missingCounts.values()].reduce((sum, n) => sum + n, 0);
  const [missingToken = ''] = [...missingCounts].reduce(
    (best, entry) => (entry[1] > best[1] ? entry : best),
    ['', 0],
  );
  const nPresent = raw.codes.length - nMissing;
  return { texts, counts: Uint32Array.from(counts), textOfLevel, nPresent, nMissing, missingToken };
}

/** Texts ordered by count, the most frequent first; ties stay in order of first appearance. */
export function orderTexts(tally: Tally): string[] {
  return tally.texts
    .map((text, i) => ({ text, count: tally.counts[i] ?? 0 }))
    .sort((a, b) => b.count - a.count)
    .map(({ text }) => text);
}

/** Counts of columns that were tallied before: a long one is gone through once, whatever the rules. */
const known = new WeakMap<RawColumn, Uint32Array>();

/** Rows of each level. */
function countLevels(raw: RawColumn): Uint32Array {
  const before = known.get(raw);
  if (before !== undefined) return before;
  const { codes, levels } = raw;
  const counts = new Uint32Array(levels.length);
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row] ?? 0;
    counts[code] = (counts[code] ?? 0) + 1;
  }
  known.set(raw, counts);
  return counts;
}
