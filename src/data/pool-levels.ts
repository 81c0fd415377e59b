import type { Rng } from '../math/rng';
import { isKindOfPersonName } from './column-names';
import { formatShare } from './format-share';
import { dropColumn, type HandledColumn } from './handled-column';
import type { Handling, HandlingEntry } from './handling';
import { nameCounted, type RowGroups } from './row-groups';
import type { ColumnSchema } from './schema';
import type { LevelColumn } from './table';

/** Share of rows with a value above which pooled levels get a level of their own, unless a person chose otherwise. */
export const MANY_POOLED = 0.05;

interface Pooling {
  /** Levels that stay, the most frequent first. */
  readonly kept: readonly number[];
  readonly pooled: readonly number[];
  /** Rows of train a level. */
  readonly counts: Uint32Array;
  readonly nPresent: number;
  readonly nPooled: number;
  /** What k counts (rows or groups) that have a pooled level. */
  readonly nPooledCounted: number;
}

/** The column with each level below k rows of train, or below k groups of them, pooled. */
export function poolColumn(
  column: LevelColumn,
  schema: ColumnSchema,
  handling: Handling,
  groups: RowGroups | null,
  rng: Rng,
): HandledColumn {
  const floor = handling.poolRareLevels ? handling.k : 1;
  const pooling = divideLevels(column, floor, groups);
  const { kept, pooled, counts, nPresent, nPooled } = pooling;
  if (nPresent === 0 || countWith(column, groups, () => true) < floor)
    return dropColumn(schema, nPresent, floor, groups);
  const isLabelled = hasOwnLevel(schema.name, pooling, handling);
  const levels = kept.map((code) => column.levels[code] ?? '');
  const label = isLabelled && nPooled > 0 ? findOrAdd(levels, handling.pooledLabel) : -1;
  const cumulative = accumulate(kept.map((code) => counts[code] ?? 0));
  const isAsItWas = pooled.length === 0 && kept.every((code, i) => code === i);
  const codes = isAsItWas
    ? column.codes
    : recode(column, kept, () => (label >= 0 ? label : rng.pick(cumulative)));
  const log =
    pooled.length === 0 ? [] : [describePooling(schema.name, pooling, label >= 0, handling, groups)];
  return { column: { ...column, codes, levels }, schema: { ...schema, levels }, log };
}

function divideLevels(column: LevelColumn, floor: number, groups: RowGroups | null): Pooling {
  const counts = countRows(column);
  const counted = groups === null ? counts : countGroups(column, groups);
  const order = [...counts.keys()].filter((code) => (counts[code] ?? 0) > 0);
  order.sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0) || a - b);
  const kept = order.filter((code) => (counted[code] ?? 0) >= floor);
  const pooled = order.filter((code) => (counted[code] ?? 0) < floor);
  const isPooled = new Uint8Array(counts.length);
  for (const code of pooled) isPooled[code] = 1;
  return {
    kept,
    pooled,
    counts,
    nPresent: counts.reduce((sum, n) => sum + n, 0),
    nPooled: pooled.reduce((sum, code) => sum + (counts[code] ?? 0), 0),
    nPooledCounted: countWith(column, groups, (code) => isPooled[code] === 1),
  };
}

/** A level of their own says that there were others, where spreading them would turn a minority into the majority. */
function hasOwnLevel(name: string, { kept, nPooled, nPooledCounted, nPresent }: Pooling, handling: Handling) {
  if (kept.length === 0) return true;
  if (handling.pooledAs === 'redistribute' || nPooledCounted < handling.k) return false;
  return handling.pooledAs === 'label' || isKindOfPersonName(name) || nPooled > MANY_POOLED * nPresent;
}

function countRows({ codes, levels }: LevelColumn): Uint32Array {
  const counts = new Uint32Array(levels.length);
  for (const code of codes) if (code >= 0) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
}

/** Groups that have a level in any row, for each level. */
function countGroups({ codes, levels }: LevelColumn, { groupOf, order }: RowGroups): Uint32Array {
  const counts = new Uint32Array(levels.length);
  const last = new Int32Array(levels.length).fill(-1);
  for (const row of order) {
    const code = codes[row] ?? -1;
    const group = groupOf[row] ?? 0;
    if (code < 0 || last[code] === group) continue;
    last[code] = group;
    counts[code] = (counts[code] ?? 0) + 1;
  }
  return counts;
}

/** Rows, or groups of rows, with a level that is wanted. */
function countWith(
  { codes }: LevelColumn,
  groups: RowGroups | null,
  isWanted: (code: number) => boolean,
): number {
  const seen = groups === null ? null : new Uint8Array(groups.nGroups);
  let n = 0;
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row] ?? -1;
    if (code < 0 || !isWanted(code)) continue;
    const group = groups?.groupOf[row] ?? 0;
    if (seen?.[group] === 1) continue;
    if (seen !== null) seen[group] = 1;
    n++;
  }
  return n;
}

/** Codes by the order of `kept`; the rows of other levels get what `replace` says, one after the other. */
function recode({ codes, levels }: LevelColumn, kept: readonly number[], replace: () => number): Int32Array {
  const newCode = new Int32Array(levels.length).fill(-1);
  kept.forEach((code, i) => (newCode[code] = i));
  const recoded = new Int32Array(codes.length);
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row] ?? -1;
    const moved = newCode[code] ?? -1;
    recoded[row] = code < 0 || moved >= 0 ? moved : replace();
  }
  return recoded;
}

function describePooling(
  column: string,
  { pooled, nPooled, nPresent }: Pooling,
  isLabelled: boolean,
  handling: Handling,
  groups: RowGroups | null,
): HandlingEntry {
  const nItems = pooled.length;
  const which = nItems === 1 ? 'One level' : `${nItems} levels`;
  const what = isLabelled
    ? tellLabelled(handling.pooledLabel)
    : `${nItems === 1 ? 'was' : 'were'} replaced by more frequent ones, drawn by frequency`;
  const counted = nameCounted(groups?.column ?? null);
  const share = `${formatShare(nPooled / nPresent)} of the rows with a value`;
  const note = `${which} with fewer than ${handling.k} ${counted} ${what} (${share}).`;
  return { column, action: 'pooled', nRows: nPooled, nItems, note };
}

function tellLabelled(label: string): string {
  return `became "${label}"`;
}

/** True for the entry of a column whose pooled levels became that label. */
export function isPooledAs({ action, note }: HandlingEntry, label: string): boolean {
  return action === 'pooled' && note.includes(` ${tellLabelled(label)} (`);
}

function findOrAdd(levels: string[], label: string): number {
  const at = levels.indexOf(label);
  return at >= 0 ? at : levels.push(label) - 1;
}

function accumulate(weights: readonly number[]): Float64Array {
  const cumulative = new Float64Array(weights.length);
  let sum = 0;
  weights.forEach((weight, i) => (cumulative[i] = sum += weight));
  return cumulative;
}
