import {
  FALLBACK_REASON,
  guessEncoding,
  repairWindows1252,
  type TextEncoding,
} from '../../src/data/encoding';
import { FailureError } from '../../src/data/failure';
import type { Reasoned } from '../../src/data/dialect';
import { peekBytes, type ByteSource } from './byte-source';

/** A file's text, a chunk at a time. */
export interface TextSource {
  readonly encoding: Reasoned<TextEncoding>;
  readonly byteOrderMark: Reasoned<boolean>;
  /** Throws FailureError when the bytes cannot be unpacked or decoded. */
  chunks(): AsyncGenerator<string, void, undefined>;
  /** True once a byte was found that the encoding does not allow. */
  wasInvalid(): boolean;
}

/** Opens bytes as text. `encoding` null = guess; `fallback` = Windows-1252 because UTF-8 failed. */
export async function openText(
  bytes: ByteSource,
  encoding: TextEncoding | 'fallback' | null,
): Promise<TextSource> {
  const head = await peekBytes(bytes);
  const decided = decideEncoding(head, encoding);
  let invalid = false;
  return {
    encoding: decided,
    byteOrderMark: findByteOrderMark(head),
    wasInvalid: () => invalid,
    async *chunks() {
      const decoder = new TextDecoder(decided.value, { fatal: true });
      const decode = (chunk: Uint8Array | undefined): string => {
        try {
          const text = chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true });
          return decided.value === 'windows-1252' ? repairWindows1252(text) : text;
        } catch {
          invalid = true;
          throw new FailureError({
            code: 'encoding-wrong',
            message: `The file is not valid ${decided.value} text; choose another encoding.`,
          });
        }
      };
      for await (const chunk of bytes.chunks()) yield decode(chunk);
      yield decode(undefined);
    },
  };
}

function decideEncoding(
  head: Uint8Array,
  encoding: TextEncoding | 'fallback' | null,
): TextSource['encoding'] {
  if (encoding === 'fallback') return { value: 'windows-1252', reason: FALLBACK_REASON };
  if (encoding !== null) return { value: encoding, reason: 'Chosen by you.' };
  return guessEncoding(head);
}

function findByteOrderMark(head: Uint8Array): Reasoned<boolean> {
  const marks = [
    [0xef, 0xbb, 0xbf],
    [0xff, 0xfe],
    [0xfe, 0xff],
  ];
  return marks.some((mark) => mark.every((byte, i) => head[i] === byte))
    ? { value: true, reason: 'The file starts with a byte order mark.' }
    : { value: false, reason: 'The file starts without a byte order mark.' };
}
