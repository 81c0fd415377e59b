import { count, fields, listOf, oneOf, text, type Shape } from '../data/shape';
import { encodeUtf8 } from '../data/utf8';
import type { AuditEntry } from './audit-log';
import { canonicalise } from './canonical-json';
import { writeCroissant } from './croissant';
import { SYNTHETIC_STATEMENT, type Dossier, type FileDigest } from './dossier';
import { writeDossierHtml } from './dossier-html';
import { writePolicyMember } from './policy-member';
import { writeProv } from './prov';
import type { Digest } from './public-key';
import { writeReadme } from './recipient-readme';
import type { SignOff } from './sign-off';

/** Layout of a release package (docs/release-package.md); one of a greater version is refused. */
export const PACKAGE_VERSION = 1;
export const PACKAGE_FORMAT = 'understudy-package';

export const MEMBER = {
  manifest: 'manifest.json',
  checksums: 'SHA256SUMS',
  dossier: 'dossier.json',
  dossierHtml: 'dossier.html',
  policy: 'policy.json',
  croissant: 'croissant.json',
  prov: 'prov.json',
  readme: 'README.txt',
  log: 'audit-log.json',
  signOffs: 'sign-offs.json',
} as const;

/** Members that no signature covers by a hash: the log is covered by its head, the others follow from the rest. */
export const UNSIGNED: readonly string[] = [MEMBER.manifest, MEMBER.checksums, MEMBER.log, MEMBER.signOffs];

/** Files of a package by name. */
export type Members = ReadonlyMap<string, Uint8Array<ArrayBuffer>>;

/** What a package says of itself. It follows from the other members, byte for byte. */
export interface Manifest {
  readonly format: typeof PACKAGE_FORMAT;
  readonly version: typeof PACKAGE_VERSION;
  readonly statement: typeof SYNTHETIC_STATEMENT;
  /** Every other member, in the order of their names. */
  readonly members: readonly FileDigest[];
}

/** audit-log.json. */
export interface LogFile {
  readonly format: 'understudy-audit-log';
  readonly version: 1;
  readonly entries: readonly AuditEntry[];
}

/** sign-offs.json. */
export interface SignOffsFile {
  readonly format: 'understudy-sign-offs';
  readonly version: 1;
  readonly signOffs: readonly SignOff[];
}

export const manifestShape: Shape = fields<Manifest>({
  format: oneOf({ [PACKAGE_FORMAT]: true }),
  version: count,
  statement: text,
  members: listOf(fields<FileDigest>({ name: text, nBytes: count, sha256: text })),
});

/** Names and checksums of files, in the order of their names. */
export async function digestFiles(files: Members, digest: Digest): Promise<readonly FileDigest[]> {
  const digests: FileDigest[] = [];
  for (const name of [...files.keys()].sort()) {
    const bytes = files.get(name) ?? new Uint8Array();
    digests.push({ name, nBytes: bytes.length, sha256: await digest(bytes) });
  }
  return digests;
}

const DATA_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;

/**
 * The files of a release that are signed: the data, and the dossier in both its forms, the policy,
 * a description as a Croissant dataset, the provenance, and a README. Throws
 * TypeError for a name of a data file that is taken, or that is no plain name.
 */
export function writeReleaseFiles(data: Members, dossier: Dossier): Members {
  const taken = new Set<string>(Object.values(MEMBER));
  for (const name of data.keys())
    if (taken.has(name) || !DATA_NAME.test(name))
      throw new TypeError(`a package cannot hold a data file "${name}"`);
  return new Map([
    ...data,
    [MEMBER.dossier, encodeUtf8(canonicalise(dossier))],
    [MEMBER.dossierHtml, encodeUtf8(writeDossierHtml(dossier))],
    [MEMBER.policy, encodeUtf8(canonicalise(writePolicyMember(dossier)))],
    [MEMBER.croissant, encodeUtf8(canonicalise(writeCroissant(dossier)))],
    [MEMBER.prov, encodeUtf8(canonicalise(writeProv(dossier)))],
    [MEMBER.readme, encodeUtf8(writeReadme(dossier, [...data.keys()].sort()))],
  ]);
}

/** All members of a package, the manifest last; without sign-offs it is one that waits to be reviewed. */
export async function assemblePackage(
  files: Members,
  log: readonly AuditEntry[],
  signOffs: readonly SignOff[],
  digest: Digest,
): Promise<Members> {
  const logFile: LogFile = { format: 'understudy-audit-log', version: 1, entries: log };
  const signOffsFile: SignOffsFile = { format: 'understudy-sign-offs', version: 1, signOffs };
  const members = new Map([
    ...files,
    [MEMBER.log, encodeUtf8(canonicalise(logFile))],
    [MEMBER.signOffs, encodeUtf8(canonicalise(signOffsFile))],
  ]);
  members.set(MEMBER.checksums, encodeUtf8(writeChecksums(await digestFiles(members, digest))));
  const digests = await digestFiles(members, digest);
  const sorted = digests.map(({ name }) => [name, members.get(name) ?? new Uint8Array()] as const);
  return new Map([...sorted, [MEMBER.manifest, encodeUtf8(canonicalise(writeManifest(digests)))]]);
}

/** The manifest of members, which are all but itself. */
export function writeManifest(members: readonly FileDigest[]): Manifest {
  return { format: PACKAGE_FORMAT, version: PACKAGE_VERSION, statement: SYNTHETIC_STATEMENT, members };
}

/** SHA256SUMS, as `sha256sum -c` reads it: of all members but itself and the manifest. */
export function writeChecksums(members: readonly FileDigest[]): string {
  return members.map(({ name, sha256 }) => `${sha256}  ${name}\n`).join('');
}
