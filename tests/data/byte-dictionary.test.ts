import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteDictionary, hashBytes } from '../../src/data/byte-dictionary';
import { CodeBuffer, mapCodes } from '../../src/data/code-buffer';
import { dropUnusedLevels } from '../../src/data/raw-column';
import { decodeUtf8, encodeUtf8 } from '../../src/data/utf8';

const anyText = fc.string({ unit: 'grapheme' });

describe('UTF-8', () => {
  it('codes and decodes as the platform does', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const bytes = encodeUtf8(text);
        expect(bytes).toEqual(new Uint8Array(new TextEncoder().encode(text)));
        expect(decodeUtf8(bytes, 0, bytes.length)).toBe(text);
      }),
    );
  });

  it('decodes texts longer than a block', () => {
    const text = 'aé中𝛼'.repeat(5000);
    const bytes = encodeUtf8(text);
    expect(decodeUtf8(bytes, 0, bytes.length)).toBe(text);
  });

  it('writes lone surrogates as the platform does', () => {
    for (const text of ['\ud800', 'a\udc00b', '\ud800\ud800\udc00'])
      expect(encodeUtf8(text)).toEqual(new Uint8Array(new TextEncoder().encode(text)));
  });
});

describe('ByteDictionary', () => {
  const codesOf = (dictionary: ByteDictionary, texts: readonly string[], hash = hashBytes) =>
    texts.map((text) => {
      const bytes = encodeUtf8(text);
      return dictionary.codeOf(bytes, 0, bytes.length, hash(bytes, 0, bytes.length));
    });

  it('numbers texts in order of first appearance and gives them back', () => {
    fc.assert(
      fc.property(fc.array(anyText, { maxLength: 60 }), (texts) => {
        const dictionary = new ByteDictionary();
        const distinct = [...new Set(texts)];
        expect(codesOf(dictionary, texts)).toEqual(texts.map((text) => distinct.indexOf(text)));
        expect(dictionary.takeTexts()).toEqual(distinct);
      }),
    );
  });

  it('tells texts apart whose hashes are equal', () => {
    const dictionary = new ByteDictionary();
    expect(codesOf(dictionary, ['a', 'b', '', 'a', 'ab', 'b'], () => 7)).toEqual([0, 1, 2, 0, 3, 1]);
  });

  it('holds a hundred thousand texts, long ones among them', () => {
    const texts = Array.from({ length: 100_000 }, (_, i) => `id ${i}${i % 1000 === 0 ? 'é'.repeat(i) : ''}`);
    const dictionary = new ByteDictionary();
    codesOf(dictionary, texts);
    expect(codesOf(dictionary, ['id 99999', 'id 1'])).toEqual([99_999, 1]);
    expect(dictionary.nBytes).toBeGreaterThan(texts.length * 10);
    expect(dictionary.takeTexts()).toEqual(texts);
  });
});

describe('CodeBuffer', () => {
  it('widens as levels come and keeps every code', () => {
    const buffer = new CodeBuffer();
    const codes = Array.from({ length: 70_000 }, (_, i) => i);
    for (const code of codes.slice(0, 256)) buffer.push(code);
    expect(buffer.nBytes).toBe(256);
    for (const code of codes.slice(256, 65_536)) buffer.push(code);
    expect(buffer.nBytes).toBe(2 * 65_536);
    for (const code of codes.slice(65_536)) buffer.push(code);
    const all = buffer.finish();
    expect(all).toBeInstanceOf(Uint32Array);
    expect([...all]).toEqual(codes);
  });

  it('appends a column out of rows', () => {
    const buffer = new CodeBuffer();
    buffer.append(Uint32Array.from([9, 0, 9, 1, 9, 300]), 1, 2, 3, 301);
    expect([...buffer.finish()]).toEqual([0, 1, 300]);
    expect([
      ...mapCodes(
        buffer.finish(),
        Uint32Array.from({ length: 301 }, (_, i) => i % 2),
        2,
      ),
    ]).toEqual([0, 1, 0]);
  });
});

describe('dropUnusedLevels', () => {
  it('leaves out levels that no row has', () => {
    const column = { name: 'a', codes: Uint8Array.from([2, 0, 2]), levels: ['x', 'y', 'z'] };
    expect(dropUnusedLevels(column)).toEqual({
      name: 'a',
      codes: Uint8Array.from([1, 0, 1]),
      levels: ['x', 'z'],
    });
  });
});
