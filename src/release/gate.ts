import type { Finding } from './findings';
import type { Policy } from './policy';

/** What stands between records and their purpose, a sentence each; empty for an open gate. */
export function findObstacles(
  policy: Policy,
  isLocked: boolean,
  findings: readonly Finding[] | null,
): readonly string[] {
  if (policy.purpose === 'testing') return [];
  if (!isLocked) return [`The criteria for “${policy.name}” were not locked before results.`];
  if (findings === null) return [`This run was not evaluated under the criteria for “${policy.name}”.`];
  const unmet = findings.filter(({ outcome }) => outcome !== 'pass');
  return unmet.length === 0
    ? []
    : [`${unmet.length} of ${findings.length} criteria for “${policy.name}” are not met.`];
}
