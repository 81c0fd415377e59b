import { CAP_ROWS_PER_K, findCaps, findGrid } from './find-caps';
import { dropColumn, type HandledColumn } from './handled-column';
import type { Handling } from './handling';
import { nameCounted, type RowGroups } from './row-groups';
import type { ColumnSchema } from './schema';
import type { NumberColumn } from './table';

/** The column with its extremes set to ends that k rows of train, or k groups of them, stand for. */
export function capColumn(
  column: NumberColumn,
  schema: ColumnSchema,
  handling: Handling,
  groups: RowGroups | null,
): HandledColumn {
  const present = column.values.filter((value) => !Number.isNaN(value)).sort();
  const ends = groups === null ? { lows: present, highs: present } : findEndsOfGroups(column.values, groups);
  const fewest = handling.capExtremes ? CAP_ROWS_PER_K * handling.k : 1;
  if (ends.lows.length < fewest) return dropColumn(schema, present.length, fewest, groups);
  const lowest = present[0] ?? 0;
  const highest = present[present.length - 1] ?? 0;
  const declared = schema.bounds?.declared === true ? schema.bounds : null;
  const caps = handling.capExtremes
    ? findCaps(ends.lows, handling.k, findGrid(present, schema), ends.highs)
    : [lowest, highest];
  const [min = lowest, max = highest] = caps.map((cap) =>
    declared === null ? cap : clamp(cap, declared.min, declared.max),
  );
  let nRows = 0;
  for (const value of present) if (value < min || value > max) nRows++;
  const values = nRows === 0 ? column.values : column.values.map((value) => clamp(value, min, max));
  const nItems = (min > lowest ? 1 : 0) + (max < highest ? 1 : 0);
  const note = describeCaps(handling, declared !== null, groups);
  const bounds = declared ?? { min, max, declared: false };
  return {
    column: { ...column, values },
    schema: { ...schema, bounds },
    log: nRows === 0 ? [] : [{ column: schema.name, action: 'capped', nRows, nItems, note }],
  };
}

function describeCaps({ capExtremes, k }: Handling, isDeclared: boolean, groups: RowGroups | null): string {
  if (!capExtremes) return 'Values outside the declared range were set to its ends.';
  const range = isDeclared ? ', and none leaves the declared range' : '';
  const counted = nameCounted(groups?.column ?? null);
  return `Extreme values were set to an end that stands for at least ${k} ${counted}${range}.`;
}

/** The smallest and the largest value of each group that has one, both ascending. */
function findEndsOfGroups(
  values: Float64Array,
  { groupOf, nGroups }: RowGroups,
): { readonly lows: Float64Array; readonly highs: Float64Array } {
  const lows = new Float64Array(nGroups).fill(Infinity);
  const highs = new Float64Array(nGroups).fill(-Infinity);
  values.forEach((value, row) => {
    const group = groupOf[row] ?? 0;
    if (value < (lows[group] ?? 0)) lows[group] = value;
    if (value > (highs[group] ?? 0)) highs[group] = value;
  });
  return {
    lows: lows.filter((low) => low < Infinity).sort(),
    highs: highs.filter((high) => high > -Infinity).sort(),
  };
}

/** NaN stays NaN: missing has no bounds. */
function clamp(value: number, min: number, max: number): number {
  return Math.min(max, Math.max(min, value));
}
