import { NEEDED_ROLES } from './policy';
import type { SignOff } from './sign-off';

/**
 * Why sign-offs whose signatures hold are not enough for a release, a sentence each: a role without approval, one key in
 * two roles, a rejection. Two keys do not prove two people; that they are two is for the people to see to.
 */
export function findTwoPersonProblems(
  signOffs: readonly SignOff[],
  roles: readonly string[] = NEEDED_ROLES,
): readonly string[] {
  const rejected = signOffs.filter(({ statement }) => statement.decision === 'reject');
  const approved = signOffs.filter(({ statement }) => statement.decision === 'approve');
  const missing = roles.filter((role) => !approved.some(({ statement }) => statement.role === role));
  return [
    ...rejected.map(
      ({ statement: { name, role, reason } }) => `${name} (${role}) rejected the release: ${reason}`,
    ),
    ...missing.map((role) => `No ${role} has approved the release by a signature that holds.`),
    ...findSharedKeys(approved, roles),
  ];
}

/** Each needed role has to be signed by a key that signs in no other. */
function findSharedKeys(approved: readonly SignOff[], roles: readonly string[]): readonly string[] {
  const rolesOf = new Map<string, Set<string>>();
  for (const { publicKey, statement } of approved)
    rolesOf.set(publicKey, (rolesOf.get(publicKey) ?? new Set()).add(statement.role));
  return [...rolesOf.values()]
    .map((held) => roles.filter((role) => held.has(role)))
    .filter((held) => held.length > 1)
    .map(
      (held) =>
        `One key signed as ${held.join(' and as ')}: two people are needed, each with a key of their own.`,
    );
}
