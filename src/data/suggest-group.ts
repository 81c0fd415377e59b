import { isKeyName, isPersonName } from './identifier-names';
import type { Schema } from './schema';
import type { Tally } from './tally';

export interface GroupSuggestion {
  readonly column: string;
  /** Mean rows a value. */
  readonly rowsPerValue: number;
}

/**
 * The identifier by which rows belong together: one that repeats, a person's before a stay's, else the one with the
 * most rows a value. Null when no identifier repeats.
 */
export function suggestGroupBy(schema: Schema, tallies: readonly Tally[]): GroupSuggestion | null {
  let best: (GroupSuggestion & { readonly isPerson: boolean }) | null = null;
  schema.columns.forEach((column, i) => {
    const tally = tallies[i];
    if (column.type !== 'identifier' || tally === undefined || tally.nPresent === 0) return;
    if (!isKeyName(column.name)) return;
    const rowsPerValue = tally.nPresent / tally.texts.length;
    const isPerson = isPersonName(column.name);
    const repeats = rowsPerValue >= (isPerson ? 1.02 : 1.1) && tally.texts.length >= 10;
    if (!repeats) return;
    const isBetter =
      best === null ||
      (isPerson && !best.isPerson) ||
      (isPerson === best.isPerson && rowsPerValue > best.rowsPerValue);
    if (isBetter) best = { column: column.name, rowsPerValue, isPerson };
  });
  return best;
}
