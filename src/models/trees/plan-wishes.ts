import { bindWish, type RowTest } from '../../data/wishes/bind-wish';
import { columnsOf, listWishes, type Wish, type Wishes } from '../../data/wishes/wishes';
import type { Column } from '../../data/table';
import type { TreesState } from './draw-rows';
import type { ColumnModel } from './fit-column';
import { groupsWithin, type CodeTest } from './redraw-column';
import { MISSING } from './value-codes';

/** A wish, and its place in the list of wishes. */
export interface PlacedWish {
  readonly at: number;
  readonly wish: Wish;
}

/** What is to be held as soon as a column is drawn. */
export interface StepWishes {
  /** Rules whose last column this is. */
  readonly rules: readonly PlacedWish[];
  readonly conditions: readonly PlacedWish[];
  /** Place of the shares, where they are of this column. */
  readonly shares: number | null;
  /** Place of the shares, where no wish comes after this column and one of them or of those before it is shares. */
  readonly closesShares: number | null;
}

/** Wishes by the step at which the last of their columns is drawn. */
export function planWishes({ order, names }: TreesState, wishes: Wishes): readonly StepWishes[] {
  const stepOf = new Map(Array.from(order, (index, step) => [names[index] ?? '', step]));
  const placed = listWishes(wishes).map((wish, at) => ({
    at,
    wish,
    step: Math.max(...columnsOf(wish).map((name) => stepOf.get(name) ?? -1)),
  }));
  const shares = placed.find(({ wish }) => wish.kind === 'shares')?.at ?? null;
  const last = Math.max(-1, ...placed.map(({ step }) => step));
  return Array.from(order, (_, step) => {
    const here = placed.filter((one) => one.step === step);
    return {
      rules: here.filter(({ wish }) => isRule(wish)),
      conditions: here.filter(({ wish }) => !isRule(wish) && wish.kind !== 'shares'),
      shares: here.some(({ wish }) => wish.kind === 'shares') ? shares : null,
      closesShares: step === last ? shares : null,
    };
  });
}

function isRule({ kind }: Wish): boolean {
  return kind === 'range' || kind === 'order' || kind === 'combinations';
}

/** Tests of rows on the columns that have been drawn. */
export function bindAll(
  placed: readonly PlacedWish[],
  drawn: ReadonlyMap<string, Column>,
): readonly RowTest[] {
  return placed.map(({ wish }) =>
    bindWish(wish, (name) => {
      const column = drawn.get(name);
      if (column === undefined) throw new RangeError(`no column named "${name}"`);
      return column;
    }),
  );
}

/**
 * Codes (groups, for a number) that the wishes on one column alone can do with; null where they leave all. A column that
 * is drawn first and only from these has the distribution that it has given its wishes.
 */
export function possibleCodes(model: ColumnModel, { rules, conditions }: StepWishes): CodeTest | null {
  const tests = [...conditions, ...rules].flatMap(({ wish }) => codeTest(model, wish) ?? []);
  return tests.length === 0 ? null : (code) => tests.every((test) => test(code));
}

function codeTest(model: ColumnModel, wish: Wish): CodeTest | null {
  if (wish.kind === 'missing') return (code) => code === MISSING;
  if (wish.kind === 'present') return (code) => code !== MISSING;
  if (wish.kind === 'levels' && model.kind === 'level') {
    const { kept, levels } = model.codes;
    const wanted = Array.from(kept, (level) => wish.levels.includes(levels[level] ?? ''));
    return (code) => code !== MISSING && (wanted[code - 1] ?? false);
  }
  if ((wish.kind === 'within' || wish.kind === 'range') && model.kind === 'number')
    return groupsWithin(model, wish.min ?? -Infinity, wish.max ?? Infinity, wish.kind === 'range');
  return null;
}
