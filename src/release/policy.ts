import type { Purpose } from '../data/purpose';

/** Layout of a policy; one of a greater version is refused. */
export const POLICY_VERSION = 1;

/** Said of a threshold that no authority sets. */
export const CONVENTION = 'convention chosen by this tool';

/** Roles that every release needs. */
export const NEEDED_ROLES: readonly string[] = ['author', 'reviewer'];

/** Roles that have to approve a release under a policy. */
export function listRoles({ furtherRoles = [] }: Pick<Policy, 'furtherRoles'>): readonly string[] {
  return [...NEEDED_ROLES, ...furtherRoles];
}

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
  /** Roles that have to approve a release beside author and reviewer, each by a key of its own; left out for none. */
  readonly furtherRoles?: readonly string[];
}

/** Words of which names of roles are made: they become part of file names. */
const ROLE_NAME = /^[A-Za-z][A-Za-z -]{0,39}$/;

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
  return [...problems, ...findRoleProblems(policy.furtherRoles ?? [])];
}

function findRoleProblems(roles: readonly string[]): readonly string[] {
  return roles.flatMap((role, i) => {
    if (!ROLE_NAME.test(role))
      return `role "${role}": up to 40 letters, spaces and hyphens, beginning with a letter`;
    if (NEEDED_ROLES.includes(role)) return `role "${role}": it has to approve every release as it is`;
    return roles.indexOf(role) < i ? `role "${role}": it is named twice` : [];
  });
}

function isUsable(threshold: Criterion['threshold']): boolean {
  if (threshold === null) return true;
  if (typeof threshold === 'number') return Number.isFinite(threshold);
  return Number.isFinite(threshold.times) && Number.isFinite(threshold.plus);
}
