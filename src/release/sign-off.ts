import { count, fields, oneOf, onlyFields, text, valuesOf, type Shape } from '../data/shape';
import { encodeUtf8 } from '../data/utf8';
import type { LogHead } from './audit-log';
import { decodeBase64, encodeBase64 } from './base64';
import { canonicalise } from './canonical-json';
import type { FileDigest } from './dossier';
import { readPublicKey } from './public-key';

/** Layout of what is signed; one of a greater version is refused. */
export const SIGN_OFF_VERSION = 1;

export type Decision = 'approve' | 'reject';

/** What a signature stands under. Its canonical JSON, as UTF-8, is what is signed. */
export interface SignOffStatement {
  readonly format: 'understudy-sign-off';
  readonly version: typeof SIGN_OFF_VERSION;
  /** `author`, `reviewer`, or a further one. */
  readonly role: string;
  /** As the signer gives it: asserted, like the time. */
  readonly name: string;
  /** ISO 8601 in UTC. */
  readonly at: string;
  readonly decision: Decision;
  /** Why; a rejection needs one. */
  readonly reason: string;
  /** SHA-256 of the dossier, the policy, the data and all other files that are signed, by their names in the package. */
  readonly hashes: Readonly<Record<string, string>>;
  readonly log: LogHead;
}

/** A statement with the signature over it. */
export interface SignOff {
  readonly statement: SignOffStatement;
  /** SubjectPublicKeyInfo of a P-256 key in base64. */
  readonly publicKey: string;
  /** ECDSA with SHA-256 in base64: r and s, 32 bytes each (IEEE P1363). */
  readonly signature: string;
}

/** True where the signature is that of the key over those bytes (ECDSA P-256 with SHA-256, r and s). */
export type Verify = (
  publicKey: Uint8Array<ArrayBuffer>,
  bytes: Uint8Array<ArrayBuffer>,
  signature: Uint8Array<ArrayBuffer>,
) => Promise<boolean>;

/** A key that signs and cannot be taken out. */
export interface Signer {
  readonly publicKey: string;
  sign(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array>;
}

export const signOffShape: Shape = onlyFields<SignOff>({
  statement: fields<SignOffStatement>({
    format: oneOf({ 'understudy-sign-off': true }),
    version: count,
    role: text,
    name: text,
    at: text,
    decision: oneOf<Decision>({ approve: true, reject: true }),
    reason: text,
    hashes: valuesOf(text),
    log: fields<LogHead>({ length: count, hash: text }),
  }),
  publicKey: text,
  signature: text,
});

/** What a person puts their name under, all problems of it said at once; none for one that can be signed. */
export function findStatementProblems({ role, name, reason, decision }: SignOffStatement): readonly string[] {
  return [
    ...(name.trim() === '' ? ['a sign-off needs the name of the person who signs'] : []),
    ...(role.trim() === '' ? ['a sign-off needs the role of the person who signs'] : []),
    ...(decision === 'reject' && reason.trim() === '' ? ['a rejection needs a reason'] : []),
  ];
}

/** The statement about those files and that log. */
export function writeStatement(
  said: Pick<SignOffStatement, 'role' | 'name' | 'at' | 'decision' | 'reason'>,
  files: readonly FileDigest[],
  log: LogHead,
): SignOffStatement {
  const hashes = Object.fromEntries(files.map(({ name, sha256 }) => [name, sha256]));
  return { format: 'understudy-sign-off', version: SIGN_OFF_VERSION, ...said, hashes, log };
}

/** The bytes that are signed. */
export function bytesToSign(statement: SignOffStatement): Uint8Array<ArrayBuffer> {
  return encodeUtf8(canonicalise(statement));
}

/** Signs a statement. */
export async function signStatement(statement: SignOffStatement, signer: Signer): Promise<SignOff> {
  const signature = encodeBase64(await signer.sign(bytesToSign(statement)));
  return { statement, publicKey: signer.publicKey, signature };
}

/** True where statement, key and signature belong together, and key and signature are spelt in the one way allowed. */
export async function isSigned(
  { statement, publicKey, signature }: SignOff,
  verify: Verify,
): Promise<boolean> {
  const key = readPublicKey(publicKey);
  const signed = decodeBase64(signature);
  if (key === null || signed?.length !== 64) return false;
  return verify(key, bytesToSign(statement), signed);
}
