import { FailureError, refuse } from '../data/failure';
import type { Dossier, FileDigest } from '../release/dossier';
import { DOSSIER_VERSION } from '../release/dossier';
import { digestFiles, MEMBER, type LogFile, type Members, type SignOffsFile } from '../release/package';
import { readJsonMember } from '../release/read-json-member';
import { recomputeFindings, type RecomputedFinding } from '../release/recompute-findings';
import { dossierShape, logShape, signOffsShape } from '../release/release-shapes';
import { problem, type Verification } from '../release/verification';
import { verifyPackage } from '../release/verify-package';
import { digest } from './projects/file/digest';
import { RECORD_NAME } from './projects/file/manifest';
import { listEntries } from './projects/file/read-archive';
import { readReleaseArchive } from './release-archive';
import { verifySignature } from './signing';

/** A package that was read and verified, with what can be read of it though it may be altered. */
export interface CheckedPackage {
  readonly verification: Verification;
  readonly members: Members;
  /** All members with their sizes and hashes, in the order of their names. */
  readonly files: readonly FileDigest[];
  /** Null where it cannot be read. */
  readonly dossier: Dossier | null;
  readonly log: LogFile['entries'] | null;
  /** All that are written there, whether they hold or not. */
  readonly signOffs: SignOffsFile['signOffs'];
  readonly findings: readonly RecomputedFinding[];
}

/** Most bytes of a package: it is held in memory, and written again beside itself to be compared. */
export const MAX_PACKAGE_BYTES = 2 ** 30;

/**
 * Reads and verifies the zip file of a release package, with the findings worked out again.
 *
 * @param roles that have to approve beside those of the package's policy
 * Throws `format-unknown` for what is no package, saying what it is where that can be told, `file-too-large`, and
 * `project-corrupt` for a damaged one.
 */
export async function checkPackage(file: Blob, roles?: readonly string[]): Promise<CheckedPackage> {
  if (file.size > MAX_PACKAGE_BYTES) refuse('file-too-large', TOO_LARGE);
  await refuseOthers(file);
  const { members, problem: ofArchive } = await readReleaseArchive(file);
  const tools = { digest, verify: verifySignature, ...(roles === undefined ? {} : { roles }) };
  const verified = await verifyPackage(members, tools);
  const dossier = readJsonMember<Dossier>(members, MEMBER.dossier, dossierShape, DOSSIER_VERSION).value;
  return {
    verification: ofArchive === null ? verified : addArchiveProblem(verified, ofArchive),
    members,
    files: await digestFiles(members, digest),
    dossier,
    log: readJsonMember<LogFile>(members, MEMBER.log, logShape, 1).value?.entries ?? null,
    signOffs: readJsonMember<SignOffsFile>(members, MEMBER.signOffs, signOffsShape, 1).value?.signOffs ?? [],
    findings: dossier === null ? [] : recomputeFindings(dossier),
  };
}

function addArchiveProblem(verification: Verification, what: string): Verification {
  const found = { ...problem('altered', 'the zip file', null, ''), sentence: what };
  return {
    ...verification,
    problems: [...verification.problems, found],
    isIntact: false,
    isReleasable: false,
  };
}

/** What people choose by mistake, before anything of it is unpacked. */
async function refuseOthers(file: Blob): Promise<void> {
  if (file.size < MAX_ANSWER_BYTES && (await file.slice(0, 200).text()).includes('"understudy-sign-offs"'))
    refuse('format-unknown', SIGN_OFFS);
  const names = await listNames(file);
  if (names === null) return;
  if (names.has(RECORD_NAME)) refuse('format-unknown', PROJECT);
  if (!names.has(MEMBER.manifest) && !names.has(MEMBER.dossier)) refuse('format-unknown', OTHER_ZIP);
}

/** Null where the file is no whole zip file, of which its reader says more. */
async function listNames(file: Blob): Promise<ReadonlySet<string> | null> {
  try {
    return new Set((await listEntries(file)).keys());
  } catch (error) {
    if (error instanceof FailureError) return null;
    throw error;
  }
}

const MAX_ANSWER_BYTES = 2 ** 20;
const TOO_LARGE =
  'This file is larger than one gigabyte, and a release package is held in memory to be verified. It was not opened.';
const PROJECT =
  'This is a project file, not a release package. Open it on the start page; a release package is made on the Release step of its project.';
const SIGN_OFFS =
  'This is a file of signatures without the package they belong to. The author takes it on the Release step; to verify a release, choose its zip file.';
const OTHER_ZIP =
  'This zip file is not a release package: it holds neither manifest.json nor dossier.json. Choose the zip file that was exported as a release.';
