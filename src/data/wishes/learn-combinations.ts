import { getColumn, type Table } from '../table';
import { makeKey, readCombination } from './bind-wish';
import type { Combination, CombinationsRule, Rule, Wishes } from './wishes';

/** Wishes whose combinations are known: those that were to be learnt are those that at least `k` rows of train share. */
export function learnCombinations(wishes: Wishes, train: Table): Wishes {
  const learn = (rule: Rule): Rule =>
    rule.kind === 'combinations' && rule.allowed === null
      ? { ...rule, allowed: countCombinations(rule, train) }
      : rule;
  return { ...wishes, rules: wishes.rules.map(learn) };
}

function countCombinations({ columns, k }: CombinationsRule, train: Table): readonly Combination[] {
  const taken = columns.map((name) => getColumn(train, name));
  const found = new Map<string, { readonly values: Combination; n: number }>();
  for (let row = 0; row < train.nRows; row++) {
    const values = readCombination(taken, row);
    const key = makeKey(values);
    const entry = found.get(key);
    if (entry === undefined) found.set(key, { values, n: 1 });
    else entry.n++;
  }
  return [...found.values()].filter(({ n }) => n >= k).map(({ values }) => values);
}
