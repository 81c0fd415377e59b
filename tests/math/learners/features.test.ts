import { describe, expect, it } from 'vitest';
import { codeColumn, fitBinning, type FeatureColumn } from '../../../src/math/learners/features';

const numbers = (...values: number[]): FeatureColumn => ({
  kind: 'number',
  values: Float64Array.from(values),
});
const levels = (codes: number[], n: number): FeatureColumn => ({
  kind: 'level',
  codes: Int32Array.from(codes),
  levels: { length: n },
});

describe('codes of a column', () => {
  it('give each of few numbers its own, and missing the code 0', () => {
    const column = numbers(5, 1, NaN, 5, 9);
    const binning = fitBinning(column);
    expect([...binning.cuts]).toEqual([3, 7]);
    expect([...codeColumn(binning, column)]).toEqual([2, 1, 0, 2, 3]);
    expect([...codeColumn(binning, numbers(-100, 3, 3.1, 1000))]).toEqual([1, 1, 2, 3]);
  });

  it('cut many numbers at quantiles and keep a value that many rows share apart', () => {
    const spread = Array.from({ length: 1000 }, (_, i) => i + 1);
    const column = numbers(...spread, ...spread.map(() => 0));
    const binning = fitBinning(column);
    const codes = codeColumn(binning, column);
    expect(binning.nCodes).toBeLessThanOrEqual(256);
    expect(new Set(codes.slice(1000)).size).toBe(1);
    expect(codes[0]).toBeGreaterThan(codes[1000] ?? 0);
    expect(new Set(codes).size).toBeGreaterThan(120);
  });

  it('order levels by frequency and pool the rarest beyond 254', () => {
    const codes = [2, 2, 2, 1, 1, 0, -1];
    const binning = fitBinning(levels(codes, 3));
    expect([...codeColumn(binning, levels(codes, 3))]).toEqual([1, 1, 1, 2, 2, 3, 0]);
    const many = fitBinning(
      levels(
        Array.from({ length: 400 }, (_, i) => i),
        400,
      ),
    );
    expect(many.nCodes).toBe(256);
    expect([...many.codeOfLevel.slice(250)]).toEqual([251, 252, 253, 254, ...Array<number>(146).fill(255)]);
  });
});
