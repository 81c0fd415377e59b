import { entryShape, policyShape } from '../../release/governance-shapes';
import { fields, listOf, nullable, number } from './shape';
import type { Governance } from './types';

/** Policy and log of a project as they are kept. */
export const governance = fields<Governance>({
  policy: nullable(policyShape),
  lockedAt: nullable(number),
  log: listOf(entryShape),
});
