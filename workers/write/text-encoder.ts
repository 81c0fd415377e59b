import type { Encoding } from '../../src/api/ingest';
import { encodeUtf16, encodeWindows1252 } from '../../src/data/encode-text';
import { FailureError } from '../../src/data/failure';

export type EncodeText = (text: string) => Uint8Array<ArrayBuffer>;

/** Encodings that text is written in; a source in any other comes back as UTF-8. */
type WrittenEncoding = Extract<Encoding, 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'>;

export interface TextEncoding {
  readonly encoding: WrittenEncoding;
  readonly encode: EncodeText;
  readonly notes: readonly string[];
}

const BYTE_ORDER_MARK = '\ufeff';

/** True where an encoding has every character of the text. */
function holds(encoding: WrittenEncoding, text: string): boolean {
  return encoding !== 'windows-1252' || encodeWindows1252(text) !== null;
}

/**
 * Text as bytes of the wished encoding, or of UTF-8 with a note where that lacks a character of `texts`: those that may
 * be written without being in the source, such as the label of pooled levels.
 */
export function chooseEncoding(wished: Encoding, texts: Iterable<string>): TextEncoding {
  if (!isWritten(wished)) {
    const note = `The file is written as UTF-8; the source's encoding (${wished}) is only read.`;
    return { encoding: 'utf-8', encode: ENCODE['utf-8'], notes: [note] };
  }
  for (const text of texts) {
    if (holds(wished, text)) continue;
    const note = `The file is written as UTF-8: a header, the label of pooled levels or a missing value has a character that the source's encoding (${NAMES[wished]}) lacks.`;
    return { encoding: 'utf-8', encode: ENCODE['utf-8'], notes: [note] };
  }
  return { encoding: wished, encode: ENCODE[wished], notes: [] };
}

function isWritten(encoding: Encoding): encoding is WrittenEncoding {
  return encoding in ENCODE;
}

/** The byte order mark, where there is to be one; Windows-1252 knows none. */
export function encodeMark({ encoding, encode }: TextEncoding, isMarked: boolean): Uint8Array<ArrayBuffer> {
  return isMarked && encoding !== 'windows-1252' ? encode(BYTE_ORDER_MARK) : new Uint8Array();
}

const NAMES: Readonly<Record<WrittenEncoding, string>> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16 little-endian',
  'utf-16be': 'UTF-16 big-endian',
  'windows-1252': 'Windows-1252',
};

const encoder = new TextEncoder();

const ENCODE: Readonly<Record<WrittenEncoding, EncodeText>> = {
  'utf-8': (text) => encoder.encode(text),
  'utf-16le': (text) => encodeUtf16(text, 'little'),
  'utf-16be': (text) => encodeUtf16(text, 'big'),
  'windows-1252': (text) => {
    const bytes = encodeWindows1252(text);
    if (bytes !== null) return bytes;
    throw new FailureError({
      code: 'internal',
      message: 'A cell has a character that Windows-1252 lacks; read the source as UTF-8 and write again.',
    });
  },
};
