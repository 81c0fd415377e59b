import type { Handling } from './handling';
import { nameCounted } from './row-groups';

/**
 * What the data handling in force does against single records being learned by heart, a sentence each. `countedKey` is the
 * identifier whose values k counts, null = rows.
 */
export function describeHandlingControls(
  { k, poolRareLevels, capExtremes }: Handling,
  countedKey: string | null,
): string[] {
  const counted = nameCounted(countedKey);
  return [
    'identifiers and free text never enter training',
    ...(poolRareLevels ? [`levels with fewer than ${k} ${counted} are pooled before training`] : []),
    ...(capExtremes
      ? [`numbers and dates are capped before training, so that at least ${k} ${counted} lie at each end`]
      : []),
  ];
}
