import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import { refuse } from '../data/failure';
import { encodeBase64 } from '../release/base64';
import type { Signer, Verify } from '../release/sign-off';
import { openKeyBackup, SIGNING_KEY as ALGORITHM, writeKeyBackup } from './key-backup';
import { scopedName } from './projects/names';

const SIGNING = { name: 'ECDSA', hash: 'SHA-256' } as const;

/** A key pair as the browser keeps it; the private half has no bytes that a page could read. */
interface StoredKey {
  readonly label: string;
  readonly createdAt: number;
  readonly privateKey: CryptoKey;
  /** SubjectPublicKeyInfo in base64. */
  readonly publicKey: string;
}

interface KeysSchema extends DBSchema {
  /** Key: the public key. */
  keys: { key: string; value: StoredKey };
  /** Key: a name; the kept HMAC key of commitments to sources is `commitment`. */
  secrets: { key: string; value: CryptoKey };
}

/** A key that this browser can sign with. */
export interface KeptKey extends Signer {
  /** What its owner calls it. */
  readonly label: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
}

/** Makes a key pair whose private half never leaves this browser, and keeps it. Throws what the browser throws. */
export async function createKey(scope: string, label: string, now: number): Promise<KeptKey> {
  const { privateKey, publicKey } = await generateKey(false);
  return keep(scope, { label, createdAt: now, privateKey, publicKey });
}

/** A key that was made with its backup. */
export interface BackedKey {
  readonly key: KeptKey;
  /** Text of the backup file (docs/key-backup.md). */
  readonly backup: string;
}

/**
 * Makes a key pair, writes its private half under a passphrase, and keeps the one that this backup gives back, which can
 * no more be read out than any other. Throws `option-invalid` for a passphrase that is too short.
 */
export async function createBackedKey(
  scope: string,
  label: string,
  now: number,
  passphrase: string,
): Promise<BackedKey> {
  const { privateKey, publicKey } = await generateKey(true);
  const backup = await writeKeyBackup(privateKey, { label, createdAt: now, publicKey }, passphrase);
  return { key: await keep(scope, await openKeyBackup(backup, passphrase)), backup };
}

/**
 * Keeps the key of a backup. Throws as {@link openKeyBackup}, and `option-invalid` where this browser has the key
 * already, in which case nothing is changed.
 */
export async function restoreKey(scope: string, backup: string, passphrase: string): Promise<KeptKey> {
  const opened = await openKeyBackup(backup, passphrase);
  const known = await listKeys(scope);
  const here = known.find(({ publicKey }) => publicKey === opened.publicKey);
  if (here !== undefined)
    refuse('option-invalid', `This browser has that key already, as “${here.label}”. Nothing was changed.`);
  return keep(scope, opened);
}

async function generateKey(extractable: boolean): Promise<Pick<StoredKey, 'privateKey' | 'publicKey'>> {
  const pair = await crypto.subtle.generateKey(ALGORITHM, extractable, ['sign', 'verify']);
  const spki = new Uint8Array(await crypto.subtle.exportKey('spki', pair.publicKey));
  return { privateKey: pair.privateKey, publicKey: encodeBase64(spki) };
}

async function keep(scope: string, stored: StoredKey): Promise<KeptKey> {
  await withDatabase(scope, (database) => database.put('keys', stored, stored.publicKey));
  return toSigner(stored);
}

/** Keys of this browser, as a page works with them. */
export interface KeyStore {
  list(): Promise<readonly KeptKey[]>;
  create(label: string, now: number): Promise<KeptKey>;
  createBacked(label: string, now: number, passphrase: string): Promise<BackedKey>;
  restore(backup: string, passphrase: string): Promise<KeptKey>;
  forget(publicKey: string): Promise<void>;
}

/** Keys kept under the path that the app is served from. */
export function openKeyStore(scope: string): KeyStore {
  return {
    list: () => listKeys(scope),
    create: (label, now) => createKey(scope, label, now),
    createBacked: (label, now, passphrase) => createBackedKey(scope, label, now, passphrase),
    restore: (backup, passphrase) => restoreKey(scope, backup, passphrase),
    forget: (publicKey) => forgetKey(scope, publicKey),
  };
}

/** Keys kept in this browser, the oldest first. */
export async function listKeys(scope: string): Promise<readonly KeptKey[]> {
  const stored = await withDatabase(scope, (database) => database.getAll('keys'));
  return stored.sort((a, b) => a.createdAt - b.createdAt).map(toSigner);
}

/** Forgets a key for ever; what it signed stays valid. */
export async function forgetKey(scope: string, publicKey: string): Promise<void> {
  await withDatabase(scope, (database) => database.delete('keys', publicKey));
}

/** HMAC-SHA-256 under this browser's commitment key, made at first use; lower-case hexadecimal. */
export async function commitmentHmac(
  scope: string,
): Promise<(bytes: Uint8Array<ArrayBuffer>) => Promise<string>> {
  const key = await withDatabase(scope, keepCommitmentKey);
  return async (bytes) => {
    const code = new Uint8Array(await crypto.subtle.sign('HMAC', key, bytes));
    return [...code].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  };
}

/** Two tabs may ask at once: the key that was stored first is the one both use. */
async function keepCommitmentKey(database: IDBPDatabase<KeysSchema>): Promise<CryptoKey> {
  const made = await crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256', length: 256 }, true, [
    'sign',
  ]);
  const transaction = database.transaction('secrets', 'readwrite');
  const kept = await transaction.store.get('commitment');
  if (kept === undefined) await transaction.store.put(made, 'commitment');
  await transaction.done;
  return kept ?? made;
}

/** The commitment key in base64, for its owner to keep: without it nobody can check the commitment. Null before first use. */
export async function exportCommitmentKey(scope: string): Promise<string | null> {
  const key = await withDatabase(scope, (database) => database.get('secrets', 'commitment'));
  return key === undefined ? null : encodeBase64(new Uint8Array(await crypto.subtle.exportKey('raw', key)));
}

/** Whether a signature is that of a key over some bytes. False, too, for a key that is none. */
export const verifySignature: Verify = async (publicKey, bytes, signature) => {
  try {
    const key = await crypto.subtle.importKey('spki', publicKey, ALGORITHM, false, ['verify']);
    return await crypto.subtle.verify(SIGNING, key, signature, bytes);
  } catch (error) {
    if (error instanceof DOMException) return false;
    throw error;
  }
};

function toSigner({ label, createdAt, publicKey, privateKey }: StoredKey): KeptKey {
  return {
    label,
    createdAt,
    publicKey,
    sign: async (bytes) => new Uint8Array(await crypto.subtle.sign(SIGNING, privateKey, bytes)),
  };
}

/** Opened for one act and closed after it, so that erasing everything never waits for it. */
async function withDatabase<T>(
  scope: string,
  act: (database: IDBPDatabase<KeysSchema>) => Promise<T>,
): Promise<T> {
  const database = await openDB<KeysSchema>(scopedName(scope, 'keys'), 1, {
    upgrade: (fresh) => {
      fresh.createObjectStore('keys');
      fresh.createObjectStore('secrets');
    },
  });
  try {
    return await act(database);
  } finally {
    database.close();
  }
}
