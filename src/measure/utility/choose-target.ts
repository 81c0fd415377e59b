import { rateTargetName } from '../../data/column-names';
import { findLeak } from '../../data/target-leak';
import type { LevelColumn, Table } from '../../data/table';
import type { EvaluationContext } from '../evaluation-context';

/** What models are taught to predict. */
export interface ChosenTarget {
  readonly name: string;
  /** Whether a person chose it; else why it is suggested, for the end of a sentence. */
  readonly how: string | null;
  /** Columns that alone almost decide it: with them any records would teach it. */
  readonly leaks: readonly string[];
}

const MAX_LEVELS = 10;
/** Most levels of a target for which columns that give it away are looked for. */
const MAX_LEAK_LEVELS = 20;

/** The target of the options, or the column that by its name or place is most likely one; null where none is. */
export function chooseTarget({
  options,
  kinds,
  compared,
}: Pick<EvaluationContext, 'options' | 'kinds' | 'compared'>): ChosenTarget | null {
  const { train } = compared;
  const found = options.target === undefined ? suggestTarget(train) : { name: options.target, how: null };
  if (found === null || !kinds.some(({ name }) => name === found.name))
    return found && { ...found, leaks: [] };
  return { ...found, leaks: listLeaks(train, found.name) };
}

function suggestTarget(train: Table): Omit<ChosenTarget, 'leaks'> | null {
  const few = train.columns.filter(
    (column): column is LevelColumn =>
      column.kind === 'level' && column.levels.length >= 2 && column.levels.length <= MAX_LEVELS,
  );
  let best: { readonly name: string; readonly weight: number } | null = null;
  for (const { name, levels } of few) {
    const weight = rateTargetName(name) + (levels.length === 2 ? 0.5 : 0);
    if (weight >= 1 && weight > (best?.weight ?? 0)) best = { name, weight };
  }
  if (best !== null) return { name: best.name, how: 'suggested by its name' };
  const last = train.columns.at(-1);
  return last?.kind === 'level' && last.levels.length === 2
    ? { name: last.name, how: 'suggested as the last column, with two values' }
    : null;
}

function listLeaks(train: Table, name: string): readonly string[] {
  const target = train.columns.find((column) => column.name === name);
  if (target?.kind !== 'level' || target.levels.length < 2 || target.levels.length > MAX_LEAK_LEVELS)
    return [];
  return train.columns.filter((column) => findLeak(column, target).length > 0).map((column) => column.name);
}
