import type { RawTable } from './raw-column';
import type { Tally } from './tally';

export interface Missingness {
  /** Columns that miss any value, in file order. */
  readonly columns: readonly string[];
  /** Most frequent patterns: 1 = missing, aligned with `columns`; at most 20. */
  readonly patterns: readonly { readonly mask: readonly number[]; readonly count: number }[];
  readonly nPatterns: number;
}

const MAX_PATTERNS = 20;

/** Which columns are missing together, and how often. The pattern in which nothing is missing counts too. */
export function findMissingness(table: RawTable, tallies: readonly Tally[]): Missingness {
  const gappy = table.columns.flatMap((column, i) => {
    const tally = tallies[i];
    if (tally === undefined || tally.nMissing === 0) return [];
    const isMissing = Uint8Array.from(tally.textOfLevel, (text) => (text < 0 ? 1 : 0));
    return [{ name: column.name, codes: column.codes, isMissing }];
  });
  if (gappy.length === 0) return { columns: [], patterns: [], nPatterns: 0 };
  // One column at a time, a pattern's number is the pair (number so far, bit), renumbered in order of appearance.
  let patternOf = new Uint32Array(table.nRows);
  let masks: number[][] = [[]];
  for (const { codes, isMissing } of gappy) {
    const renumbered = new Map<number, number>();
    const extended: number[][] = [];
    patternOf = patternOf.map((pattern, row) => {
      const bit = isMissing[codes[row] ?? 0] ?? 0;
      const key = pattern * 2 + bit;
      const known = renumbered.get(key);
      if (known !== undefined) return known;
      extended.push([...(masks[pattern] ?? []), bit]);
      renumbered.set(key, extended.length - 1);
      return extended.length - 1;
    });
    masks = extended;
  }
  const counts = new Uint32Array(masks.length);
  for (const pattern of patternOf) counts[pattern] = (counts[pattern] ?? 0) + 1;
  const patterns = masks
    .map((mask, i) => ({ mask, count: counts[i] ?? 0 }))
    .sort((a, b) => b.count - a.count)
    .slice(0, MAX_PATTERNS);
  return { columns: gappy.map(({ name }) => name), patterns, nPatterns: masks.length };
}
