import {
  FALLBACK_REASON,
  guessEncoding,
  repairWindows1252,
  type TextEncoding,
} from '../../src/data/encoding';
import { guessLegacyEncoding } from '../../src/data/guess-legacy-encoding';
import { FailureError } from '../../src/data/failure';
import type { Reasoned } from '../../src/data/dialect';
import { peekBytes, type ByteSource } from './byte-source';

/** A file's text, a chunk at a time. */
export interface TextSource {
  readonly encoding: Reasoned<TextEncoding>;
  readonly byteOrderMark: Reasoned<boolean>;
  /** Throws FailureError when the bytes cannot be unpacked or decoded. */
  chunks(): AsyncGenerator<string, void, undefined>;
  /** The same text as UTF-8 bytes without a byte order mark; a chunk is good until the next one is asked for. */
  utf8(): AsyncGenerator<Uint8Array, void, undefined>;
  /** True once a byte was found that the encoding does not allow. */
  wasInvalid(): boolean;
}

/** Opens bytes as text. `encoding` null = guess; `fallback` = guess among others because UTF-8 failed, `last` = Windows-1252, which
 * takes any byte.
 */
export async function openText(
  bytes: ByteSource,
  encoding: TextEncoding | 'fallback' | 'last' | null,
): Promise<TextSource> {
  const head = await peekBytes(bytes);
  const decided = decideEncoding(head, encoding);
  const byteOrderMark = findByteOrderMark(head);
  let invalid = false;
  const decoding = <T>(act: () => T): T => {
    try {
      return act();
    } catch {
      invalid = true;
      throw new FailureError({
        code: 'encoding-wrong',
        message: `The file is not valid ${decided.value} text; choose another encoding.`,
      });
    }
  };
  const chunks = async function* () {
    const decoder = new TextDecoder(decided.value, { fatal: true });
    for await (const chunk of bytes.chunks()) {
      const text = decoding(() => decoder.decode(chunk, { stream: true }));
      yield decided.value === 'windows-1252' ? repairWindows1252(text) : text;
    }
    yield decoding(() => decoder.decode());
  };
  return {
    encoding: decided,
    byteOrderMark,
    wasInvalid: () => invalid,
    chunks,
    utf8: () => (decided.value === 'utf-8' ? checkUtf8(bytes, decoding) : encodeChunks(chunks())),
  };
}

async function* encodeChunks(
  chunks: AsyncGenerator<string, void, undefined>,
): AsyncGenerator<Uint8Array, void, undefined> {
  const encoder = new TextEncoder();
  for await (const chunk of chunks) yield encoder.encode(chunk);
}

/** Bytes that say they are UTF-8, its mark dropped. Chunks of ASCII only are not decoded to be checked. */
async function* checkUtf8(
  bytes: ByteSource,
  decoding: (act: () => string) => string,
): AsyncGenerator<Uint8Array, void, undefined> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let isFirst = true;
  let isOpen = false;
  for await (const chunk of bytes.chunks()) {
    if (isOpen || hasHighByte(chunk)) {
      decoding(() => decoder.decode(chunk, { stream: true }));
      isOpen = (chunk.at(-1) ?? 0) >= 0x80;
    }
    const hasMark = isFirst && UTF8_MARK.every((byte, i) => chunk[i] === byte);
    isFirst &&= chunk.length === 0;
    yield hasMark ? chunk.subarray(UTF8_MARK.length) : chunk;
  }
  decoding(() => decoder.decode());
}

const UTF8_MARK = [0xef, 0xbb, 0xbf];

function hasHighByte(chunk: Uint8Array): boolean {
  const firstWord = Math.min(chunk.length, (8 - (chunk.byteOffset % 8)) % 8);
  const nWords = (chunk.length - firstWord) >> 2;
  const words = new Uint32Array(chunk.buffer, chunk.byteOffset + firstWord, nWords);
  let seen = 0;
  for (let i = 0; i < firstWord; i++) seen |= chunk[i] ?? 0;
  for (let i = firstWord + 4 * nWords; i < chunk.length; i++) seen |= chunk[i] ?? 0;
  for (let i = 0; i < nWords; i++) seen |= words[i] ?? 0;
  return (seen & 0x80808080) !== 0;
}

function decideEncoding(
  head: Uint8Array,
  encoding: TextEncoding | 'fallback' | 'last' | null,
): TextSource['encoding'] {
  if (encoding === 'fallback') return guessLegacyEncoding(head);
  if (encoding === 'last') return { value: 'windows-1252', reason: FALLBACK_REASON };
  if (encoding !== null) return { value: encoding, reason: 'Chosen by you.' };
  return guessEncoding(head);
}

function findByteOrderMark(head: Uint8Array): Reasoned<boolean> {
  const marks = [UTF8_MARK, [0xff, 0xfe], [0xfe, 0xff]];
  return marks.some((mark) => mark.every((byte, i) => head[i] === byte))
    ? { value: true, reason: 'The file starts with a byte order mark.' }
    : { value: false, reason: 'The file starts without a byte order mark.' };
}
