import { fail, type Outcome } from '../../data/failure';
import { checkPackage, type CheckedPackage } from '../../platform/check-package';
import { attempt } from '../../platform/projects/failures';
import { digest } from '../../platform/projects/file/digest';
import { writeReleaseArchive } from '../../platform/release-archive';
import { headOf } from '../../release/audit-log';
import { canonicalise } from '../../release/canonical-json';
import { findSharedRole } from '../../release/check-answer';
import { assemblePackage, UNSIGNED, type SignOffsFile } from '../../release/package';
import {
  findStatementProblems,
  signStatement,
  writeStatement,
  type Signer,
  type SignOff,
  type SignOffStatement,
} from '../../release/sign-off';

/** A package that was signed here. */
export interface SignedPackage {
  readonly signOff: SignOff;
  /** The package with the signature added. */
  readonly archive: Blob;
  /** The same, verified as whoever receives it would. */
  readonly checked: CheckedPackage;
}

/** Signs every file of a package, and its log as it stands. Fails with `option-invalid` for what cannot be signed. */
export async function signPackage(
  checked: CheckedPackage,
  said: Pick<SignOffStatement, 'role' | 'name' | 'at' | 'decision' | 'reason'>,
  signer: Signer,
): Promise<Outcome<SignedPackage>> {
  const log = checked.log ?? [];
  const head = headOf(log);
  if (head === null)
    return fail('option-invalid', 'The log of this package is empty, so that nothing fixes it.');
  const files = checked.files.filter(({ name }) => !UNSIGNED.includes(name));
  const statement = writeStatement(said, files, head);
  const shared = findSharedRole({ publicKey: signer.publicKey, statement }, checked.signOffs, 'You');
  const [problem = shared] = findStatementProblems(statement);
  if (problem !== null) return fail('option-invalid', problem);
  return attempt('sign the package', async () => {
    const signOff = await signStatement(statement, signer);
    const data = new Map([...checked.members].filter(([name]) => !UNSIGNED.includes(name)));
    const members = await assemblePackage(data, log, [...checked.signOffs, signOff], digest);
    const archive = await writeReleaseArchive(members);
    return { signOff, archive, checked: await checkPackage(archive) };
  });
}

/** The file that goes back to the author: in the form of sign-offs.json, with the one signature. */
export function writeAnswerFile(signOff: SignOff): string {
  const file: SignOffsFile = { format: 'understudy-sign-offs', version: 1, signOffs: [signOff] };
  return canonicalise(file);
}
