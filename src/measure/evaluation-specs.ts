import type { EvaluationSpec } from './evaluate';
import { FIDELITY_SPECS } from './fidelity/fidelity-specs';

/** Every measure of an evaluation, family after family. */
export const EVALUATION_SPECS: readonly EvaluationSpec[] = [...FIDELITY_SPECS];
