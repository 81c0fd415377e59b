import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digamma, fitGaussianMixture } from '../../src/math/gaussian-mixture';
import { Rng } from '../../src/math/rng';

const ones = (n: number) => new Float64Array(n).fill(1);

describe('fitGaussianMixture', () => {
  it('finds two far groups with their weights, means and spreads', () => {
    const rng = Rng.fromSeed('two');
    const values = Float64Array.from({ length: 3000 }, (_, i) =>
      i % 3 === 0 ? -20 + rng.normal() : 30 + 2 * rng.normal(),
    );
    const fitted = fitGaussianMixture(values, ones(3000));
    const left = fitted.filter((component) => component.mean < 0);
    const right = fitted.filter((component) => component.mean > 0);
    const share = (part: typeof fitted) => part.reduce((sum, component) => sum + component.weight, 0);
    const mean = (part: typeof fitted) =>
      part.reduce((sum, component) => sum + component.weight * component.mean, 0) / share(part);
    expect(share(left)).toBeCloseTo(1 / 3, 2);
    expect(mean(left)).toBeCloseTo(-20, 0);
    expect(mean(right)).toBeCloseTo(30, 0);
  });

  it('leaves one component for one normal once two are offered', () => {
    const rng = Rng.fromSeed('one');
    const values = Float64Array.from({ length: 5000 }, () => 10 + 3 * rng.normal());
    const fitted = fitGaussianMixture(values, ones(5000), { nComponents: 1 });
    expect(fitted).toHaveLength(1);
    expect(fitted[0]?.mean).toBeCloseTo(10, 0);
    expect(fitted[0]?.sd).toBeCloseTo(3, 0);
  });

  it('takes a weight as so many equal values', () => {
    const values = [1, 2, 3, 10, 11, 12];
    const weights = [5, 9, 4, 3, 8, 2];
    const repeated = values.flatMap((value, i) => new Array<number>(weights[i] ?? 0).fill(value));
    const a = fitGaussianMixture(values, weights, { nComponents: 2 });
    const b = fitGaussianMixture(repeated, ones(repeated.length), { nComponents: 2 });
    a.forEach((component, k) => {
      expect(component.mean).toBeCloseTo(b[k]?.mean ?? NaN, 8);
      expect(component.sd).toBeCloseTo(b[k]?.sd ?? NaN, 8);
    });
  });

  it('moves and scales with the data', () => {
    const rng = Rng.fromSeed('scale');
    const values = Float64Array.from({ length: 400 }, () => rng.normal() ** 3);
    const a = fitGaussianMixture(values, ones(400));
    const b = fitGaussianMixture(
      values.map((value) => 1e6 + 1000 * value),
      ones(400),
    );
    expect(b).toHaveLength(a.length);
    a.forEach((component, k) => {
      expect(b[k]?.mean).toBeCloseTo(1e6 + 1000 * component.mean, 3);
      expect(b[k]?.weight).toBeCloseTo(component.weight, 6);
    });
  });

  it('gives positive spreads and weights that sum to 1 for anything finite', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.double({ min: -1e9, max: 1e9, noNaN: true }), fc.integer({ min: 1, max: 50 })), {
          minLength: 1,
          maxLength: 40,
        }),
        (pairs) => {
          const fitted = fitGaussianMixture(
            pairs.map(([value]) => value),
            pairs.map(([, weight]) => weight),
          );
          expect(fitted.reduce((sum, component) => sum + component.weight, 0)).toBeCloseTo(1, 9);
          for (const { mean, sd } of fitted) {
            expect(Number.isFinite(mean)).toBe(true);
            expect(sd).toBeGreaterThan(0);
          }
        },
      ),
    );
  });

  it('refuses nothing and what is not finite', () => {
    expect(() => fitGaussianMixture([], [])).toThrow(RangeError);
    expect(() => fitGaussianMixture([1, NaN], [1, 1])).toThrow(RangeError);
  });
});

describe('digamma', () => {
  it('equals known values', () => {
    // −γ, 1 − γ, −γ − 2 ln 2 (Abramowitz & Stegun 6.3)
    expect(digamma(1)).toBeCloseTo(-0.5772156649015329, 8);
    expect(digamma(2)).toBeCloseTo(0.4227843350984671, 8);
    expect(digamma(0.5)).toBeCloseTo(-1.9635100260214235, 8);
    expect(digamma(1e-3)).toBeCloseTo(-1000.5755719318336, 6);
  });
});
