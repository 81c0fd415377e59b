/** HMAC-SHA-256 in lower-case hexadecimal of some bytes, under a key that the caller keeps. */
export type Hmac = (bytes: Uint8Array<ArrayBuffer>) => Promise<string>;

/**
 * Binds its author to one source without telling anything of it: whoever is later given the source and the key can check
 * it, and nobody else can try guesses against it, as they could against a plain hash of a small or guessable table.
 */
export interface SourceCommitment {
  readonly algorithm: 'HMAC-SHA-256';
  /** 64 lower-case hexadecimal digits. */
  readonly value: string;
}

/** The commitment to the bytes of a source file as it was dropped. */
export async function commitToSource(bytes: Uint8Array<ArrayBuffer>, hmac: Hmac): Promise<SourceCommitment> {
  return { algorithm: 'HMAC-SHA-256', value: await hmac(bytes) };
}
