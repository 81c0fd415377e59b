import type { Handling } from './handling';

/** What the data handling in force does against single records being learned by heart, a sentence each. */
export function describeHandlingControls({ k, poolRareLevels, capExtremes }: Handling): string[] {
  return [
    'identifiers and free text never enter training',
    ...(poolRareLevels ? [`levels with fewer than ${k} rows of train are pooled before training`] : []),
    ...(capExtremes
      ? [`numbers and dates are capped before training, so that at least ${k} rows of train lie at each end`]
      : []),
  ];
}
