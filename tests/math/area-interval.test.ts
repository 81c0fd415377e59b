import { describe, expect, it } from 'vitest';
import { boundArea } from '../../src/math/area-interval';
import { Z95 } from '../../src/math/proportions';
import { measureArea } from '../../src/math/roc';
import { Rng } from '../../src/math/rng';

/** Standard error of an area of as many positives as negatives (Hanley & McNeil 1982). */
function hanleyMcNeil(auc: number, n: number): number {
  const [q1, q2, square] = [auc / (2 - auc), (2 * auc * auc) / (1 + auc), auc * auc];
  return Math.sqrt((auc * (1 - auc) + (n - 1) * (q1 - square) + (n - 1) * (q2 - square)) / (n * n));
}

describe('the interval of an area', () => {
  it.each([1, 0.9, 0.5])('of %d ends where the area found is 1.96 of its own errors away', (auc) => {
    for (const n of [5, 50, 2000]) {
      const { low, high } = boundArea(auc, 0, n, n);
      expect(auc - low).toBeCloseTo(Z95 * hanleyMcNeil(low, n), 9);
      expect(low).toBeLessThan(auc);
      if (auc === 1) expect(high).toBe(1);
      else expect(high - auc).toBeCloseTo(Z95 * hanleyMcNeil(high, n), 9);
    }
  });

  it('does not collapse where all positives outrank all negatives, nor where none does', () => {
    const { low } = boundArea(1, 0, 60, 60);
    expect(low).toBeGreaterThan(0.9);
    expect(low).toBeLessThan(0.99);
    expect(boundArea(0, 0, 60, 60).high).toBeCloseTo(1 - low, 12);
    expect(boundArea(1, 0, 6000, 6000).low).toBeGreaterThan(low);
  });

  it('is that of the standard error where this is wider', () => {
    expect(boundArea(0.6, 0.1, 500, 500)).toEqual({ low: 0.6 - Z95 * 0.1, high: 0.6 + Z95 * 0.1 });
    expect(boundArea(0.95, 0.1, 500, 500).high).toBe(1);
  });

  it('holds the true area in 95 of 100 samples, near 1 too', () => {
    // Two normals three standard deviations apart: Φ(3/√2).
    const truth = 0.98305;
    const rng = Rng.fromSeed('area-interval');
    const draw = (n: number, mean: number) => Float64Array.from({ length: n }, () => mean + rng.normal());
    let nHolding = 0;
    for (let sample = 0; sample < 400; sample++) {
      const area = measureArea(draw(30, 3), draw(40, 0));
      const { low, high } = boundArea(area?.auc ?? NaN, area?.error ?? NaN, 30, 40);
      if (low <= truth && truth <= high) nHolding++;
    }
    expect(nHolding / 400).toBeGreaterThan(0.93);
  });
});
