import { describe, expect, it } from 'vitest';
import { compareMarginals, weighPairs } from '../../src/math/marginals';

describe('compareMarginals', () => {
  it('is computed by hand for four rows', () => {
    const a = {
      nRows: 4,
      codes: [
        [0, 0, 1, 1],
        [0, 1, 0, 1],
      ],
      sizes: [2, 2],
    };
    const b = {
      nRows: 4,
      codes: [
        [0, 0, 0, 1],
        [0, 0, 1, 1],
      ],
      sizes: [2, 2],
    };
    // margins of column 1: ½, ½ against ¾, ¼: distance ¼; column 2 equal.
    // pairs of a: ¼ each; of b: (0,0) ½, (0,1) ¼, (1,1) ¼, (1,0) 0: distance ¼.
    expect(compareMarginals(a, b)).toEqual({ oneWay: 0.875, twoWay: 0.75 });
  });

  it('is 1 for the same rows in another order and blind to no pair', () => {
    const a = {
      nRows: 4,
      codes: [
        [0, 0, 1, 1],
        [0, 0, 1, 1],
      ],
      sizes: [2, 2],
    };
    const shuffled = {
      nRows: 4,
      codes: [
        [1, 0, 1, 0],
        [1, 0, 1, 0],
      ],
      sizes: [2, 2],
    };
    const broken = {
      nRows: 4,
      codes: [
        [0, 0, 1, 1],
        [0, 1, 0, 1],
      ],
      sizes: [2, 2],
    };
    expect(compareMarginals(a, shuffled)).toEqual({ oneWay: 1, twoWay: 1 });
    expect(compareMarginals(a, broken)).toEqual({ oneWay: 1, twoWay: 0.5 });
  });

  it('takes the 1-way value for a single column', () => {
    const a = { nRows: 2, codes: [[0, 1]], sizes: [2] };
    const b = { nRows: 2, codes: [[0, 0]], sizes: [2] };
    expect(compareMarginals(a, b)).toEqual({ oneWay: 0.5, twoWay: 0.5 });
  });

  it('refuses other columns and empty tables', () => {
    const a = { nRows: 1, codes: [[0]], sizes: [2] };
    expect(() => compareMarginals(a, { nRows: 1, codes: [[0]], sizes: [3] })).toThrow(RangeError);
    expect(() => compareMarginals(a, { nRows: 0, codes: [[]], sizes: [2] })).toThrow(RangeError);
  });
});

describe('weighPairs', () => {
  it('is the squared V of Cramér, by hand', () => {
    const table = {
      nRows: 4,
      codes: [
        [0, 0, 1, 1],
        [0, 0, 1, 1],
        [0, 1, 0, 1],
        [0, 0, 0, 1],
      ],
      sizes: [2, 2, 2, 2],
    };
    // Pairs in order (1,0), (2,0), (2,1), (3,0), (3,1), (3,2). Column 3 against column 0: χ²/n = ¼/(½·¾) + … − 1 = ⅓.
    const expected = [1, 0, 0, 1 / 3, 1 / 3, 1 / 3];
    [...weighPairs(table)].forEach((weight, i) => expect(weight).toBeCloseTo(expected[i] ?? NaN, 12));
  });

  it('weighs all pairs the same when none depends, and ignores codes that do not occur', () => {
    const table = {
      nRows: 4,
      codes: [
        [0, 0, 1, 1],
        [0, 1, 0, 1],
      ],
      sizes: [5, 3],
    };
    expect([...weighPairs(table)]).toEqual([1]);
  });

  it('lets only the pairs with weight count', () => {
    const a = {
      nRows: 2,
      codes: [
        [0, 1],
        [0, 1],
        [0, 1],
      ],
      sizes: [2, 2, 2],
    };
    const b = {
      ...a,
      codes: [
        [0, 1],
        [0, 1],
        [1, 0],
      ],
    };
    expect(compareMarginals(a, b, Float64Array.of(1, 0, 0)).twoWay).toBe(1);
    expect(compareMarginals(a, b, Float64Array.of(0, 1, 0)).twoWay).toBe(0);
  });
});
