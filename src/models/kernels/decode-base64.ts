const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Bytes of a base64 text; written out because the pure folders have no `atob`. Throws RangeError for other characters. */
export function decodeBase64(text: string): Uint8Array {
  const digits = text.replace(/=+$/, '');
  const bytes = new Uint8Array(Math.floor((digits.length * 3) / 4));
  let [held, nBits, at] = [0, 0, 0];
  for (const digit of digits) {
    const value = ALPHABET.indexOf(digit);
    if (value < 0) throw new RangeError('a text of bytes holds a character that is not base64');
    held = ((held << 6) | value) & 0xffff;
    nBits += 6;
    if (nBits < 8) continue;
    nBits -= 8;
    bytes[at++] = (held >> nBits) & 0xff;
  }
  return bytes;
}
