import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SurrogateSource } from '../../src/data/surrogates';
import { Rng } from '../../src/math/rng';

function draw(texts: readonly string[], n: number, seed = 1): string[] {
  const source = new SurrogateSource(texts, n, Rng.fromSeed(seed));
  return Array.from({ length: n }, () => source.next());
}

const number = (n: number, make: (i: number) => string) => Array.from({ length: n }, (_, i) => make(i));

describe('SurrogateSource', () => {
  it('keeps a common beginning and separators, digits for digits', () => {
    const drawn = draw(
      number(50, (i) => `MRN-0${10000 + i * 13}`),
      500,
    );
    for (const text of drawn) expect(text).toMatch(/^MRN-\d{6}$/);
  });

  it('makes version-4 UUIDs in the case of the source', () => {
    const lower = number(20, (i) => `63873e89-efbe-2cfc-9a1b-2d297a37a${100 + i}`);
    const pattern = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
    for (const text of draw(lower, 200)) expect(text).toMatch(pattern);
    for (const text of draw(
      lower.map((text) => text.toUpperCase()),
      50,
    )) {
      expect(text).toBe(text.toUpperCase());
      expect(text.toLowerCase()).toMatch(pattern);
    }
  });

  it('keeps the case of letters', () => {
    const letters = 'KQWXZ';
    const texts = number(60, (i) => `${letters[i % 5] ?? ''}${'qwert'[(i * 3) % 5] ?? ''}${100 + i}`);
    for (const text of draw(texts, 300)) expect(text).toMatch(/^[A-Z][a-z]\d{3}$/);
  });

  it('makes room when the source fills its space', () => {
    const texts = number(1000, (i) => String(i).padStart(3, '0'));
    const drawn = draw(texts, 2000);
    expect(new Set(drawn).size).toBe(2000);
    expect(drawn.some((text) => texts.includes(text))).toBe(false);
  });

  it('copies nothing of a source too small or too strange to have a shape', () => {
    for (const texts of [['Müller'], ['李雷'], ['--'], ['A1', 'Żółć', '?!']]) {
      const drawn = draw(texts, 100);
      expect(new Set(drawn).size).toBe(100);
      expect(drawn.some((text) => texts.includes(text))).toBe(false);
      expect(drawn.join('')).not.toMatch(/[^\x20-\x7e]/);
    }
  });

  it('never meets the source, never repeats, and depends only on the seed', () => {
    const alphabet = fc.constantFrom('A', 'b', '7', '0', '-', 'é', ' ');
    const texts = fc.uniqueArray(fc.string({ unit: alphabet, minLength: 1, maxLength: 5 }), {
      minLength: 1,
      maxLength: 80,
    });
    fc.assert(
      fc.property(texts, fc.integer({ min: 1, max: 300 }), (source, n) => {
        const drawn = draw(source, n);
        const taken = new Set(source.map((text) => text.toLowerCase()));
        expect(drawn.filter((text) => taken.has(text.toLowerCase()))).toEqual([]);
        expect(new Set(drawn).size).toBe(n);
        expect(draw(source, n)).toEqual(drawn);
      }),
    );
  });
});
