import { describe, expect, it } from 'vitest';
import { guessEncoding, isGzip, repairWindows1252 } from '../../src/data/encoding';

const bytes = (...values: number[]) => Uint8Array.from(values);
const utf16 = (text: string, littleEndian: boolean) => {
  const view = new DataView(new ArrayBuffer(text.length * 2));
  for (let i = 0; i < text.length; i++) view.setUint16(2 * i, text.charCodeAt(i), littleEndian);
  return new Uint8Array(view.buffer);
};

describe('guessEncoding', () => {
  it.each([
    ['UTF-8 mark', bytes(0xef, 0xbb, 0xbf, 0x61), 'utf-8'],
    ['UTF-16 LE mark', bytes(0xff, 0xfe, 0x61, 0), 'utf-16le'],
    ['UTF-16 BE mark', bytes(0xfe, 0xff, 0, 0x61), 'utf-16be'],
    ['UTF-16 LE without mark', utf16('age;name\n1;é\n', true), 'utf-16le'],
    ['UTF-16 BE without mark', utf16('age;name\n1;é\n', false), 'utf-16be'],
    ['plain ASCII', bytes(0x61, 0x2c, 0x62), 'utf-8'],
    ['nothing', bytes(), 'utf-8'],
  ])('%s', (_, head, expected) => {
    expect(guessEncoding(head).value).toBe(expected);
  });
});

describe('magic bytes', () => {
  it('knows gzip only by all three bytes', () => {
    expect(isGzip(bytes(0x1f, 0x8b, 0x08))).toBe(true);
    expect(isGzip(bytes(0x1f, 0x8b))).toBe(false);
  });
});

describe('repairWindows1252', () => {
  it('turns C1 controls into the characters of the code page and leaves the rest', () => {
    expect(repairWindows1252('\u0080 é \u0093x\u0094 \u0081')).toBe('€ é “x” \u0081');
    expect(repairWindows1252('€ “x”')).toBe('€ “x”');
  });
});
