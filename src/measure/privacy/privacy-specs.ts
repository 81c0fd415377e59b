import type { EvaluationSpec } from '../evaluate';
import { ATTRIBUTE_INFERENCE } from './attribute-inference-spec';
import { EXACT_COPIES, RARE_COPIES, REPLICATED_UNIQUES } from './copies-specs';
import { COPYING_DIAGNOSTICS } from './copying-diagnostics';
import { LINKABILITY } from './linkability-spec';
import { MEMBERSHIP_BY_DISTANCE, MEMBERSHIP_BY_LIKELIHOOD } from './membership-specs';
import { SINGLING_OUT_BY_RECORD, SINGLING_OUT_BY_VALUE } from './singling-out-specs';

/** Every attack and every count of copies, the quick ones first and the diagnostics last. */
export const PRIVACY_SPECS: readonly EvaluationSpec[] = [
  EXACT_COPIES,
  RARE_COPIES,
  REPLICATED_UNIQUES,
  SINGLING_OUT_BY_VALUE,
  SINGLING_OUT_BY_RECORD,
  LINKABILITY,
  ATTRIBUTE_INFERENCE,
  MEMBERSHIP_BY_LIKELIHOOD,
  MEMBERSHIP_BY_DISTANCE,
  COPYING_DIAGNOSTICS,
];
