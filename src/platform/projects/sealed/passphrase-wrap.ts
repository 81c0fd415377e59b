import { fields, count, oneOf, text } from '../../../data/shape';
import { decodeBase64, encodeBase64 } from '../../../release/base64';
import { canonicalise } from '../../../release/canonical-json';
import { digest } from '../file/digest';
import {
  deriveKeys,
  ITERATIONS,
  MAX_ITERATIONS,
  MIN_ITERATIONS,
  type Derivation,
  type DerivedKeys,
} from './derive-keys';

/** What everything that wraps a key under a passphrase stores in clear. */
export interface WrapHead {
  readonly derivation: Derivation;
  /** What the right passphrase derives besides the wrapping key, in base64. */
  readonly check: string;
  /** Nonce of the wrapping, 12 bytes in base64. */
  readonly nonce: string;
}

/** A fresh salt and nonce, and the key that a passphrase derives with them. */
export async function startWrap(
  passphrase: string,
): Promise<{ readonly head: WrapHead; readonly wrapping: CryptoKey }> {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const derivation: Derivation = {
    name: 'PBKDF2',
    hash: 'SHA-256',
    iterations: ITERATIONS,
    salt: encodeBase64(salt),
  };
  const { wrapping, check } = await deriveKeys(passphrase, derivation, salt);
  const nonce = encodeBase64(crypto.getRandomValues(new Uint8Array(12)));
  return { head: { derivation, check: encodeBase64(check), nonce }, wrapping };
}

/** The key that wrapped, derived again; null where the passphrase is another. */
export async function findWrapping(
  { derivation, check }: WrapHead,
  passphrase: string,
): Promise<DerivedKeys['wrapping'] | null> {
  const keys = await deriveKeys(passphrase, derivation, bytesOf(derivation.salt));
  return encodeBase64(keys.check) === check ? keys.wrapping : null;
}

/** AES-GCM with what is stored in clear bound to it: another head does not open. */
export function bindTo(head: WrapHead): AesGcmParams {
  return { name: 'AES-GCM', iv: bytesOf(head.nonce), additionalData: encode(head) };
}

/** Shapes of the fields of {@link WrapHead}, as they come from outside. */
export const wrapShapes = {
  derivation: fields<Derivation>({
    name: oneOf<Derivation['name']>({ PBKDF2: true }),
    hash: oneOf<Derivation['hash']>({ 'SHA-256': true }),
    iterations: count,
    salt: text,
  }),
  check: text,
  nonce: text,
};

/** Whether deriving neither gives a guesser too much nor holds the page up for minutes. */
export function isBounded({ iterations }: Derivation): boolean {
  return iterations >= MIN_ITERATIONS && iterations <= MAX_ITERATIONS;
}

/** SHA-256 of a plain value's canonical JSON. */
export function digestOf(value: unknown): Promise<string> {
  return digest(encode(value));
}

/** Bytes of base64; none where it is not. */
export function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return decodeBase64(base64) ?? new Uint8Array();
}

function encode(value: unknown): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(canonicalise(value));
}
