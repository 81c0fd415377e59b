import type { BoostSettings } from './boost';

/** Classes up to which a target is boosted. */
export const MAX_BOOSTED = 8;
/** Rows below which no target is boosted: the trees would learn so few by heart. */
export const LEAST_BOOSTED_ROWS = 5000;
/** Rows that boosting looks at, evenly spaced. */
export const MAX_BOOSTED_ROWS = 100_000;
/** How the trees of a target are grown; the number of rounds is a setting. */
export const BOOST: Omit<BoostSettings, 'nRounds'> = {
  depth: 5,
  learningRate: 0.1,
  lambda: 1,
  minRows: 20,
  minBin: 30,
};
