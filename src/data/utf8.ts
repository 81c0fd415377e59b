/** UTF-8 without the browser's coders, which the pure folders do not know. */

/** Characters handed over to `String.fromCharCode` at once. */
const BLOCK = 4096;

/** The bytes of a text; lone surrogates become U+FFFD. */
export function encodeUtf8(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(text.length * 3);
  let n = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) {
      bytes[n++] = unit;
      continue;
    }
    let point = text.codePointAt(i) ?? 0;
    if (point > 0xffff) i++;
    else if (point >= 0xd800 && point <= 0xdfff) point = 0xfffd;
    n = putPoint(bytes, n, point);
  }
  return bytes.slice(0, n);
}

/** The text of valid UTF-8 bytes from `start` to `end`. */
export function decodeUtf8(bytes: Uint8Array, start: number, end: number): string {
  const units = new Uint16Array(Math.min(BLOCK, end - start));
  let text = '';
  let n = 0;
  for (let at = start; at < end;) {
    if (n + 2 > units.length) {
      if (n > 0 && units.length === BLOCK) {
        text += toText(units, n);
        n = 0;
      }
    }
    const lead = bytes[at] ?? 0;
    if (lead < 0x80) {
      units[n++] = lead;
      at++;
      continue;
    }
    const length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    const point = readPoint(bytes, at, length);
    at += length;
    if (point > 0xffff) {
      units[n++] = 0xd7c0 + (point >> 10);
      units[n++] = 0xdc00 | (point & 0x3ff);
    } else {
      units[n++] = point;
    }
  }
  return text + toText(units, n);
}

function toText(units: Uint16Array, n: number): string {
  return String.fromCharCode.apply(null, units.subarray(0, n) as unknown as number[]);
}

function putPoint(bytes: Uint8Array, at: number, point: number): number {
  const nTail = point < 0x800 ? 1 : point < 0x10000 ? 2 : 3;
  bytes[at] = (nTail === 1 ? 0xc0 : nTail === 2 ? 0xe0 : 0xf0) | (point >> (6 * nTail));
  for (let i = 1; i <= nTail; i++) bytes[at + i] = 0x80 | ((point >> (6 * (nTail - i))) & 0x3f);
  return at + nTail + 1;
}

function readPoint(bytes: Uint8Array, at: number, length: number): number {
  let point = (bytes[at] ?? 0) & (0x7f >> length);
  for (let i = 1; i < length; i++) point = (point << 6) | ((bytes[at + i] ?? 0) & 0x3f);
  return point;
}
