import { describe, expect, it } from 'vitest';
import { correctCramersV, correlateSums, measureCorrelationRatio } from '../../src/math/association';
import { Rng } from '../../src/math/rng';
import { correlate } from '../../src/math/statistics';

describe('association from sums', () => {
  it('corrects Cramér’s V: 1 for equal columns, 0 for independent ones, nothing for one level', () => {
    expect(correctCramersV(Float64Array.of(2, 0, 0, 2), 2)).toBeCloseTo(1, 14);
    expect(correctCramersV(Float64Array.of(1, 1, 1, 1), 2)).toBe(0);
    expect(correctCramersV(Float64Array.of(2, 2, 0, 0), 2)).toBeNaN();
    expect(correctCramersV(Float64Array.of(2, 0, 2, 0), 2)).toBeNaN();
  });

  it('corrects by hand: φ² = 0.36, n = 100', () => {
    const corrected = 0.36 - 1 / 99;
    const least = 2 - 1 / 99 - 1;
    expect(correctCramersV(Float64Array.of(40, 10, 10, 40), 2)).toBeCloseTo(Math.sqrt(corrected / least), 14);
  });

  it('correlates as over the rows themselves', () => {
    const rng = Rng.fromSeed('association');
    const x = Float64Array.from({ length: 50 }, () => rng.normal());
    const y = x.map((value) => 0.5 * value + rng.normal());
    const sums = new Float64Array(6);
    x.forEach((a, i) => {
      const b = y[i] ?? NaN;
      [1, a, b, a * a, b * b, a * b].forEach((each, at) => (sums[at] = (sums[at] ?? 0) + each));
    });
    expect(correlateSums(sums)).toBeCloseTo(correlate(x, y) ?? NaN, 12);
    expect(correlateSums(Float64Array.of(3, 3, 6, 3, 14, 6))).toBeNaN();
    expect(correlateSums(new Float64Array(6))).toBeNaN();
  });

  it('finds the share of variance between groups: 1, 2 | 3, 4 has 4 of 5', () => {
    expect(measureCorrelationRatio(Float64Array.of(2, 3, 5, 2, 7, 25))).toBeCloseTo(Math.sqrt(0.8), 14);
    expect(measureCorrelationRatio(Float64Array.of(4, 10, 30, 0, 0, 0))).toBeNaN();
    expect(measureCorrelationRatio(Float64Array.of(2, 2, 2, 2, 2, 2))).toBeNaN();
  });
});
