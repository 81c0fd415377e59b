import type { EvaluationSpec } from '../evaluate';
import { CATEGORY_ADHERENCE, RANGE_ADHERENCE } from './adherence';
import { ASSOCIATION_DIFFERENCE } from './association-difference';
import { JENSEN_SHANNON } from './jensen-shannon';
import { WASSERSTEIN } from './wasserstein';
import { DETECTION } from './detection-specs';
import { holdAgainstTrain } from './hold-against-train';
import { MARGINAL_ACCURACY } from './marginal-accuracy';
import { MISSING_PATTERNS, MISSING_SHARES } from './missing-patterns';
import { NEIGHBOURS } from './neighbour-measures';
import { PROPENSITY } from './propensity';
import { SDMETRICS_SPEC } from './sdmetrics-specs';
import { SUBGROUPS } from './subgroup-accuracy';

/** Every measure of fidelity, the quick ones first. */
export const FIDELITY_SPECS: readonly EvaluationSpec[] = [
  SDMETRICS_SPEC,
  MISSING_SHARES,
  MISSING_PATTERNS,
  RANGE_ADHERENCE,
  CATEGORY_ADHERENCE,
  MARGINAL_ACCURACY,
  SUBGROUPS,
  WASSERSTEIN,
  JENSEN_SHANNON,
  ASSOCIATION_DIFFERENCE,
  PROPENSITY,
  NEIGHBOURS,
  ...DETECTION,
].map(holdAgainstTrain);
