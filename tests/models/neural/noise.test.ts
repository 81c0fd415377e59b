import { describe, expect, it } from 'vitest';
import { Rng } from '../../../src/math/rng';
import { fillDropout, fillGumbels, fillNormals } from '../../../src/models/neural/noise';

const N = 200_001;
const mean = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('fast noise', () => {
  it('has the moments and tails of a standard normal', () => {
    const values = new Float32Array(N);
    fillNormals(values, Rng.fromSeed('normal'));
    expect(Math.abs(mean(values))).toBeLessThan(0.01);
    expect(mean(values.map((value) => value * value))).toBeCloseTo(1, 1.7);
    expect(values.filter((value) => value > 1.959964).length / N).toBeCloseTo(0.025, 2.6);
    expect(values.every((value) => Math.abs(value) < 4.4)).toBe(true);
  });

  it('has the mean and variance of a standard Gumbel', () => {
    const values = new Float32Array(N);
    fillGumbels(values, Rng.fromSeed('gumbel'));
    const average = mean(values);
    expect(average).toBeCloseTo(0.5772156649, 1.7);
    expect(mean(values.map((value) => (value - average) ** 2))).toBeCloseTo(Math.PI ** 2 / 6, 1);
  });

  it('drops the share asked for and keeps the mean', () => {
    const values = new Float32Array(N);
    fillDropout(values, 0.25, Rng.fromSeed('dropout'));
    expect(values.filter((value) => value === 0).length / N).toBeCloseTo(0.25, 2);
    expect(new Set(values)).toEqual(new Set([0, Math.fround(4 / 3)]));
  });

  it('fills every place of an odd length, the same for the same seed', () => {
    const a = new Float32Array(5).fill(99);
    const b = new Float32Array(5).fill(98);
    fillNormals(a, Rng.fromSeed(1));
    fillNormals(b, Rng.fromSeed(1));
    expect(a).toEqual(b);
  });
});
