import type { Purpose } from '../data/purpose';

/** Layout of a policy; one of a greater version is refused. */
export const POLICY_VERSION = 1;

/** Said of a threshold that no authority sets. */
export const CONVENTION = 'convention chosen by this tool';

/** A figure that a measure's own yardstick sets: `times` that of the holdout, and `plus` on top. */
export interface RelativeThreshold {
  readonly of: 'ceiling';
  readonly times: number;
  readonly plus: number;
}

/** What a measure has to reach. */
export interface Criterion {
  /** Unique within the policy. */
  readonly id: string;
  /** Id of a measure (docs/measures.md), or of a fact about the data that goes with an evaluation. */
  readonly measure: string;
  readonly bound: 'at-most' | 'at-least';
  /** Null: the figure has to be there, whatever it is. */
  readonly threshold: number | RelativeThreshold | null;
  /** Where the threshold comes from, or {@link CONVENTION}. */
  readonly source: string;
}

/** What records have to show before they may be used for a purpose. */
export interface Policy {
  readonly format: 'understudy-policy';
  readonly version: typeof POLICY_VERSION;
  readonly purpose: Purpose;
  readonly name: string;
  readonly criteria: readonly Criterion[];
}

/** All problems of a policy, a sentence each; none for one that can be used. */
export function findPolicyProblems(policy: Policy): readonly string[] {
  const problems: string[] = [];
  if (policy.criteria.length === 0) problems.push('a policy needs at least one criterion');
  const seen = new Set<string>();
  for (const criterion of policy.criteria) {
    const say = (problem: string) => problems.push(`criterion "${criterion.id}": ${problem}`);
    if (criterion.id === '') problems.push('a criterion needs a name');
    if (seen.has(criterion.id)) say('two criteria have this name');
    seen.add(criterion.id);
    if (criterion.measure === '') say('it names no measure');
    if (criterion.source.trim() === '') say(`it needs a source, or the words "${CONVENTION}"`);
    if (!isUsable(criterion.threshold)) say('its threshold must be a finite number');
  }
  return problems;
}

function isUsable(threshold: Criterion['threshold']): boolean {
  if (threshold === null) return true;
  if (typeof threshold === 'number') return Number.isFinite(threshold);
  return Number.isFinite(threshold.times) && Number.isFinite(threshold.plus);
}
