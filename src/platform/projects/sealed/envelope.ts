import { refuse } from '../../../data/failure';
import { canonicalise } from '../../../release/canonical-json';
import { decodeBase64, encodeBase64 } from '../../../release/base64';
import { digest } from '../file/digest';
import { count, fields, isObject, oneOf, text } from '../shape';
import { deriveKeys, ITERATIONS, MAX_ITERATIONS, MIN_ITERATIONS } from './derive-keys';
import type { Derivation } from './derive-keys';
import { checkPassphrase } from './passphrase';

/** Layout of an envelope (docs/at-rest.md). */
export const ENVELOPE_VERSION = 1;

/** A data key under a passphrase, with all that is needed to open it but the passphrase. Holds no secret in clear. */
export interface Envelope {
  readonly version: typeof ENVELOPE_VERSION;
  readonly derivation: Derivation;
  /** What the right passphrase derives besides the wrapping key, in base64. */
  readonly check: string;
  /** Nonce of the wrapping, 12 bytes in base64. */
  readonly nonce: string;
  /** The data key under AES-256-GCM, 48 bytes in base64. */
  readonly wrapped: string;
  /** SHA-256 of the rest: tells damage from a wrong passphrase. Whoever alters all of it can make one look like the other. */
  readonly digest: string;
}

/** What opens a project or a file: the key its bytes are under, which cannot be read out, and its envelope. */
export interface OpenedEnvelope {
  readonly key: CryptoKey;
  readonly envelope: Envelope;
}

/** Where an envelope lies, for the sentences about it. */
export type EnvelopeHome = 'project' | 'file';

/** A new data key under a passphrase. Throws `option-invalid` for a passphrase that is too short. */
export async function makeEnvelope(passphrase: string): Promise<OpenedEnvelope> {
  checkPassphrase(passphrase);
  const fresh = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, true, [
    'encrypt',
    'decrypt',
  ]);
  return wrap(fresh, passphrase);
}

/** Opens the data key. Throws `passphrase-wrong`, `project-newer` or `project-altered`. */
export async function openEnvelope(
  envelope: unknown,
  passphrase: string,
  home: EnvelopeHome,
): Promise<OpenedEnvelope> {
  const checked = await checkEnvelope(envelope, home);
  return { key: await unwrap(checked, passphrase, home, false), envelope: checked };
}

/** The same data key under another passphrase: what it opens need not be written anew. Throws as {@link openEnvelope}. */
export async function changeEnvelope(
  envelope: unknown,
  before: string,
  after: string,
): Promise<OpenedEnvelope> {
  checkPassphrase(after);
  const checked = await checkEnvelope(envelope, 'project');
  return wrap(await unwrap(checked, before, 'project', true), after);
}

/** An envelope from outside that is whole and of a kind this page reads. */
export async function checkEnvelope(envelope: unknown, home: EnvelopeHome): Promise<Envelope> {
  if (!isObject(envelope)) return refuseAltered(home, 'no envelope');
  if (Number(envelope['version']) > ENVELOPE_VERSION && (await isWhole(envelope)))
    return refuse('project-newer', NEWER[home]);
  if (!(await isWhole(envelope))) return refuseAltered(home, 'envelope has another digest');
  const problems = envelopeShape(envelope, 'envelope');
  if (problems.length > 0) return refuseAltered(home, problems.join('; '));
  const known = envelope as unknown as Envelope;
  const { iterations } = known.derivation;
  if (iterations < MIN_ITERATIONS || iterations > MAX_ITERATIONS)
    return refuseAltered(home, 'derivation out of bounds');
  return known;
}

const envelopeShape = fields<Envelope>({
  version: count,
  derivation: fields<Derivation>({
    name: oneOf<Derivation['name']>({ PBKDF2: true }),
    hash: oneOf<Derivation['hash']>({ 'SHA-256': true }),
    iterations: count,
    salt: text,
  }),
  check: text,
  nonce: text,
  wrapped: text,
  digest: text,
});

async function isWhole(envelope: Readonly<Record<string, unknown>>): Promise<boolean> {
  const { digest: given, ...rest } = envelope;
  return given === (await digestOf(rest));
}

async function wrap(extractable: CryptoKey, passphrase: string): Promise<OpenedEnvelope> {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const derivation = {
    name: 'PBKDF2',
    hash: 'SHA-256',
    iterations: ITERATIONS,
    salt: encodeBase64(salt),
  } as const;
  const { wrapping, check } = await deriveKeys(passphrase, derivation, salt);
  const nonce = crypto.getRandomValues(new Uint8Array(12));
  const head = {
    version: ENVELOPE_VERSION,
    derivation,
    check: encodeBase64(check),
    nonce: encodeBase64(nonce),
  } as const;
  const wrapped = await crypto.subtle.wrapKey('raw', extractable, wrapping, gcm(nonce, head));
  const body = { ...head, wrapped: encodeBase64(new Uint8Array(wrapped)) };
  const envelope: Envelope = { ...body, digest: await digestOf(body) };
  return { key: await unwrapWith(envelope, wrapping, false), envelope };
}

async function unwrap(
  envelope: Envelope,
  passphrase: string,
  home: EnvelopeHome,
  extractable: boolean,
): Promise<CryptoKey> {
  const { wrapping, check } = await deriveKeys(
    passphrase,
    envelope.derivation,
    bytesOf(envelope.derivation.salt),
  );
  if (encodeBase64(check) !== envelope.check) return refuse('passphrase-wrong', WRONG[home]);
  return unwrapWith(envelope, wrapping, extractable).catch((error: unknown) =>
    refuseAltered(home, String(error)),
  );
}

async function unwrapWith(
  { version, derivation, check, nonce, wrapped }: Envelope,
  wrapping: CryptoKey,
  extractable: boolean,
): Promise<CryptoKey> {
  const way = gcm(bytesOf(nonce), { version, derivation, check, nonce });
  const usages: KeyUsage[] = ['encrypt', 'decrypt'];
  return crypto.subtle.unwrapKey('raw', bytesOf(wrapped), wrapping, way, 'AES-GCM', extractable, usages);
}

function gcm(iv: Uint8Array<ArrayBuffer>, bound: unknown): AesGcmParams {
  return { name: 'AES-GCM', iv, additionalData: encode(bound) };
}

function digestOf(value: unknown): Promise<string> {
  return digest(encode(value));
}

function encode(value: unknown): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(canonicalise(value));
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return decodeBase64(base64) ?? new Uint8Array();
}

function refuseAltered(home: EnvelopeHome, detail: string): never {
  return refuse('project-altered', ALTERED[home], detail);
}

const WRONG: Readonly<Record<EnvelopeHome, string>> = {
  project:
    'This passphrase does not open the project. Look for capital letters and the keyboard’s language, then try again. Nothing was changed.',
  file: 'This passphrase does not open the project file. It is the one that was typed when the file was saved, which may be another than the project’s own. Nothing was added here.',
};
const ALTERED: Readonly<Record<EnvelopeHome, string>> = {
  project:
    'The protection of this project was changed or damaged after it was saved, so no passphrase can open it any more. Open the project from a project file, or erase it.',
  file: 'The protection of this project file was changed or damaged after it was saved, so no passphrase can open it. Use another copy of it; nothing was added here.',
};
const NEWER: Readonly<Record<EnvelopeHome, string>> = {
  project:
    'This project was protected by a newer version of Understudy. Reload the page to get that version; the project was not changed.',
  file: 'This project file was protected by a newer version of Understudy than this page. Reload the page to get that version, or open the file where it was saved. Nothing was added here.',
};
