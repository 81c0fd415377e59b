/** Stable ids of the measures that learn or attack; each has its entry in docs/measures.md. */
export const JUDGE_IDS = [
  'detection-boosted',
  'detection-linear',
  'train-synthetic-boosted',
  'train-synthetic-linear',
  'singling-out-univariate',
  'singling-out-multivariate',
  'attribute-inference',
  'linkability',
  'membership-distance',
  'membership-likelihood',
  'exact-copies',
  'closest-records',
] as const;

export type JudgeId = (typeof JUDGE_IDS)[number];
