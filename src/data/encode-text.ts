import { WINDOWS_1252_C1 } from './encoding';

/** UTF-16 code units as bytes; lone surrogates stay what they are. */
export function encodeUtf16(text: string, order: 'little' | 'big'): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(2 * text.length);
  const low = order === 'little' ? 0 : 1;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    bytes[2 * i + low] = unit & 0xff;
    bytes[2 * i + 1 - low] = unit >>> 8;
  }
  return bytes;
}

/** Bytes of Windows-1252 as the WHATWG index has them, or null when the text holds a character it lacks. */
export function encodeWindows1252(text: string): Uint8Array<ArrayBuffer> | null {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) {
    const byte = byteOf(text.charCodeAt(i));
    if (byte === null) return null;
    bytes[i] = byte;
  }
  return bytes;
}

function byteOf(unit: number): number | null {
  if (unit < 0x80 || (unit >= 0xa0 && unit <= 0xff)) return unit;
  return C1_BYTE.get(unit) ?? null;
}

const C1_BYTE = new Map(WINDOWS_1252_C1.map((char, i) => [char.charCodeAt(0), 0x80 + i]));
