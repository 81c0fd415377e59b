import { encodeUtf8 } from '../../src/data/utf8';
import type { Rng } from '../../src/math/rng';
import { appendEntry, headOf, type AuditAct, type AuditEntry } from '../../src/release/audit-log';
import { buildDossier } from '../../src/release/build-dossier';
import { canonicalise, type Json } from '../../src/release/canonical-json';
import type { DossierInput } from '../../src/release/dossier-input';
import {
  assemblePackage,
  digestFiles,
  writeChecksums,
  writeManifest,
  writeReleaseFiles,
  type Members,
} from '../../src/release/package';
import { signStatement, writeStatement, type Signer } from '../../src/release/sign-off';
import { verifyPackage } from '../../src/release/verify-package';
import type { Verification } from '../../src/release/verification';
import { makeSigner, verifyByNode } from './sample-keys';
import { ACTS, digest, digestText, noteOf, sampleDossierInput, writeLog } from './sample-release';

export const author = makeSigner();
export const reviewer = makeSigner();

const DATA: Members = new Map([
  ['synthetic.csv', encodeUtf8('age;sex\n41;f\n52;m\n38;f\n')],
  [
    'data-dictionary.csv',
    encodeUtf8('column,type,records\nage,integer,synthetic\nsex,categorical,synthetic\n'),
  ],
]);

/** How a package of the sample departs from one that is as it should be. */
export interface PackageChoice {
  readonly acts?: readonly (readonly [AuditAct, Json])[];
  readonly input?: Partial<DossierInput>;
  /** Who signs, in which role; nobody in an empty list. */
  readonly signers?: readonly (readonly [role: string, signer: Signer, decision: 'approve' | 'reject'])[];
  /** Acts after the signatures. */
  readonly later?: readonly (readonly [AuditAct, Json])[];
}

const BOTH = [
  ['author', author, 'approve'],
  ['reviewer', reviewer, 'approve'],
] as const;

/** A whole release: data, dossier, log, signatures. */
export async function makePackage(choice: PackageChoice = {}): Promise<Members> {
  const evaluation = choice.input?.evaluation ?? null;
  const acts = (choice.acts ?? ACTS).map(
    (each) =>
      (each[0] === 'evaluation' && evaluation !== null
        ? ['evaluation', noteOf(evaluation)]
        : each) as typeof each,
  );
  const log = await writeLog(acts);
  const outputs = (await digestFiles(DATA, digest)).filter(({ name }) => name === 'synthetic.csv');
  const dossier = buildDossier(await sampleDossierInput({ log, outputs, ...choice.input }));
  const files = writeReleaseFiles(DATA, dossier);
  const digests = await digestFiles(files, digest);
  const head = headOf(log) ?? { length: 0, hash: '' };
  const signOffs = [];
  for (const [role, signer, decision] of choice.signers ?? BOTH) {
    const said = { role, name: `The ${role}`, at: '2026-11-28T10:00:00.000Z', decision, reason: 'Seen.' };
    signOffs.push(await signStatement(writeStatement(said, digests, head), signer));
  }
  const later = choice.later ?? [
    ['sign-off', { role: 'author' }],
    ['export', { what: 'release' }],
  ];
  return assemblePackage(files, await grow(log, later), signOffs, digest);
}

async function grow(
  log: readonly AuditEntry[],
  acts: readonly (readonly [AuditAct, Json])[],
): Promise<readonly AuditEntry[]> {
  let grown = log;
  for (const [act, detail] of acts)
    grown = await appendEntry(grown, { act, detail, at: '2026-11-28T11:00:00.000Z' }, digestText);
  return grown;
}

export function verify(members: Members): Promise<Verification> {
  return verifyPackage(members, { digest, verify: verifyByNode });
}

/** A member as text. */
export function textOf(members: Members, name: string): string {
  return Buffer.from(members.get(name) ?? []).toString('utf8');
}

/** The same members with one random bit of one of them flipped, by turns. */
export function flipBit(
  members: Members,
  turn: number,
  rng: Rng,
): { readonly members: Members; readonly name: string; readonly bit: number } {
  const names = [...members.keys()];
  const name = names[turn % names.length] ?? '';
  const bytes = Uint8Array.from(members.get(name) ?? []);
  const bit = rng.int(8 * bytes.length);
  bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return { members: replace(members, name, bytes), name, bit };
}

/** The same members with one replaced, or taken out (null); lists of checksums stay as they were. */
export function replace(members: Members, name: string, content: string | Uint8Array | null): Members {
  const changed = new Map(members);
  if (content === null) changed.delete(name);
  else changed.set(name, typeof content === 'string' ? encodeUtf8(content) : Uint8Array.from(content));
  return changed;
}

/** A member of JSON, read. */
export function parse<T>(members: Members, name: string): T {
  return JSON.parse(textOf(members, name)) as T;
}

/** What someone can do who alters members and writes both lists of checksums anew. */
export async function relist(members: Members): Promise<Members> {
  const rest = new Map([...members].filter(([name]) => name !== 'manifest.json' && name !== 'SHA256SUMS'));
  rest.set('SHA256SUMS', encodeUtf8(writeChecksums(await digestFiles(rest, digest))));
  const manifest = canonicalise(writeManifest(await digestFiles(rest, digest)));
  return new Map([...rest, ['manifest.json', encodeUtf8(manifest)]]);
}
