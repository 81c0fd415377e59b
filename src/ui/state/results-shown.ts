import type { Evidence } from '../../measure/measure';
import type { Governance } from '../../platform/projects/types';
import type { Policy } from '../../release/policy';

/**
 * Whether figures that rest on the holdout, or that a criterion is about, may be seen: once the criteria are locked, and
 * for internal testing as soon as a person has chosen it, since its criteria ask for figures and not for their size.
 */
export function mayShowResults({ lockedAt, policy }: Pick<Governance, 'lockedAt' | 'policy'>): boolean {
  return lockedAt !== null || policy?.purpose === 'testing';
}

/** A quality report as an account tells it. */
export interface ToldEvidence extends Evidence {
  /** Why something is left out of it; absent where nothing is. */
  readonly withheld?: string;
}

const WHY =
  'The criteria were not locked when this was written, so that figures of the holdout (the ceilings) and measures that a criterion is about are left out: criteria count only if they were fixed before results were seen.';

/** The same as it may leave the page before the lock, with the reason. */
export function tellWithheld(evidence: Evidence, policy: Pick<Policy, 'criteria'>): ToldEvidence {
  return { withheld: WHY, ...withholdResults(evidence, policy) };
}

/** A quality report as it may be seen before the lock: train alone, and no measure that a criterion is about. */
export function withholdResults(evidence: Evidence, { criteria }: Pick<Policy, 'criteria'>): Evidence {
  const judged = new Set(criteria.map(({ measure }) => measure));
  const open = evidence.measures.filter(({ id }) => !judged.has(id));
  return { ...evidence, measures: open.map((measure) => ({ ...measure, ceiling: null })) };
}
