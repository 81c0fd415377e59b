import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import {
  correlate,
  findRange,
  measureCramersV,
  measureKsDistance,
  measureSpread,
  meanOfPresent,
  mergeDistinct,
  sortPresent,
} from '../../src/math/statistics';

describe('means and ranges', () => {
  it('leave missing values out', () => {
    expect(meanOfPresent([1, null, NaN, 3])).toBe(2);
    expect(meanOfPresent([null, NaN])).toBeNull();
    expect(findRange(Float64Array.of(NaN, 3, -1, NaN))).toEqual({ min: -1, max: 3 });
    expect(findRange(Float64Array.of(NaN))).toBeNull();
    expect([...sortPresent(Float64Array.of(10, NaN, 9, -0.5))]).toEqual([-0.5, 9, 10]);
  });
});

describe('spread and merged values', () => {
  it('is the standard deviation over n − 1, without missing values', () => {
    expect(measureSpread(Float64Array.of(1, NaN, 2, 3, 4))).toBeCloseTo(Math.sqrt(5 / 3), 14);
    expect(measureSpread(Float64Array.of(7, NaN))).toBeNaN();
    expect(measureSpread(Float64Array.of(7, 7))).toBe(0);
  });

  it('are each value once, ascending', () => {
    expect([...mergeDistinct(Float64Array.of(1, 1, 10), Float64Array.of(2, 10))]).toEqual([1, 2, 10]);
    expect([...mergeDistinct(Float64Array.of(), Float64Array.of())]).toEqual([]);
  });
});

describe('Kolmogorov–Smirnov distance', () => {
  const distance = (a: readonly number[], b: readonly number[]): number | null =>
    measureKsDistance(Float64Array.from(a).sort(), Float64Array.from(b).sort());

  it('by hand', () => {
    expect(distance([1, 2, 3, 4], [1, 2, 3, 4])).toBe(0);
    expect(distance([1, 2], [3, 4])).toBe(1);
    expect(distance([1, 1, 2, 2], [1, 2, 2, 2])).toBe(0.25);
    expect(distance([], [1])).toBeNull();
  });

  it('equals a comparison at every value', () => {
    const sample = fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(sample, sample, (a, b) => {
        const share = (list: readonly number[], x: number): number =>
          list.filter((v) => v <= x).length / list.length;
        const slow = Math.max(...[...a, ...b].map((x) => Math.abs(share(a, x) - share(b, x))));
        expect(distance(a, b)).toBeCloseTo(slow, 12);
      }),
    );
  });
});

describe('Pearson’s correlation', () => {
  it('by hand, with rows left out where either value is missing', () => {
    expect(correlate(Float64Array.of(1, 2, 3, 4), Float64Array.of(2, 4, 6, 8))).toBeCloseTo(1, 12);
    expect(correlate(Float64Array.of(1, 2, 3), Float64Array.of(1, 3, 2))).toBeCloseTo(0.5, 12);
    expect(correlate(Float64Array.of(1, NaN, 2, 3), Float64Array.of(1, 100, 3, 2))).toBeCloseTo(0.5, 12);
  });

  it('survives a large offset', () => {
    const x = Float64Array.of(1, 2, 3).map((value) => value + 1e9);
    expect(correlate(x, Float64Array.of(1, 3, 2))).toBeCloseTo(0.5, 6);
  });

  it('is null where it has no meaning', () => {
    expect(correlate(Float64Array.of(0.1, 0.1, 0.1), Float64Array.of(1, 2, 3))).toBeNull();
    expect(correlate(Float64Array.of(1, NaN), Float64Array.of(1, 2))).toBeNull();
    expect(correlate(new Float64Array(), new Float64Array())).toBeNull();
  });
});

describe('Cramér’s V', () => {
  it('by hand', () => {
    // 2 × 2 table 30 10 / 10 30: χ² = 20 over 80 rows.
    const cells = [30, 10, 10, 30].map((count, key) => [key, count] as const);
    expect(measureCramersV(cells, 2)).toBeCloseTo(0.5, 12);
  });

  it('is 1 for a bijection, 0 for independence and ignores empty rows', () => {
    expect(
      measureCramersV(
        [
          [0, 5],
          [4, 3],
          [8, 2],
        ],
        3,
      ),
    ).toBeCloseTo(1, 12);
    expect(
      measureCramersV(
        [
          [0, 4],
          [1, 2],
          [2, 2],
          [3, 1],
        ],
        2,
      ),
    ).toBeCloseTo(0, 7);
    expect(
      measureCramersV(
        [
          [0, 5],
          [3, 0],
          [4, 3],
          [8, 2],
        ],
        3,
      ),
    ).toBeCloseTo(1, 12);
  });

  it('is null with a single row or column', () => {
    expect(
      measureCramersV(
        [
          [0, 5],
          [1, 3],
        ],
        2,
      ),
    ).toBeNull();
    expect(measureCramersV([], 2)).toBeNull();
  });
});
