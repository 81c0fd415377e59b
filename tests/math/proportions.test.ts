import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chanceOfNone, chanceOfOne, estimateRate, Z95 } from '../../src/math/proportions';

describe("Wilson's rate", () => {
  it('lies between the share and one half, by hand', () => {
    const square = Z95 ** 2;
    const none = estimateRate(0, square);
    expect(none.rate).toBeCloseTo(0.25, 12);
    expect(none.error).toBeCloseTo(0.25, 12);
    expect(estimateRate(50, 100).rate).toBeCloseTo(0.5, 12);
    expect(estimateRate(10, 100).rate).toBeCloseTo((10 + square / 2) / (100 + square), 12);
  });

  it('needs an attempt', () => {
    expect(() => estimateRate(0, 0)).toThrow(RangeError);
  });
});

describe('chances of marked rows in a sample', () => {
  it('equal a count of all samples', () => {
    const size = fc.integer({ min: 1, max: 9 });
    fc.assert(
      fc.property(size, fc.nat(8), fc.nat(9), (nRows, drawn, marked) => {
        const nDrawn = 1 + (drawn % nRows);
        const nMarked = marked % (nRows + 1);
        let [n, ones, nones] = [0, 0, 0];
        for (let set = 0; set < 2 ** nRows; set++) {
          const rows = Array.from({ length: nRows }, (_, row) => (set >> row) & 1);
          if (rows.reduce((sum, bit) => sum + bit, 0) !== nDrawn) continue;
          n++;
          const found = rows.slice(0, nMarked).reduce((sum, bit) => sum + bit, 0);
          if (found === 1) ones++;
          if (found === 0) nones++;
        }
        expect(chanceOfOne(nRows, nDrawn, nMarked)).toBeCloseTo(ones / n, 10);
        expect(chanceOfNone(nRows, nDrawn, nMarked)).toBeCloseTo(nones / n, 10);
      }),
    );
  });

  it('cannot draw more rows than there are', () => {
    expect(() => chanceOfOne(3, 4, 1)).toThrow(RangeError);
    expect(() => chanceOfNone(3, 4, 1)).toThrow(RangeError);
  });
});
