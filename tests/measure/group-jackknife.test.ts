import { describe, expect, it } from 'vitest';
import { Rng } from '../../src/math/rng';
import {
  GroupedCounts,
  jackknifeInterval,
  meanReplicates,
  N_GROUPS,
  SHARE,
} from '../../src/measure/group-jackknife';

const NO_BOUNDS = { low: -Infinity, high: Infinity };

/** Mean of values by the sums a jackknife keeps. */
function replicateMean(values: Float64Array) {
  const sums = new GroupedCounts(2);
  values.forEach((value, row) => {
    sums.add(row, 0);
    sums.add(row, 1, value);
  });
  return sums.replicate(([n = 0, sum = 0]) => sum / n);
}

describe('delete-a-group jackknife', () => {
  it('covers the true mean in about 95 of 100 samples', () => {
    const rng = Rng.fromSeed('jackknife');
    let nCovered = 0;
    for (let sample = 0; sample < 400; sample++) {
      const values = Float64Array.from({ length: 200 }, () => rng.normal());
      const { low, high } = jackknifeInterval(replicateMean(values), NO_BOUNDS);
      if (low <= 0 && high >= 0) nCovered++;
    }
    expect(nCovered / 400).toBeGreaterThan(0.92);
    expect(nCovered / 400).toBeLessThan(0.98);
  });

  it('leaves each group out once', () => {
    const values = Float64Array.from({ length: N_GROUPS }, (_, row) => row);
    const whole = values.reduce((sum, value) => sum + value, 0);
    const replicates = replicateMean(values);
    expect(replicates[0]).toBe(whole / N_GROUPS);
    values.forEach((value, group) =>
      expect(replicates[group + 1]).toBeCloseTo((whole - value) / (N_GROUPS - 1), 12),
    );
  });

  it('is cut at the bounds, and no width where nothing varies', () => {
    const values = Float64Array.from({ length: 100 }, (_, row) => (row % 3 === 0 ? 1 : 0.9));
    const { low, high } = jackknifeInterval(replicateMean(values), SHARE, 0.999);
    expect(low).toBeLessThan(0.999);
    expect(high).toBe(1);
    const still = jackknifeInterval(replicateMean(new Float64Array(100).fill(0.5)), SHARE);
    expect(still.high - still.low).toBeCloseTo(0, 12);
  });

  it('means leave out what is undefined, and keep a figure that one group alone defines', () => {
    const defined = new Float64Array(N_GROUPS + 1).fill(0.5);
    const undefinedOne = new Float64Array(N_GROUPS + 1).fill(NaN);
    const partly = new Float64Array(N_GROUPS + 1).fill(1);
    partly[3] = NaN;
    expect(meanReplicates([undefinedOne])).toBeNull();
    expect([...(meanReplicates([defined, undefinedOne, partly]) ?? [])]).toEqual(
      Array.from({ length: N_GROUPS + 1 }, () => 0.75),
    );
  });
});
