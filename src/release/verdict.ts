import type { Verification } from './verification';

/** What verifying a package comes to, for whoever reads no further. */
export interface Verdict {
  readonly tone: 'good' | 'warn' | 'bad';
  readonly title: string;
  readonly sentence: string;
}

/** The verdict on a package. What was altered outweighs a rejection, and that outweighs what is missing. */
export function judgeVerification(verification: Verification): Verdict {
  const { problems, hasRemarks, signers, roles, isIntact, isReleasable } = verification;
  const kinds = new Set(problems.map(({ kind }) => kind));
  if (kinds.has('altered') || kinds.has('unreadable')) return ALTERED;
  if (!isIntact) return NEWER;
  if (isReleasable) return approve(roles, hasRemarks);
  if (signers.some(({ decision }) => decision === 'reject')) return REJECTED;
  if (kinds.has('criteria')) return NOT_MET;
  return signers.length === 0 ? UNSIGNED : NOT_APPROVED;
}

function approve(roles: readonly string[], hasRemarks: boolean): Verdict {
  const sentence = `Nothing was altered since it was signed. ${listInWords(roles)} approved it, each with a key of their own, and the criteria were fixed before results were seen. Whose keys they are only their owners can tell: compare the codes with them.`;
  if (!hasRemarks) return { tone: 'good', title: 'Intact and approved', sentence };
  return {
    tone: 'warn',
    title: 'Intact and approved, with what should be known',
    sentence: `${sentence} Not all went the plain way: read what is told below.`,
  };
}

/** At the head of a sentence: “Author, reviewer and ethics board”. */
function listInWords(roles: readonly string[]): string {
  const words = [roles.slice(0, -1).join(', '), ...roles.slice(-1)]
    .filter((part) => part !== '')
    .join(' and ');
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
}

const ALTERED: Verdict = {
  tone: 'bad',
  title: 'Altered: do not rely on this package',
  sentence:
    'It is not as it was made and signed. What was altered is named below. Ask for the package again, by another way.',
};
const NEWER: Verdict = {
  tone: 'warn',
  title: 'Written by a newer version',
  sentence: 'This version cannot judge all of it. Verify it with the version that wrote it, or a later one.',
};
const REJECTED: Verdict = {
  tone: 'bad',
  title: 'Intact, and rejected',
  sentence:
    'Nothing was altered, and somebody who signed it rejected the release. The records are not to be used.',
};
const NOT_MET: Verdict = {
  tone: 'bad',
  title: 'Intact, but not to be released',
  sentence:
    'Nothing was altered, but not all is there that its purpose asks for: what is wanting is told below.',
};
const UNSIGNED: Verdict = {
  tone: 'warn',
  title: 'Intact, and signed by nobody',
  sentence:
    'The files fit one another. That shows no more than that: without a signature whoever altered one could have made the others fit.',
};
const NOT_APPROVED: Verdict = {
  tone: 'warn',
  title: 'Intact, and not yet approved',
  sentence: 'Nothing was altered since it was signed. Approvals that are missing are named below.',
};
