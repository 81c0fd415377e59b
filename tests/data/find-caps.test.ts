import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CAP_ROWS_PER_K, findCaps, findGrid } from '../../src/data/find-caps';

const DAY_MS = 86_400_000;

describe('findCaps', () => {
  it('keeps an end that at least k rows share', () => {
    const ages = Float64Array.from([18, 18, 18, 20, 30, 40, 50, 60, 70, 89, 90, 90, 90]);
    expect(findCaps(ages, 3, 1)).toEqual([18, 90]);
  });

  it('takes the mean of k values where the k-th is one row only, rounded inwards', () => {
    const values = Float64Array.from([1, 2, 4, 50, 60, 70, 80, 90]);
    expect(findCaps(values, 2, 1)).toEqual([3, 75]);
    expect(findCaps(values, 2, 0)).toEqual([3, 75]);
    expect(findCaps(Float64Array.from([1, 2, 5, 50, 60, 71, 80, 90]), 2, 1)).toEqual([4, 75]);
  });

  it('takes the mean of the k values from the k-th inwards where no value is shared, whatever they are', () => {
    const distinct = fc.uniqueArray(fc.integer({ min: -1e6, max: 1e6 }), { minLength: 40, maxLength: 80 });
    fc.assert(
      fc.property(distinct, (values) => {
        const ascending = Float64Array.from(values).sort();
        const mean = (from: number) => ascending.slice(from, from + 5).reduce((sum, x) => sum + x, 0) / 5;
        const [low, high] = findCaps(ascending, 5, 0);
        expect(low).toBeCloseTo(mean(4), 6);
        expect(high).toBeCloseTo(mean(ascending.length - 9), 6);
      }),
    );
  });

  it('repeats no value of a single row where the gaps are uneven', () => {
    const ascending = Float64Array.from({ length: 40 }, (_, i) => Math.sqrt(i + 1));
    for (const cap of findCaps(ascending, 5, 0)) expect(ascending.includes(cap)).toBe(false);
  });

  it('leaves at least k values at or beyond each end, and the ends in order', () => {
    const values = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 20, maxLength: 200 });
    fc.assert(
      fc.property(values, fc.constantFrom(0.1, 1, 5), (list, step) => {
        const ascending = Float64Array.from(list, (x) => x * 5).sort();
        const [low, high] = findCaps(ascending, 5, step);
        expect(ascending.filter((x) => x <= low).length).toBeGreaterThanOrEqual(5);
        expect(ascending.filter((x) => x >= high).length).toBeGreaterThanOrEqual(5);
        expect(low).toBeLessThanOrEqual(high);
      }),
    );
  });

  it('refuses too few values', () => {
    expect(() => findCaps(new Float64Array(CAP_ROWS_PER_K * 5 - 1), 5, 1)).toThrow(RangeError);
  });
});

describe('findGrid', () => {
  it('reads the spacing off the schema, or off the dates', () => {
    expect(findGrid(Float64Array.of(1.25), { type: 'continuous', decimals: 2 })).toBe(0.01);
    expect(findGrid(Float64Array.of(1), { type: 'integer', decimals: 0 })).toBe(1);
    expect(findGrid(Float64Array.of(0.1), { type: 'continuous', decimals: 14 })).toBe(0);
    expect(findGrid(Float64Array.of(3 * DAY_MS, DAY_MS), { type: 'datetime', decimals: null })).toBe(DAY_MS);
    expect(findGrid(Float64Array.of(90_000), { type: 'datetime', decimals: null })).toBe(1_000);
  });
});
