import type { EvaluationSpec } from '../evaluate';
import { BOOSTED } from './boosted-spec';
import { COEFFICIENTS } from './coefficient-spec';
import { scoreSpec } from './score-specs';

/** Every measure of utility, the quick ones first. */
export const UTILITY_SPECS: readonly EvaluationSpec[] = [
  scoreSpec('linear'),
  COEFFICIENTS,
  scoreSpec('forest'),
  BOOSTED,
];
