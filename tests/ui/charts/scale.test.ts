import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseDomain, chooseStep, formatTick, placeTicks, project } from '../../../src/ui/charts/scale';

describe('project', () => {
  it('maps ends to ends and the middle to the middle, upside down too', () => {
    const scale = { domain: [10, 20], range: [100, 0] } as const;
    expect([10, 15, 20].map((value) => project(scale, value))).toEqual([100, 50, 0]);
  });

  it('puts the one point of an empty domain in the middle', () => {
    expect(project({ domain: [3, 3], range: [0, 80] }, 3)).toBe(40);
  });
});

describe('chooseStep', () => {
  it.each([
    [0, 1, 5, 0.2],
    [0, 100, 4, 20],
    [0, 130, 2, 50],
    [-1, 1, 20, 0.1],
  ])('cuts [%d, %d] into about %d parts of %d', (min, max, n, step) => {
    expect(chooseStep(min, max, n)).toBeCloseTo(step, 12);
  });

  it.each([
    [1, 1],
    [2, 1],
    [NaN, 1],
    [0, Infinity],
  ])('answers 0 for [%d, %d]', (min, max) => {
    expect(chooseStep(min, max, 5)).toBe(0);
  });
});

describe('chooseDomain', () => {
  it('widens to round steps and skips what is not a number', () => {
    expect(chooseDomain([0.13, NaN, 0.87, Infinity], 2)).toEqual([0, 1]);
  });

  it('gives a constant series air on both sides', () => {
    const [min, max] = chooseDomain([4, 4], 5);
    expect(min).toBeLessThan(4);
    expect(max).toBeGreaterThan(4);
    expect(chooseDomain([0, 0], 5)).toEqual([-0.5, 0.5]);
  });

  it('is [0, 1] without any value', () => {
    expect(chooseDomain([NaN], 5)).toEqual([0, 1]);
  });

  it('takes what cannot be told apart for one value', () => {
    expect(chooseDomain([5e-324, 0], 5)).toEqual([-0.5, 5e-324]);
    const [min, max] = chooseDomain([-999999999.99825, -999999999.9978751], 5);
    expect(max - min).toBeCloseTo(1e9, -3);
  });

  it('holds every value it was given', () => {
    const value = fc.double({ min: -1e9, max: 1e9, noNaN: true });
    fc.assert(
      fc.property(fc.array(value, { minLength: 1 }), (values) => {
        const [min, max] = chooseDomain(values, 5);
        const slack = 1e-6 * (max - min);
        expect(Math.min(...values)).toBeGreaterThanOrEqual(min - slack);
        expect(Math.max(...values)).toBeLessThanOrEqual(max + slack);
      }),
    );
  });
});

describe('placeTicks', () => {
  it('has the digits that its step needs', () => {
    const ticks = placeTicks({ domain: [0, 0.3], range: [0, 300] }, 3);
    expect(ticks.map((tick) => tick.label)).toEqual(['0.0', '0.1', '0.2', '0.3']);
    expect(ticks.map((tick) => Math.round(tick.at))).toEqual([0, 100, 200, 300]);
  });

  it('stays inside the domain', () => {
    const ticks = placeTicks({ domain: [0.05, 0.94], range: [0, 1] }, 5);
    expect(ticks.map((tick) => tick.label)).toEqual(['0.2', '0.4', '0.6', '0.8']);
  });

  it('answers one tick for a single point', () => {
    expect(placeTicks({ domain: [7, 7], range: [0, 10] }, 5)).toEqual([{ value: 7, label: '7', at: 5 }]);
  });
});

describe('formatTick', () => {
  it.each([
    [20000, 5000, '20\u202f000'],
    [1500, 500, '1500'],
    [-0.5, 0.05, '−0.50'],
    [-1e-17, 0.1, '0.0'],
    [2.5e8, 1e7, '2.5e+8'],
  ])('writes %d at step %d as %s', (value, step, text) => {
    expect(formatTick(value, step)).toBe(text);
  });
});
