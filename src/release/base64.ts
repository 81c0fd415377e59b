const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Base64 with padding (RFC 4648 section 4). */
export function encodeBase64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const word = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    const nLetters = Math.min(bytes.length - at, 3) + 1;
    for (let i = 0; i < 4; i++) text += i < nLetters ? LETTERS[(word >> (18 - 6 * i)) & 63] : '=';
  }
  return text;
}

/** The bytes of a text that {@link encodeBase64} wrote; null for any other spelling of them, or of nothing. */
export function decodeBase64(text: string): Uint8Array<ArrayBuffer> | null {
  const letters = text.replace(/={1,2}$/, '');
  const bytes = new Uint8Array(Math.floor((letters.length * 3) / 4));
  let word = 0;
  for (let i = 0, at = 0; i < letters.length; i++) {
    word = ((word << 6) | LETTERS.indexOf(letters.charAt(i))) & 0xfff;
    if (i % 4 > 0) bytes[at++] = word >> (2 * (3 - (i % 4)));
  }
  return encodeBase64(bytes) === text ? bytes : null;
}
