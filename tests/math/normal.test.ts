import { describe, expect, it } from 'vitest';
import { normalCdf, normalDensity, normalQuantile } from '../../src/math/normal';

describe('normal distribution', () => {
  // Abramowitz & Stegun, table 26.1 and 26.2.
  it.each([
    [0, 0.5],
    [0.5, 0.691462461274013],
    [1, 0.841344746068543],
    [1.96, 0.97500210485178],
    [2.5, 0.993790334674224],
    [3, 0.99865010196837],
    [5, 0.999999713348428],
  ])('share below %d', (x, share) => {
    expect(normalCdf(x)).toBeCloseTo(share, 14);
    expect(normalCdf(-x)).toBeCloseTo(1 - share, 14);
  });

  it('keeps its relative accuracy in the tail', () => {
    expect(normalCdf(-6) / 9.865876450376946e-10).toBeCloseTo(1, 10);
    expect(normalCdf(-10) / 7.619853024160525e-24).toBeCloseTo(1, 10);
    expect(normalCdf(-5.0000001) / normalCdf(-4.9999999)).toBeCloseTo(1, 5);
  });

  it('reaches its ends', () => {
    expect([normalCdf(-Infinity), normalCdf(Infinity), normalCdf(40)]).toEqual([0, 1, 1]);
    expect(normalCdf(NaN)).toBeNaN();
    expect([normalDensity(-Infinity), normalDensity(Infinity)]).toEqual([0, 0]);
    expect([normalQuantile(0), normalQuantile(1)]).toEqual([-Infinity, Infinity]);
    expect(normalQuantile(0.5)).toBeCloseTo(0, 15);
    for (const p of [-0.1, 1.1, NaN]) expect(normalQuantile(p)).toBeNaN();
  });

  it('quantile undoes share', () => {
    for (let x = -8; x <= 5; x += 0.37) expect(normalQuantile(normalCdf(x))).toBeCloseTo(x, 7);
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 12);
    expect(normalQuantile(1e-300)).toBeCloseTo(-37.0471, 3);
  });
});
