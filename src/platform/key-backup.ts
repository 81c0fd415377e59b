import { refuse } from '../data/failure';
import { count, fields, isObject, oneOf, text } from '../data/shape';
import { encodeBase64 } from '../release/base64';
import { canonicalise } from '../release/canonical-json';
import { readPublicKey } from '../release/public-key';
import { checkPassphrase } from './projects/sealed/passphrase';
import {
  bindTo,
  bytesOf,
  digestOf,
  findWrapping,
  isBounded,
  startWrap,
  wrapShapes,
  type WrapHead,
} from './projects/sealed/passphrase-wrap';

/** Layout of a backup (docs/key-backup.md); one of a greater version is refused. */
export const KEY_BACKUP_VERSION = 1;
const FORMAT = 'understudy-key-backup';

/** The kind of key that signs releases. */
export const SIGNING_KEY = { name: 'ECDSA', namedCurve: 'P-256' } as const;

/** What a backup says of its key in clear. It is bound to the key: another label or public key does not open. */
export interface KeyAccount {
  readonly label: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  /** SubjectPublicKeyInfo in base64. */
  readonly publicKey: string;
}

/** A private key under a passphrase, with all that is needed to open it but the passphrase. */
interface KeyBackup extends KeyAccount, WrapHead {
  readonly format: typeof FORMAT;
  readonly version: typeof KEY_BACKUP_VERSION;
  /** PKCS#8 of the private key under AES-256-GCM, in base64. */
  readonly wrapped: string;
  /** SHA-256 of the rest: tells damage from a wrong passphrase. */
  readonly digest: string;
}

/** A key as a backup gives it back; it cannot be read out. */
export interface OpenedKey extends KeyAccount {
  readonly privateKey: CryptoKey;
}

/** The text of a backup of an extractable private key. Throws `option-invalid` for a passphrase that is too short. */
export async function writeKeyBackup(
  privateKey: CryptoKey,
  { label, createdAt, publicKey }: KeyAccount,
  passphrase: string,
): Promise<string> {
  checkPassphrase(passphrase);
  const { head, wrapping } = await startWrap(passphrase);
  const clear = {
    format: FORMAT,
    version: KEY_BACKUP_VERSION,
    label,
    createdAt,
    publicKey,
    ...head,
  } as const;
  const wrapped = await crypto.subtle.wrapKey('pkcs8', privateKey, wrapping, bindTo(clear));
  const body = { ...clear, wrapped: encodeBase64(new Uint8Array(wrapped)) };
  return `${canonicalise({ ...body, digest: await digestOf(body) })}\n`;
}

/**
 * The key of a backup. Throws `format-unknown` for what is no backup, `project-newer`, `file-unreadable` for one that was
 * changed or damaged, and `passphrase-wrong`.
 */
export async function openKeyBackup(given: string, passphrase: string): Promise<OpenedKey> {
  const { wrapped, format, version, label, createdAt, publicKey, derivation, check, nonce } =
    await readBackup(given);
  const clear = { format, version, label, createdAt, publicKey, derivation, check, nonce };
  const wrapping = await findWrapping(clear, passphrase);
  if (wrapping === null) return refuse('passphrase-wrong', WRONG);
  const privateKey = await crypto.subtle
    .unwrapKey('pkcs8', bytesOf(wrapped), wrapping, bindTo(clear), SIGNING_KEY, false, ['sign'])
    .catch((error: unknown) => refuse('file-unreadable', DAMAGED, String(error)));
  return { label, createdAt, publicKey, privateKey };
}

async function readBackup(given: string): Promise<KeyBackup> {
  const parsed = parse(given);
  if (parsed?.['format'] !== FORMAT) return refuse('format-unknown', NO_BACKUP);
  const { digest: said, ...rest } = parsed;
  if (said !== (await digestOf(rest))) return refuse('file-unreadable', DAMAGED, 'another digest');
  if (Number(parsed['version']) > KEY_BACKUP_VERSION) return refuse('project-newer', NEWER);
  const problems = backupShape(parsed, 'backup');
  if (problems.length > 0) return refuse('file-unreadable', DAMAGED, problems.join('; '));
  const backup = parsed as unknown as KeyBackup;
  if (!isBounded(backup.derivation) || readPublicKey(backup.publicKey) === null)
    return refuse('file-unreadable', DAMAGED, 'out of bounds');
  return backup;
}

const backupShape = fields<KeyBackup>({
  format: oneOf({ [FORMAT]: true }),
  version: count,
  label: text,
  createdAt: count,
  publicKey: text,
  ...wrapShapes,
  wrapped: text,
  digest: text,
});

function parse(given: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(given);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

const NO_BACKUP =
  'This is not the backup of a key, or not all of it. Choose the file that was saved when the key was made; its name ends in -key-backup.json.';
const NEWER =
  'This backup was written by a newer version of Understudy than this page. Reload the page to get that version. Nothing was added here.';
const DAMAGED =
  'This backup was changed or damaged after it was saved, so no passphrase can open it. Use another copy of it; nothing was added here.';
const WRONG =
  'This passphrase does not open the backup. It is the one that was typed when the key was made. Look for capital letters and the keyboard’s language, then try again.';
