import { describe, expect, it } from 'vitest';
import { choose, drawNormal, drawWithin, logistic, roundTenth } from '../../../src/data/cohort/chance';
import { Rng } from '../../../src/math/rng';

describe('chance', () => {
  it('chooses in proportion to weight and never what weighs nothing', () => {
    const rng = Rng.fromSeed('choose');
    const seen = { a: 0, b: 0, c: 0 };
    for (let i = 0; i < 8000; i++)
      seen[choose<'a' | 'b' | 'c'>(rng, [['a', 3], ['b', 0], ['c', 1]])] += 1; // prettier-ignore
    expect(seen.b).toBe(0);
    expect(seen.a / 8000).toBeCloseTo(0.75, 1);
  });

  it('refuses to choose among nothing', () => {
    expect(() => choose(Rng.fromSeed(1), [['a', 0]])).toThrow(RangeError);
  });

  it('keeps normal draws inside the bounds without piling up at them', () => {
    const rng = Rng.fromSeed('bounds');
    const draws = Array.from({ length: 2000 }, () => drawNormal(rng, 0, 1, -0.5, 2));
    expect(Math.min(...draws)).toBeGreaterThanOrEqual(-0.5);
    expect(Math.max(...draws)).toBeLessThanOrEqual(2);
    expect(new Set(draws).size).toBe(2000);
  });

  it('says so when nothing can fall inside', () => {
    expect(() => drawWithin(() => 3, 0, 1)).toThrow(RangeError);
  });

  it('has the textbook logistic and rounding', () => {
    expect(logistic(0)).toBe(0.5);
    expect(logistic(Math.log(3))).toBeCloseTo(0.75, 12);
    expect(roundTenth(7.25)).toBe(7.3);
  });
});
