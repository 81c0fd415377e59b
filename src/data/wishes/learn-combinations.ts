import { fail, succeed, type Outcome } from '../failure';
import { getColumn, type Column, type Table } from '../table';
import { makeKey, readCombination, type RowTest } from './bind-wish';
import { nameWish } from './describe-wish';
import type { Combination, CombinationsRule, Rule, Wishes } from './wishes';

/** What combinations may be learnt from. */
export interface Lesson {
  readonly train: Table;
  /** The same rows before handling: a row whose rare level was replaced by another is no witness of that one. */
  readonly trainAsRead: Table;
  /** For each row of train what k counts (a person with several rows); null = rows. */
  readonly trainGroups: Uint32Array | null;
  /** Least number that handling demands of whatever is kept of train. */
  readonly leastK: number;
}

/**
 * Wishes whose combinations are known: those that train shares at least `k` times, and never fewer times than handling
 * demands. Combinations that were learnt before stay as they were kept, but for those that this train does not share as
 * often: learning again from the same train changes nothing. Fails with `option-invalid` where none is left.
 */
export function learnCombinations(wishes: Wishes, lesson: Lesson): Outcome<Wishes> {
  const rules = wishes.rules.map((rule) => learnRule(rule, lesson));
  const empty = rules.filter((rule) => rule.kind === 'combinations' && rule.allowed?.length === 0);
  if (empty.length === 0) return succeed({ ...wishes, rules });
  return fail(
    'option-invalid',
    ['These wishes cannot be granted as they stand.', ...empty.map(tellEmpty)].join('\n'),
  );
}

function learnRule(rule: Rule, lesson: Lesson): Rule {
  if (rule.kind !== 'combinations' || rule.k === null) return rule;
  const k = Math.max(rule.k, lesson.leastK);
  const learnt = countCombinations(rule, k, lesson);
  if (rule.allowed === null) return { ...rule, k, allowed: [...learnt.values()] };
  return { ...rule, k, allowed: rule.allowed.filter((one) => learnt.has(makeKey(one))) };
}

function tellEmpty(rule: Rule): string {
  const k = rule.kind === 'combinations' ? rule.k : null;
  return `${nameWish(rule)}: train shares none of them ${k} times, the least that may be kept of it; name fewer columns, or columns of fewer values`;
}

/** Combinations by key, in the order of train, of which train has `k` or more. */
function countCombinations(
  { columns }: CombinationsRule,
  k: number,
  { train, trainAsRead, trainGroups }: Lesson,
): ReadonlyMap<string, Combination> {
  const taken = columns.map((name) => getColumn(train, name));
  const replaced = taken.map((column) => findReplaced(column, getColumn(trainAsRead, column.name)));
  const counted = new Map<string, { readonly values: Combination; readonly of: Set<number> }>();
  for (let row = 0; row < train.nRows; row++) {
    if (replaced.some((isReplaced) => isReplaced(row))) continue;
    const values = readCombination(taken, row);
    const key = makeKey(values);
    const entry = counted.get(key) ?? { values, of: new Set() };
    if (entry.of.size === 0) counted.set(key, entry);
    if (entry.of.size < k) entry.of.add(trainGroups?.[row] ?? row);
  }
  return new Map(
    [...counted].filter(([, { of }]) => of.size >= k).map(([key, { values }]) => [key, values] as const),
  );
}

/** Whether handling gave a row a level that other rows have of their own. A label of pooled levels is nobody's own. */
function findReplaced(column: Column, asRead: Column): RowTest {
  if (column.kind !== 'level' || asRead.kind !== 'level') return () => false;
  const places = new Map(asRead.levels.map((level, code) => [level, code]));
  const own = column.levels.map((level) => places.get(level) ?? null);
  return (row) => {
    const code = own[column.codes[row] ?? -1] ?? null;
    return code !== null && code !== asRead.codes[row];
  };
}
