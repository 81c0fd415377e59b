import { rateTargetName } from '../../data/column-names';
import { findLeak } from '../../data/target-leak';
import type { Table } from '../../data/table';
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
  const found =
    options.target === undefined
      ? suggestTarget(train.columns.map(countLevels))
      : { name: options.target, how: null };
  if (found === null || !kinds.some(({ name }) => name === found.name))
    return found && { ...found, leaks: [] };
  return { ...found, leaks: listLeaks(train, found.name) };
}

/** A column as its name and size suggest it for a target; null levels for numbers. */
interface Candidate {
  readonly name: string;
  readonly nLevels: number | null;
}

const countLevels = (column: Table['columns'][number]): Candidate => ({
  name: column.name,
  nLevels: column.kind === 'level' ? column.levels.length : null,
});

/** The column that by its name or place is most likely a target; null where none is. */
export function suggestTarget(columns: readonly Candidate[]): Omit<ChosenTarget, 'leaks'> | null {
  const few = columns.filter(({ nLevels }) => nLevels !== null && nLevels >= 2 && nLevels <= MAX_LEVELS);
  let best: { readonly name: string; readonly weight: number } | null = null;
  for (const { name, nLevels } of few) {
    const weight = rateTargetName(name) + (nLevels === 2 ? 0.5 : 0);
    if (weight >= 1 && weight > (best?.weight ?? 0)) best = { name, weight };
  }
  if (best !== null) return { name: best.name, how: 'suggested by its name' };
  const last = columns.at(-1);
  return last?.nLevels === 2
    ? { name: last.name, how: 'suggested as the last column, with two values' }
    : null;
}

function listLeaks(train: Table, name: string): readonly string[] {
  const target = train.columns.find((column) => column.name === name);
  if (target?.kind !== 'level' || target.levels.length < 2 || target.levels.length > MAX_LEAK_LEVELS)
    return [];
  return train.columns.filter((column) => findLeak(column, target).length > 0).map((column) => column.name);
}
