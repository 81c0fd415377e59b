import { FailureError } from '../../src/data/failure';

/** Some streams hand a whole file over at once; smaller pieces keep progress and cancelling alive. */
const CHUNK_BYTES = 1 << 18;

const HEAD_BYTES = 1 << 16;

/** The bytes of one table, unpacked when the file is packed; can be read again from the start. */
export interface ByteSource {
  /** Throws FailureError `file-unreadable` when the bytes cannot be read or unpacked. */
  chunks(): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined>;
  /** Bytes of the file itself (packed, when it is packed) taken by the latest reading. */
  bytesRead(): number;
  /** Bytes of the file itself. */
  readonly bytesTotal: number;
}

/** The bytes of a file as they stand. */
export function openPlain(file: Blob): ByteSource {
  return openThrough(
    file,
    null,
    'The file could not be read; it may have moved or changed since it was chosen. Choose it again.',
  );
}

/** The bytes of a gzip file, unpacked. */
export function openGzip(file: Blob): ByteSource {
  return openThrough(
    file,
    () => new DecompressionStream('gzip'),
    'The gzip file is damaged or cut off; make it anew and open that.',
  );
}

/** The first bytes of a source, at most 64 KiB. */
export async function peekBytes(source: ByteSource): Promise<Uint8Array<ArrayBuffer>> {
  const chunks = source.chunks();
  const first = await chunks.next();
  await chunks.return(undefined);
  return first.done === true ? new Uint8Array() : first.value.slice(0, HEAD_BYTES);
}

/** The bytes of a file as `unpack` turns them out; `fault` is the sentence when they cannot be read. */
export function openThrough(
  file: Blob,
  unpack: (() => TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>) | null,
  fault: string,
): ByteSource {
  let nBytes = 0;
  return {
    bytesTotal: file.size,
    bytesRead: () => nBytes,
    async *chunks() {
      nBytes = 0;
      const count = (n: number) => (nBytes += n);
      const reader = (
        unpack === null ? file.stream() : file.stream().pipeThrough(countBytes(count)).pipeThrough(unpack())
      ).getReader();
      try {
        for (;;) {
          const next = await reader.read();
          if (next.done) return;
          for (let at = 0; at < next.value.length; at += CHUNK_BYTES) {
            const piece = next.value.subarray(at, at + CHUNK_BYTES);
            // What a stream reads ahead is not taken yet.
            if (unpack === null) count(piece.length);
            yield piece;
          }
        }
      } catch (thrown) {
        throw new FailureError({
          code: 'file-unreadable',
          message: fault,
          detail: thrown instanceof Error ? thrown.message : String(thrown),
        });
      } finally {
        await reader.cancel().catch(() => undefined);
      }
    },
  };
}

function countBytes(add: (n: number) => void) {
  return new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(chunk, controller) {
      add(chunk.byteLength);
      controller.enqueue(chunk);
    },
  });
}
