import { FALLBACK_REASON, guessEncoding, repairWindows1252, type TextEncoding } from '../src/data/encoding';
import { FailureError } from '../src/data/failure';

/** A file's text, a chunk at a time. */
export interface TextSource {
  readonly encoding: { readonly value: TextEncoding; readonly reason: string };
  /** Throws FailureError when the bytes cannot be unpacked or decoded. */
  chunks(): AsyncGenerator<string, void, undefined>;
  /** Bytes of the file itself (packed, when it is packed) taken so far. */
  bytesRead(): number;
  /** True once a byte was found that the encoding does not allow. */
  wasInvalid(): boolean;
}

const HEAD_BYTES = 1 << 16;

/** Some streams hand a whole file over at once; smaller pieces keep progress and cancelling alive. */
const CHUNK_BYTES = 1 << 18;

/** The first bytes of a file as they stand. */
export async function peekBytes(source: Blob): Promise<Uint8Array> {
  return new Uint8Array(await source.slice(0, HEAD_BYTES).arrayBuffer());
}

/** Opens a file as text. `encoding` null = guess; `fallback` = Windows-1252 because UTF-8 failed. */
export async function openText(
  source: Blob,
  isPacked: boolean,
  encoding: TextEncoding | 'fallback' | null,
): Promise<TextSource> {
  const decided = await decideEncoding(source, isPacked, encoding);
  let nBytes = 0;
  let invalid = false;
  return {
    encoding: decided,
    bytesRead: () => nBytes,
    wasInvalid: () => invalid,
    async *chunks() {
      const decoder = new TextDecoder(decided.value, { fatal: true });
      const decode = (bytes: Uint8Array | undefined): string => {
        try {
          const text = bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true });
          return decided.value === 'windows-1252' ? repairWindows1252(text) : text;
        } catch {
          invalid = true;
          throw new FailureError({
            code: 'encoding-wrong',
            message: `The file is not valid ${decided.value} text; choose another encoding.`,
          });
        }
      };
      for await (const bytes of openBytes(source, isPacked, (n) => (nBytes += n))) yield decode(bytes);
      yield decode(undefined);
    },
  };
}

async function decideEncoding(
  source: Blob,
  isPacked: boolean,
  encoding: TextEncoding | 'fallback' | null,
): Promise<TextSource['encoding']> {
  if (encoding === 'fallback') return { value: 'windows-1252', reason: FALLBACK_REASON };
  if (encoding !== null) return { value: encoding, reason: 'Chosen by you.' };
  const bytes = openBytes(source, isPacked, () => undefined);
  const first = await bytes.next();
  await bytes.return(undefined);
  return guessEncoding(first.done === true ? new Uint8Array() : first.value.subarray(0, HEAD_BYTES));
}

/** Bytes of a file, unpacked when it is packed. Throws FailureError when it cannot be read or unpacked. */
async function* openBytes(
  source: Blob,
  isPacked: boolean,
  onBytes: (n: number) => void,
): AsyncGenerator<Uint8Array, void, undefined> {
  const counting = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(chunk, controller) {
      onBytes(chunk.byteLength);
      controller.enqueue(chunk);
    },
  });
  const counted = source.stream().pipeThrough(counting);
  const stream = isPacked ? counted.pipeThrough(new DecompressionStream('gzip')) : counted;
  const reader = stream.getReader();
  try {
    for (;;) {
      const next = await reader.read();
      if (next.done) return;
      for (let at = 0; at < next.value.length; at += CHUNK_BYTES) {
        yield next.value.subarray(at, at + CHUNK_BYTES);
      }
    }
  } catch (thrown) {
    throw new FailureError({
      code: 'file-unreadable',
      message: isPacked
        ? 'The gzip file is damaged or cut off; make it anew and open that.'
        : 'The file could not be read; it may have moved or changed since it was chosen. Choose it again.',
      detail: thrown instanceof Error ? thrown.message : String(thrown),
    });
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
