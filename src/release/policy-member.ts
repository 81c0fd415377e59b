import { listOf, optional, text, type Shape } from '../data/shape';
import type { Dossier } from './dossier';
import { policyShape } from './governance-shapes';
import type { Policy } from './policy';

/** policy.json of a package: the criteria, and what marks them where a refusal was set aside, which is no part of them. */
export interface PolicyMember extends Policy {
  readonly marks?: readonly string[];
}

const marksShape = optional(listOf(text));

export const policyMemberShape: Shape = (value, path) => [
  ...policyShape(value, path),
  ...marksShape((value as { readonly marks?: unknown } | null)?.marks, `${path}.marks`),
];

/** What policy.json says; it follows from the dossier. */
export function writePolicyMember({ policy, marks }: Pick<Dossier, 'policy' | 'marks'>): PolicyMember {
  return marks === undefined ? policy : { ...policy, marks };
}

/** The criteria alone, whose canonical JSON has the hash that the log names. */
export function withoutMarks(member: PolicyMember): Policy {
  return Object.fromEntries(Object.entries(member).filter(([key]) => key !== 'marks')) as unknown as Policy;
}
