/** What the first bytes of a file say about how it is packed and how its text is encoded. Pure functions of bytes. */

/** Encodings that a person can choose, by the names that TextDecoder knows. */
export const TEXT_ENCODINGS = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'windows-1252',
  'windows-1250',
  'windows-1251',
  'windows-1253',
  'windows-1254',
  'windows-1255',
  'windows-1256',
  'windows-1257',
  'iso-8859-2',
  'iso-8859-15',
  'koi8-r',
  'macintosh',
  'shift_jis',
  'euc-jp',
  'gb18030',
  'big5',
  'euc-kr',
] as const;

export type TextEncoding = (typeof TEXT_ENCODINGS)[number];

/** True for the name of an encoding that can be read. */
export function isTextEncoding(value: unknown): value is TextEncoding {
  return TEXT_ENCODINGS.some((encoding) => encoding === value);
}

export interface EncodingGuess {
  readonly value: TextEncoding;
  /** One sentence for a person. */
  readonly reason: string;
}

/** True when the bytes start as a gzip stream (RFC 1952, section 2.3.1). */
export function isGzip(head: Uint8Array): boolean {
  return startsWith(head, [0x1f, 0x8b, 0x08]);
}

/**
 * True when a text is no text: more than one in ten of its characters are control characters other than white space and
 * the separators that files delimit cells with. A few NUL characters, or a run of them at the end, are damage.
 */
export function isBinary(text: string): boolean {
  const body = text.replace(/[\0\s]+$/, '');
  let nControl = 0;
  for (let i = 0; i < body.length; i++) {
    const code = body.charCodeAt(i);
    if ((code < 0x20 && code !== 1 && (code < 9 || (code > 13 && code < 0x1c))) || code === 0x7f) nControl++;
  }
  return nControl > body.length / 10;
}

/**
 * Encoding by byte order mark, then by the share of zero bytes at even and odd places (UTF-16 text in Latin script has
 * one zero a character), else UTF-8. An invalid UTF-8 byte anywhere is found while decoding, not here.
 */
export function guessEncoding(head: Uint8Array): EncodingGuess {
  if (startsWith(head, [0xef, 0xbb, 0xbf])) {
    return { value: 'utf-8', reason: 'The file starts with the UTF-8 byte order mark.' };
  }
  if (startsWith(head, [0xff, 0xfe])) {
    return { value: 'utf-16le', reason: 'The file starts with the UTF-16 little-endian byte order mark.' };
  }
  if (startsWith(head, [0xfe, 0xff])) {
    return { value: 'utf-16be', reason: 'The file starts with the UTF-16 big-endian byte order mark.' };
  }
  const zeros = countZeros(head);
  if (zeros.odd > 0.3 && zeros.even < 0.05) {
    return { value: 'utf-16le', reason: 'Every other byte is zero, as in UTF-16 little-endian text.' };
  }
  if (zeros.even > 0.3 && zeros.odd < 0.05) {
    return { value: 'utf-16be', reason: 'Every other byte is zero, as in UTF-16 big-endian text.' };
  }
  return { value: 'utf-8', reason: 'All bytes are valid UTF-8.' };
}

/** Reason given when a byte that is not UTF-8 turned up. */
export const FALLBACK_REASON =
  'Some bytes are not valid UTF-8, so the file is read as Windows-1252 (Western European); check accented letters.';

/**
 * Windows-1252 text with the C1 range put right: Node's decoder answers the Latin-1 control characters U+0080–U+009F
 * for these bytes; a decoder that follows the WHATWG index leaves nothing to do.
 */
export function repairWindows1252(text: string): string {
  return text.replace(/[\u0080-\u009f]/g, (char) => WINDOWS_1252_C1[char.charCodeAt(0) - 0x80] ?? char);
}

/** WHATWG index-windows-1252, bytes 0x80–0x9F; unassigned bytes keep their control character. */
export const WINDOWS_1252_C1: readonly string[] = [
  ...'\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f',
  ...'\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178',
];

function countZeros(head: Uint8Array): { readonly even: number; readonly odd: number } {
  const pairs = head.length >>> 1;
  if (pairs === 0) return { even: 0, odd: 0 };
  let even = 0;
  let odd = 0;
  for (let i = 0; i < pairs; i++) {
    if (head[2 * i] === 0) even++;
    if (head[2 * i + 1] === 0) odd++;
  }
  return { even: even / pairs, odd: odd / pairs };
}

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return bytes.length >= magic.length && magic.every((byte, i) => bytes[i] === byte);
}
