import { refuse } from '../../../data/failure';
import { encodeBase64 } from '../../../release/base64';
import { GrowingBlob } from '../../growing-blob';

/** Bytes under one nonce. What is sealed and opened stands in memory by this much, however long it is. */
export const CHUNK_BYTES = 2 ** 20;

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const SEALED_CHUNK_BYTES = NONCE_BYTES + CHUNK_BYTES + TAG_BYTES;

/**
 * What sealed bytes belong to. It goes into the check of every chunk, so that none can be put in another's place: from
 * another project, another part, another writing of the same part, another position, or from the end to the middle.
 */
export interface Address {
  /** `project/<id>` or `file`. */
  readonly owner: string;
  /** Which of its bytes. */
  readonly part: string;
  /** Drawn anew for every writing ({@link newStream}). */
  readonly stream: string;
}

/** A name for one writing: 16 random bytes in base64. */
export function newStream(): string {
  return encodeBase64(crypto.getRandomValues(new Uint8Array(16)));
}

/** One chunk as kept: nonce, ciphertext, tag. */
export async function sealChunk(
  key: CryptoKey,
  address: Address,
  index: number,
  isLast: boolean,
  plain: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
  const sealed = await crypto.subtle.encrypt(gcm(nonce, address, index, isLast), key, plain);
  const out = new Uint8Array(NONCE_BYTES + sealed.byteLength);
  out.set(nonce);
  out.set(new Uint8Array(sealed), NONCE_BYTES);
  return out;
}

/** Null unless it is, bit for bit, what {@link sealChunk} made of that address, index and end. */
export async function openChunk(
  key: CryptoKey,
  address: Address,
  index: number,
  isLast: boolean,
  sealed: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const nonce = sealed.slice(0, NONCE_BYTES);
  try {
    const way = gcm(nonce, address, index, isLast);
    return new Uint8Array(await crypto.subtle.decrypt(way, key, sealed.slice(NONCE_BYTES)));
  } catch (error) {
    if (error instanceof DOMException) return null;
    throw error;
  }
}

/** Seals bytes of any length chunk by chunk; nothing is one empty chunk, so that it cannot be made of something. */
export async function sealBlob(key: CryptoKey, address: Address, plain: Blob): Promise<Blob> {
  const sealed = new GrowingBlob();
  const nChunks = Math.max(1, Math.ceil(plain.size / CHUNK_BYTES));
  for (let index = 0; index < nChunks; index++) {
    const piece = await readPiece(plain, index * CHUNK_BYTES, CHUNK_BYTES);
    sealed.push(await sealChunk(key, address, index, index === nChunks - 1, piece));
  }
  return sealed.finish();
}

/**
 * Opens what {@link sealBlob} made. Throws `project-altered` with the sentence `altered` unless it is whole.
 *
 * @param type media type of the bytes
 */
export async function openBlob(
  key: CryptoKey,
  address: Address,
  sealed: Blob,
  type: string,
  altered: string,
): Promise<Blob> {
  const plain = new GrowingBlob(type);
  const nChunks = Math.max(1, Math.ceil(sealed.size / SEALED_CHUNK_BYTES));
  for (let index = 0; index < nChunks; index++) {
    const piece = await readPiece(sealed, index * SEALED_CHUNK_BYTES, SEALED_CHUNK_BYTES);
    const opened = await openChunk(key, address, index, index === nChunks - 1, piece);
    if (opened === null)
      return refuse(
        'project-altered',
        altered,
        `${address.part}: chunk ${index} of ${nChunks} does not match its tag`,
      );
    plain.push(opened);
  }
  return plain.finish();
}

async function readPiece(blob: Blob, at: number, nBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await blob.slice(at, at + nBytes).arrayBuffer());
}

function gcm(
  iv: Uint8Array<ArrayBuffer>,
  { owner, part, stream }: Address,
  index: number,
  isLast: boolean,
): AesGcmParams {
  const bound = JSON.stringify(['understudy-sealed', 1, owner, part, stream, index, isLast]);
  return { name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(bound), tagLength: 128 };
}
