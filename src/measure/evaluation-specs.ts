import type { EvaluationSpec } from './evaluate';
import { FIDELITY_SPECS } from './fidelity/fidelity-specs';
import type { Family } from './measure';
import { PRIVACY_SPECS } from './privacy/privacy-specs';
import { UTILITY_SPECS } from './utility/utility-specs';

/** Every measure of an evaluation, family after family. */
export const EVALUATION_SPECS: readonly EvaluationSpec[] = [
  ...FIDELITY_SPECS,
  ...UTILITY_SPECS,
  ...PRIVACY_SPECS,
];

/** The measures of the given families, in the order in which they are run. */
export function specsOf(families: readonly Family[]): readonly EvaluationSpec[] {
  return EVALUATION_SPECS.filter(({ family }) => families.includes(family));
}
