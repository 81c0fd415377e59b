import { listOf, optional, text, type Shape } from '../data/shape';
import type { Dossier } from './dossier';
import { policyShape } from './governance-shapes';
import type { Policy } from './policy';

/**
 * policy.json of a package: the criteria, and what is no part of them: that the records are synthetic, and what marks them
 * where a refusal was set aside.
 */
export interface PolicyMember extends Policy {
  /** Absent beside a dossier of version 1 or 2. */
  readonly statement?: Dossier['statement'];
  readonly marks?: readonly string[];
}

/** The version of dossiers since which policy.json says that the records are synthetic. */
const SINCE = 3;

const besideShapes = { statement: optional(text), marks: optional(listOf(text)) } as const;

export const policyMemberShape: Shape = (value, path) => [
  ...policyShape(value, path),
  ...Object.entries(besideShapes).flatMap(([key, shape]) =>
    shape((value as Readonly<Record<string, unknown>> | null)?.[key], `${path}.${key}`),
  ),
];

/** What policy.json says; it follows from the dossier. */
export function writePolicyMember({
  version,
  statement,
  policy,
  marks,
}: Pick<Dossier, 'version' | 'statement' | 'policy' | 'marks'>): PolicyMember {
  return {
    ...policy,
    ...(version < SINCE ? {} : { statement }),
    ...(marks === undefined ? {} : { marks }),
  };
}

/** The criteria alone, whose canonical JSON has the hash that the log names. */
export function pickCriteria(member: PolicyMember): Policy {
  const beside = ['statement', 'marks'];
  return Object.fromEntries(
    Object.entries(member).filter(([key]) => !beside.includes(key)),
  ) as unknown as Policy;
}
