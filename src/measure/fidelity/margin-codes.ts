import { countBelow } from '../../math/bisect';
import type { Column } from '../../data/table';
import { sortPresent } from '../../math/statistics';

/** How a column becomes a few codes: 0 is missing; numbers by tenths of train, levels by train's most frequent ones. */
export type MarginRule =
  | { readonly kind: 'number'; readonly nCodes: number; readonly cuts: Float64Array }
  | { readonly kind: 'level'; readonly nCodes: number; readonly codeOfLevel: Uint8Array };

const N_BINS = 10;
/** Code of levels that are not among the most frequent ones; train may have none of them. */
const OTHER = 1;

/**
 * Learns the codes of a column of train: at most ten bins of equal count (fewer where values repeat), or the `nLevels` most
 * frequent levels and one for the others. Source: the accuracy of mostlyai-qa.
 */
export function fitMarginRule(column: Column, nLevels = 10): MarginRule {
  if (column.kind === 'number') {
    const cuts = findCuts(sortPresent(column.values));
    return { kind: 'number', nCodes: cuts.length + 2, cuts };
  }
  const counts = new Float64Array(column.levels.length);
  for (const code of column.codes) if (code >= 0) counts[code] = (counts[code] ?? 0) + 1;
  const frequent = Array.from(counts.keys())
    .filter((level) => (counts[level] ?? 0) > 0)
    .sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0) || a - b)
    .slice(0, nLevels);
  const codeOfLevel = new Uint8Array(column.levels.length).fill(OTHER);
  frequent.forEach((level, i) => (codeOfLevel[level] = i + 2));
  return { kind: 'level', nCodes: frequent.length + 2, codeOfLevel };
}

/** Upper ends of all bins but the last; a bin holds its upper end. */
function findCuts(ascending: Float64Array): Float64Array {
  const n = ascending.length;
  const most = ascending[n - 1] ?? NaN;
  const cuts: number[] = [];
  for (let i = 1; i < N_BINS; i++) {
    const cut = ascending[Math.ceil((i * n) / N_BINS) - 1] ?? NaN;
    if (cut < most && cut > (cuts.at(-1) ?? -Infinity)) cuts.push(cut);
  }
  const below = ascending[countBelow(ascending, most) - 1];
  if (cuts.length === 0 && below !== undefined) cuts.push(below);
  return Float64Array.from(cuts);
}

/** Codes of the rows of a column that is aligned with the rule's. */
export function codeMargin(rule: MarginRule, column: Column): Uint8Array {
  if (rule.kind === 'level')
    return column.kind === 'level'
      ? Uint8Array.from(column.codes, (code) => (code < 0 ? 0 : (rule.codeOfLevel[code] ?? OTHER)))
      : new Uint8Array();
  return column.kind === 'number'
    ? Uint8Array.from(column.values, (value) => (Number.isNaN(value) ? 0 : 1 + countBelow(rule.cuts, value)))
    : new Uint8Array();
}
