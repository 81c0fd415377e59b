import type { Column, LevelColumn, NumberColumn } from '../table';
import type { Combination, CombinationsRule, OrderRule, Range, Shares, Wish } from './wishes';

/** Whether a row meets a wish. */
export type RowTest = (row: number) => boolean;

/**
 * A wish laid over columns. Shares are met by every row of a level that is wished for. Throws TypeError for a column of the
 * wrong kind: wishes are checked against the schema before (check-wishes.ts).
 *
 * @param columnOf the column of a name
 */
export function bindWish(wish: Wish, columnOf: (name: string) => Column): RowTest {
  switch (wish.kind) {
    case 'levels':
      return bindLevels(levelsOf(columnOf(wish.column)), wish.levels);
    case 'within':
      return bindRange(numbersOf(columnOf(wish.column)), wish, false);
    case 'range':
      return bindRange(numbersOf(columnOf(wish.column)), wish, true);
    case 'missing':
      return bindMissing(columnOf(wish.column));
    case 'present': {
      const isMissing = bindMissing(columnOf(wish.column));
      return (row) => !isMissing(row);
    }
    case 'order':
      return bindOrder(wish, columnOf);
    case 'combinations':
      return bindCombinations(wish, columnOf);
    case 'shares': {
      const places = placeShares(wish, levelsOf(columnOf(wish.column)));
      return (row) => (places(row) ?? -1) >= 0;
    }
  }
}

/** Place of a row's level among the shares; −1 = it is not wished for. */
export function placeShares({ shares }: Shares, { codes, levels }: LevelColumn): (row: number) => number {
  const wanted = (level: string | null) =>
    shares.findIndex((entry) => entry.level === level && entry.share > 0);
  const places = levels.map(wanted);
  const ofMissing = wanted(null);
  return (row) => {
    const code = codes[row] ?? -1;
    return code < 0 ? ofMissing : (places[code] ?? -1);
  };
}

function bindLevels({ codes, levels }: LevelColumn, wanted: readonly string[]): RowTest {
  const isWanted = levels.map((level) => wanted.includes(level));
  return (row) => isWanted[codes[row] ?? -1] ?? false;
}

function bindRange(values: Float64Array, { min, max }: Range, mayMiss: boolean): RowTest {
  const [low, high] = [min ?? -Infinity, max ?? Infinity];
  return (row) => {
    const value = values[row] ?? NaN;
    return Number.isNaN(value) ? mayMiss : value >= low && value <= high;
  };
}

function bindMissing(column: Column): RowTest {
  if (column.kind === 'level') return (row) => (column.codes[row] ?? -1) < 0;
  return (row) => Number.isNaN(column.values[row] ?? NaN);
}

function bindOrder({ before, after, orEqual }: OrderRule, columnOf: (name: string) => Column): RowTest {
  const low = numbersOf(columnOf(before));
  const high = numbersOf(columnOf(after));
  return (row) => {
    const [a, b] = [low[row] ?? NaN, high[row] ?? NaN];
    return Number.isNaN(a) || Number.isNaN(b) || a < b || (orEqual && a === b);
  };
}

function bindCombinations(rule: CombinationsRule, columnOf: (name: string) => Column): RowTest {
  if (rule.allowed === null) throw new TypeError('combinations must be learnt before they are held');
  const allowed = keysOf(rule.allowed);
  const columns = rule.columns.map(columnOf);
  return (row) => allowed.has(makeKey(readCombination(columns, row)));
}

const known = new WeakMap<readonly Combination[], ReadonlySet<string>>();

/** Keys of combinations, made once a list. */
function keysOf(allowed: readonly Combination[]): ReadonlySet<string> {
  const found = known.get(allowed);
  if (found !== undefined) return found;
  const keys = new Set(allowed.map(makeKey));
  known.set(allowed, keys);
  return keys;
}

/** The values of a row in some columns. */
export function readCombination(columns: readonly Column[], row: number): Combination {
  return columns.map((column) => {
    if (column.kind === 'level') return column.levels[column.codes[row] ?? -1] ?? null;
    const value = column.values[row] ?? NaN;
    return Number.isNaN(value) ? null : value;
  });
}

/** A text that is equal for equal combinations only. */
export function makeKey(combination: Combination): string {
  return combination.map((value) => (value === null ? '-' : `${String(value).length}:${value}`)).join('');
}

function numbersOf(column: Column): NumberColumn['values'] {
  if (column.kind === 'number') return column.values;
  throw new TypeError(`column "${column.name}" holds levels, not numbers`);
}

function levelsOf(column: Column): LevelColumn {
  if (column.kind === 'level') return column;
  throw new TypeError(`column "${column.name}" holds numbers, not levels`);
}
