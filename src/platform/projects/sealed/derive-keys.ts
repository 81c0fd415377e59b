import { encodePassphrase } from './passphrase';

/** How a key is derived from a passphrase; stored in clear beside what it opens. */
export interface Derivation {
  readonly name: 'PBKDF2';
  readonly hash: 'SHA-256';
  /** Rounds; between {@link MIN_ITERATIONS} and {@link MAX_ITERATIONS}. */
  readonly iterations: number;
  /** 16 random bytes in base64. */
  readonly salt: string;
}

/** Least that is read: OWASP's figure for PBKDF2 with SHA-256 (2023). */
export const MIN_ITERATIONS = 600_000;
/** Most that is read: beyond it a file could hold the page up for minutes. */
export const MAX_ITERATIONS = 20_000_000;
/** What is written now. */
export const ITERATIONS = 1_000_000;

/** What a passphrase gives. */
export interface DerivedKeys {
  /** AES-256-GCM; wraps and unwraps the data key, and cannot be read out. */
  readonly wrapping: CryptoKey;
  /** 16 bytes that only the same passphrase gives again. They say nothing of `wrapping`. */
  readonly check: Uint8Array<ArrayBuffer>;
}

/** Derives both keys; takes some tenths of a second, off the page's own thread. */
export async function deriveKeys(
  passphrase: string,
  { iterations, hash }: Derivation,
  salt: Uint8Array<ArrayBuffer>,
): Promise<DerivedKeys> {
  const { subtle } = crypto;
  const typed = await subtle.importKey('raw', encodePassphrase(passphrase), 'PBKDF2', false, ['deriveBits']);
  const root = await subtle.deriveBits({ name: 'PBKDF2', hash, iterations, salt }, typed, 256);
  const stem = await subtle.importKey('raw', root, 'HKDF', false, ['deriveBits', 'deriveKey']);
  const wrapping = await subtle.deriveKey(
    branch('understudy wrapping key 1'),
    stem,
    { name: 'AES-GCM', length: 256 },
    false,
    ['wrapKey', 'unwrapKey'],
  );
  const check = await subtle.deriveBits(branch('understudy passphrase check 1'), stem, 128);
  return { wrapping, check: new Uint8Array(check) };
}

/** HKDF with SHA-256 (RFC 5869); the root is a key already, so it takes no salt. */
function branch(info: string): HkdfParams {
  return { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: new TextEncoder().encode(info) };
}
