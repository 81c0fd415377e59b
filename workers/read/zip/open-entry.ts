import { crc32 } from '../../../src/data/crc32';
import { FailureError } from '../../../src/data/failure';
import { openThrough, type ByteSource } from '../byte-source';
import { findEntryData, type ZipEntry } from './read-directory';

const METHODS: Readonly<Record<number, string>> = {
  6: 'Implode',
  9: 'Deflate64',
  12: 'bzip2',
  14: 'LZMA',
  93: 'Zstandard',
  95: 'xz',
  98: 'PPMd',
};

/** Unpacked size beyond which a file of an archive is refused: no browser tab holds a table of it. */
export const MAX_ENTRY_BYTES = 2 ** 34;

/**
 * The bytes of one file of an archive, unpacked as a stream and checked against the size and the sum that the archive
 * states. Throws FailureError when it is encrypted, packed in a way that browsers do not unpack, or larger than `limit`.
 */
export async function openEntry(file: Blob, entry: ZipEntry, limit = MAX_ENTRY_BYTES): Promise<ByteSource> {
  const name = quote(entry.path);
  if (entry.isEncrypted) {
    throw refused(
      'file-unreadable',
      `${name} in the zip archive is under a password; unpack it and open the file itself.`,
    );
  }
  if (entry.method !== 0 && entry.method !== 8) {
    const method = METHODS[entry.method] ?? `method ${entry.method}`;
    throw refused(
      'format-unknown',
      `${name} is packed with ${method}, which is not unpacked here; unpack it, or pack it with the usual Deflate, and open that.`,
    );
  }
  if (entry.unpackedBytes > limit) throw tooLarge(name, limit);
  const start = await findEntryData(file, entry);
  const packed = file.slice(start, start + entry.packedBytes);
  const fault = `${name} in the zip archive is damaged or cut off; make the archive anew and open that.`;
  if (packed.size !== entry.packedBytes) throw refused('file-unreadable', fault);
  const unpack = entry.method === 0 ? null : () => new DecompressionStream('deflate-raw');
  return checked(openThrough(packed, unpack, fault), entry, fault);
}

/** Refuses more bytes than stated while they come, and a wrong sum at the end. */
function checked(source: ByteSource, entry: ZipEntry, fault: string): ByteSource {
  return {
    bytesTotal: source.bytesTotal,
    bytesRead: () => source.bytesRead(),
    async *chunks() {
      let nBytes = 0;
      let sum = 0;
      for await (const chunk of source.chunks()) {
        nBytes += chunk.length;
        if (nBytes > entry.unpackedBytes) throw refused('file-unreadable', fault, 'more bytes than stated');
        sum = crc32(chunk, sum);
        yield chunk;
      }
      if (nBytes !== entry.unpackedBytes) throw refused('file-unreadable', fault, 'fewer bytes than stated');
      if (sum !== entry.crc) throw refused('file-unreadable', fault, 'checksum does not match');
    },
  };
}

/** All bytes of a source as a Blob, for readers that jump about. Throws FailureError beyond `limit` bytes. */
export async function gatherBytes(source: ByteSource, what: string, limit: number): Promise<Blob> {
  const parts: Blob[] = [];
  let held: Uint8Array<ArrayBuffer>[] = [];
  let nHeld = 0;
  let nBytes = 0;
  for await (const chunk of source.chunks()) {
    nBytes += chunk.length;
    if (nBytes > limit) throw tooLarge(what, limit);
    held.push(chunk.slice());
    nHeld += chunk.length;
    if (nHeld < GATHER_BYTES) continue;
    parts.push(new Blob(held));
    held = [];
    nHeld = 0;
  }
  return new Blob([...parts, ...held]);
}

/** Browsers keep Blobs of this size outside the worker's memory. */
const GATHER_BYTES = 1 << 23;

function tooLarge(name: string, limit: number): FailureError {
  const gib = limit / 2 ** 30;
  const size = gib >= 1 ? `${gib} GiB` : `${limit / 2 ** 20} MiB`;
  return refused(
    'file-too-large',
    `${name} unpacks to more than ${size}, more than is read here; keep fewer rows or columns and open that file.`,
  );
}

function refused(
  code: 'file-unreadable' | 'format-unknown' | 'file-too-large',
  message: string,
  detail?: string,
) {
  return new FailureError(detail === undefined ? { code, message } : { code, message, detail });
}

function quote(path: string): string {
  return `"${path}"`;
}
