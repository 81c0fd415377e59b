import { describe, expect, it } from 'vitest';
import { chooseBudget, estimateNeed } from '../../src/data/memory-need';
import { writeOrdinal } from '../../src/data/ordinal';

const size = { nRows: 1000, nColumns: 10, nDistinct: 50, nTextBytes: 400 };

describe('memory that a table needs', () => {
  it('grows with rows, columns and distinct cells', () => {
    const need = estimateNeed(size);
    expect(estimateNeed({ ...size, nRows: 2000 })).toBeGreaterThan(need);
    expect(estimateNeed({ ...size, nColumns: 20 })).toBeGreaterThan(need);
    expect(estimateNeed({ ...size, nDistinct: 5000, nTextBytes: 40_000 })).toBeGreaterThan(need);
  });

  it('may be half of what the device has, at most 4 GiB, and 2 GiB where the browser does not say', () => {
    expect(chooseBudget(2) / 2 ** 30).toBe(1);
    expect(chooseBudget(32) / 2 ** 30).toBe(4);
    expect(chooseBudget(null) / 2 ** 30).toBe(2);
  });
});

it('writes ordinals', () => {
  expect([1, 2, 3, 4, 11, 12, 13, 21, 22, 111, 103].map(writeOrdinal).join(' ')).toBe(
    '1st 2nd 3rd 4th 11th 12th 13th 21st 22nd 111th 103rd',
  );
});
