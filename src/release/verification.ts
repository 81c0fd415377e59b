import type { Decision } from './sign-off';

/**
 * `altered`: a member is not what it was. `unreadable`: it is not what such a member looks like, in which case it was
 * altered or is of another make. `newer`: it says that a later layout wrote it. `sign-off`: signatures do not suffice.
 * `criteria`: criteria were fixed late, or are not met.
 */
export type ProblemKind = 'altered' | 'unreadable' | 'newer' | 'sign-off' | 'criteria';

/** One thing that is wrong, and where. */
export interface Problem {
  readonly kind: ProblemKind;
  readonly member: string;
  /** Place in the member, as `findings[2].value`; null for the whole of it. */
  readonly path: string | null;
  readonly sentence: string;
}

/** Who signed. */
export interface SignerAccount {
  readonly name: string;
  readonly role: string;
  readonly at: string;
  readonly decision: Decision;
  readonly reason: string;
  /** Code to compare with the owner of the key. */
  readonly code: string;
}

/** What came of verifying a package. */
export interface Verification {
  readonly problems: readonly Problem[];
  /** What is as it was signed, and should be known all the same. */
  readonly notices: readonly string[];
  /** True where a notice tells of what is out of the ordinary. */
  readonly hasRemarks: boolean;
  /** Those whose signatures hold. */
  readonly signers: readonly SignerAccount[];
  /** Roles that had to approve: those of the policy, and those that were asked for beside them. */
  readonly roles: readonly string[];
  /** True where nothing was altered, whoever has signed and whatever was found. */
  readonly isIntact: boolean;
  /** True where there is no problem at all. */
  readonly isReleasable: boolean;
}

export function problem(kind: ProblemKind, member: string, path: string | null, what: string): Problem {
  return { kind, member, path, sentence: `${member}${path === null ? '' : `, ${path}`}: ${what}` };
}

/** Members that cannot be relied on. */
export function suspectsOf(problems: readonly Problem[]): ReadonlySet<string> {
  return new Set(
    problems.filter(({ kind }) => kind === 'altered' || kind === 'unreadable').map(({ member }) => member),
  );
}
