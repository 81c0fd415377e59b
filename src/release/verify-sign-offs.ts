import type { SignOff, Verify } from './sign-off';
import { findStatementProblems, isSigned } from './sign-off';
import { fingerprint, readPublicKey, type Digest } from './public-key';
import { MEMBER } from './package';
import { findTwoPersonProblems } from './two-person';
import { problem, type Problem, type SignerAccount } from './verification';

/** Sign-offs whose signatures hold, and what is wrong with the others. */
export interface SignOffResult {
  readonly valid: readonly SignOff[];
  readonly problems: readonly Problem[];
}

/** Tries each signature. A statement whose signature does not hold says nothing of the rest of the package. */
export async function verifySignOffs(signOffs: readonly SignOff[], verify: Verify): Promise<SignOffResult> {
  const valid: SignOff[] = [];
  const problems: Problem[] = [];
  for (const [i, signOff] of signOffs.entries()) {
    const path = `signOffs[${i}]`;
    const { name, role } = signOff.statement;
    if (await isSigned(signOff, verify)) valid.push(signOff);
    else
      problems.push(
        problem(
          'altered',
          MEMBER.signOffs,
          path,
          `the signature of ${name} (${role}) does not hold: statement, key or signature was changed after signing`,
        ),
      );
    for (const what of findStatementProblems(signOff.statement))
      problems.push(problem('sign-off', MEMBER.signOffs, path, what));
  }
  return { valid, problems };
}

/** What the two-person rule finds wanting. */
export function verifyTwoPersons(
  valid: readonly SignOff[],
  roles: readonly string[] | undefined,
): readonly Problem[] {
  return findTwoPersonProblems(valid, roles).map((what) => problem('sign-off', MEMBER.signOffs, null, what));
}

/** Who signed, with the code of each key. */
export async function describeSigners(
  valid: readonly SignOff[],
  digest: Digest,
): Promise<readonly SignerAccount[]> {
  return Promise.all(
    valid.map(async ({ statement: { name, role, at, decision, reason }, publicKey }) => {
      const key = readPublicKey(publicKey) ?? new Uint8Array();
      return { name, role, at, decision, reason, code: await fingerprint(key, digest) };
    }),
  );
}
