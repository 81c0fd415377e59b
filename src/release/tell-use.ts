import type { Purpose } from '../data/purpose';
import { namePolicy } from './policy-name';

/** What is known of the use of some records. */
export interface Use {
  readonly purpose: Purpose;
  /** Name of the policy. */
  readonly policy: string;
  readonly obstacles: readonly string[];
  /** Why they left all the same; null where they did not. */
  readonly override: string | null;
}

/** Said of records for which nobody named a purpose. */
export const NO_PURPOSE = 'No purpose was named: for internal testing only.';

/** What some records may be used for, in one sentence for whoever has a file of them; `null`: nobody named a purpose. */
export function tellUse(use: Use | null): string {
  if (use === null) return NO_PURPOSE;
  const { purpose, obstacles, override } = use;
  const policy = namePolicy({ name: use.policy, purpose });
  if (purpose === 'testing') return 'For internal testing only.';
  if (obstacles.length === 0) return `For “${policy}”.`;
  if (override === null)
    return `Not released for “${policy}”: something stands in the way of that, and these records are for nobody else until it is seen to.`;
  return `For “${policy}” in spite of what stands in the way, for a reason that was written down.`;
}
