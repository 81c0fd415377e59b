import { describe, expect, it } from 'vitest';
import { fitNumbers } from '../../../src/models/trees/fit-codes';
import { countCodes, valueOfCode } from '../../../src/models/trees/value-codes';

const FLOORS = { k: 5, atomRows: 10, binRows: 20 };
const fit = (values: readonly number[]) =>
  fitNumbers(Float64Array.from(values), { bounds: null }, { kind: 'decimals', decimals: 2 }, FLOORS);

/** Everything that codes can write, at many places of each. */
function listWritten(values: readonly number[]): number[] {
  const { codes } = fit(values);
  return Array.from({ length: countCodes(codes) - 1 }, (_, i) =>
    Array.from({ length: 101 }, (_, u) => valueOfCode(codes, i + 1, u / 100)),
  ).flat();
}

describe('numbers of few rows', () => {
  it.each([[[7.25]], [[1.5, 9.75, 30.25, 80.5]]])(
    '%j: fewer than k are not kept, and count as missing',
    (few) => {
      const { codes, coded } = fit([...few, NaN, NaN]);
      expect(countCodes(codes)).toBe(1);
      expect([...coded]).toEqual(new Array<number>(few.length + 2).fill(0));
    },
  );

  it.each([
    [[1.01, 20, 35, 50, 99.99]],
    [[1.01, 20, 35, 50, 65, 80, 99.99]],
    [[1.01, 1.01, 20, 35, 50, 65, 80, 99.99, 99.99]],
  ])('%j: neither end is written unless k rows share it', (values) => {
    const written = listWritten(values);
    expect(written.length).toBeGreaterThan(0);
    expect(Math.min(...written)).toBeGreaterThan(1.01);
    expect(Math.max(...written)).toBeLessThan(99.99);
  });

  it('an end that k rows share is written', () => {
    const written = listWritten([...new Array<number>(5).fill(0), 20, 35, 50, 65, 80, 95, 97, 98, 99]);
    expect(Math.min(...written)).toBe(0);
    expect(Math.max(...written)).toBeLessThan(97);
  });
});
