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

/**
 * What stands between plain records, without their package, and their purpose: what criteria leave to be met, and a
 * sign-off. Nothing once two people have signed, who saw what was not met and why it was set aside.
 */
export function findExportObstacles(
  { purpose, name }: Policy,
  criteria: readonly string[],
  isSignedOff: boolean,
): readonly string[] {
  if (purpose === 'testing' || isSignedOff) return [];
  return [
    ...criteria,
    `An author and a reviewer have not signed these records off for “${name}”; the Release step is for that.`,
  ];
}
