import { DEFAULT_HANDLING, DEFAULT_SPLIT } from '../../data/handling';
import type { ProfileChoices } from '../../data/profile';
import { isSameValue } from '../../data/same-value';

/** The choices that are proposed for a file before a person makes any. */
export function proposeChoices(groupBy: string | null): ProfileChoices {
  return { handling: DEFAULT_HANDLING, split: { ...DEFAULT_SPLIT, groupBy } };
}

/** True where rare levels are counted alike under both, so that a profile of the one holds for the other. */
export function areCountedAlike(a: ProfileChoices, b: ProfileChoices): boolean {
  const counting = ({ handling: { k, poolRareLevels }, split }: ProfileChoices) => [k, poolRareLevels, split];
  return isSameValue(counting(a), counting(b));
}
