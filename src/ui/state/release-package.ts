import { fail, succeed, type Outcome } from '../../data/failure';
import { attempt } from '../../platform/projects/failures';
import { digest } from '../../platform/projects/file/digest';
import { readReleaseArchive, writeReleaseArchive } from '../../platform/release-archive';
import { verifySignature } from '../../platform/signing';
import type { AuditEntry } from '../../release/audit-log';
import { buildDossier } from '../../release/build-dossier';
import type { FileDigest } from '../../release/dossier';
import {
  assemblePackage,
  digestFiles,
  UNSIGNED,
  writeReleaseFiles,
  type Members,
} from '../../release/package';
import type { SignOff } from '../../release/sign-off';
import type { Statements } from '../../release/statements';
import { verifyPackage } from '../../release/verify-package';
import type { Verification } from '../../release/verification';
import { RECORD_FILES, type ReleaseMaterial } from './release-files';

/** What a person says of a package, and when it is written. */
export interface PackageWords {
  readonly title: string;
  readonly statements: Statements;
  /** ISO 8601 in UTC. */
  readonly writtenAt: string;
}

/** A package without signatures. */
export interface UnsignedPackage {
  readonly blob: Blob;
  /** The files that are signed. */
  readonly files: readonly FileDigest[];
}

/** Writes dossier and package of some material. The package is read and verified before it is answered. */
export async function buildPackage(
  material: ReleaseMaterial,
  { title, statements, writtenAt }: PackageWords,
  log: readonly AuditEntry[],
): Promise<Outcome<UnsignedPackage>> {
  return attempt('build the package', async () => {
    const { data, ...known } = material;
    const digests = await digestFiles(data, digest);
    const outputs = digests.filter(({ name }) => RECORD_FILES.test(name));
    const dossier = buildDossier({ ...known, title, statements, writtenAt, log, ledger: null, outputs });
    const files = writeReleaseFiles(data, dossier);
    const members = await assemblePackage(files, log, [], digest);
    const { isIntact, problems } = await verify(members);
    if (!isIntact) throw new Error(problems.map(({ sentence }) => sentence).join(' '));
    return { blob: await writeReleaseArchive(members), files: await digestFiles(files, digest) };
  });
}

/** The files of a kept package that are signed, each as it was when it was built. */
export async function readKeptFiles(archive: Blob, files: readonly FileDigest[]): Promise<Outcome<Members>> {
  const read = await attempt('read the kept package', () => readReleaseArchive(archive));
  if (!read.ok) return read;
  const members = new Map([...read.value.members].filter(([name]) => !UNSIGNED.includes(name)));
  const found = new Map((await digestFiles(members, digest)).map(({ name, sha256 }) => [name, sha256]));
  const isSame = files.length === found.size && files.every(({ name, sha256 }) => found.get(name) === sha256);
  return isSame && read.value.problem === null ? succeed(members) : fail('project-corrupt', CHANGED);
}

const CHANGED =
  'The package that this project keeps is not the one that was built: it was changed on this device. Build it again; what was signed has to be signed again.';

/** The zip file of some files with their log and signatures, and what verifying it says. */
export async function writePackage(
  files: Members,
  log: readonly AuditEntry[],
  signOffs: readonly SignOff[],
): Promise<Outcome<{ readonly blob: Blob; readonly verification: Verification }>> {
  return attempt('write the package', async () => {
    const blob = await writeReleaseArchive(await assemblePackage(files, log, signOffs, digest));
    // Verified as whoever receives it does: from the bytes of the file.
    const { members } = await readReleaseArchive(blob);
    return { blob, verification: await verify(members) };
  });
}

function verify(members: Members): Promise<Verification> {
  return verifyPackage(members, { digest, verify: verifySignature });
}

/** Why a package is not handed out: what verifying it found. */
export function refuseRelease(problems: readonly { readonly sentence: string }[]): Outcome<never> {
  const sentences = problems.map(({ sentence }) => sentence).join('\n');
  return fail(
    'option-invalid',
    `The package was not handed out: verifying it found a problem.\n${sentences}`,
  );
}
