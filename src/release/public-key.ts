import { decodeBase64 } from './base64';

/** SHA-256 in lower-case hexadecimal. */
export type Digest = (bytes: Uint8Array<ArrayBuffer>) => Promise<string>;

/** DER in front of the 64 bytes of a P-256 point: SubjectPublicKeyInfo of id-ecPublicKey, prime256v1, uncompressed. */
const SPKI_HEAD = '3059301306072a8648ce3d020106082a8648ce3d03010703420004';
const SPKI_BYTES = 91;

/**
 * The SPKI bytes of a public key; null unless it is P-256 in the one spelling that WebCrypto exports, so that one key
 * cannot pass for two.
 */
export function readPublicKey(base64: string): Uint8Array<ArrayBuffer> | null {
  const bytes = decodeBase64(base64);
  if (bytes?.length !== SPKI_BYTES) return null;
  const head = [...bytes.subarray(0, SPKI_HEAD.length / 2)];
  return head.map((byte) => byte.toString(16).padStart(2, '0')).join('') === SPKI_HEAD ? bytes : null;
}

/** Crockford's letters: none is taken for another when read aloud or copied by hand. */
const CODE = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const N_GROUPS = 4;

/**
 * A code to compare by telephone: the first 80 bits of the SHA-256 of the key's SPKI bytes in Crockford's base 32, in four
 * groups of four.
 */
export async function fingerprint(publicKey: Uint8Array<ArrayBuffer>, digest: Digest): Promise<string> {
  const hash = await digest(publicKey);
  const groups = Array.from({ length: N_GROUPS }, (_, i) => {
    const bits = parseInt(hash.slice(5 * i, 5 * i + 5), 16);
    return [15, 10, 5, 0].map((shift) => CODE[(bits >> shift) & 31]).join('');
  });
  return groups.join('-');
}
