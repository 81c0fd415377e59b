import { describe, expect, it } from 'vitest';
import { countBelow, countUpTo } from '../../src/math/bisect';

describe('entries of an ascending list', () => {
  it('are counted below a value and up to it, repeats too', () => {
    expect(countBelow([1, 2, 2, 3], 2)).toBe(1);
    expect(countUpTo([1, 2, 2, 3], 2)).toBe(3);
    expect([countBelow([1, 2], 0), countBelow([1, 2], 9), countUpTo([1, 2], 9)]).toEqual([0, 2, 2]);
    expect([countBelow([], 2), countUpTo([], 2)]).toEqual([0, 0]);
  });

  it('are counted from a place on, up to another', () => {
    expect(countBelow([1, 2, 2, 3, 0], 3, 1, 4)).toBe(3);
    expect(countBelow([9, 2, 2, 3], 1, 1)).toBe(1);
    expect(countBelow([1, 2, 3], 9, 1, 2)).toBe(2);
  });
});
