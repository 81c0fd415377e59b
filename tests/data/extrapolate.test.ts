import { expect, it } from 'vitest';
import { extrapolate } from '../../src/data/extrapolate';

it('counts a fixed part once and the rest by the item', () => {
  // 100 ms and 0.02 ms an item.
  expect(extrapolate({ n: 1000, ms: 120 }, { n: 5000, ms: 200 }, 100_000)).toBeCloseTo(2100, 9);
  expect(extrapolate({ n: 1000, ms: 120 }, { n: 5000, ms: 200 }, 100_000, 2)).toBeCloseTo(4000, 9);
});

it('takes all of the time to grow where trials do not tell it apart', () => {
  expect(extrapolate({ n: 1000, ms: 50 }, { n: 1000, ms: 50 }, 10_000)).toBeCloseTo(500, 9);
  expect(extrapolate({ n: 1000, ms: 60 }, { n: 2000, ms: 50 }, 10_000)).toBeCloseTo(250, 9);
});

it('is what the larger trial took where that had all items', () => {
  expect(extrapolate({ n: 10, ms: 1 }, { n: 20, ms: 3 }, 20)).toBe(3);
});
