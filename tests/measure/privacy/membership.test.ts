import { describe, expect, it } from 'vitest';
import { Rng } from '../../../src/math/rng';
import { isSkipped } from '../../../src/measure/measure';
import { judgeLikelihoods, type Membership } from '../../../src/measure/privacy/membership';

const rng = Rng.fromSeed('membership');
const draw = (n: number, mean: number): Float64Array =>
  Float64Array.from({ length: n }, () => mean + rng.normal());

function judge(members: Float64Array, controls: Float64Array): Membership {
  const result = judgeLikelihoods(members, controls);
  if (isSkipped(result)) throw new Error(result.reason);
  return result;
}

describe('membership by likelihood', () => {
  it('sees nothing where train and holdout are equally likely', () => {
    const { interval, hits } = judge(draw(4000, 0), draw(1200, 0));
    expect(interval.low).toBeLessThan(0.5);
    expect(interval.high).toBeGreaterThan(0.5);
    const at1 = hits[0]?.found;
    expect(at1 !== undefined && !isSkipped(at1) ? at1.rate.rate : NaN).toBeCloseTo(0.01, 1);
  });

  it('sees a model that finds its own rows likelier', () => {
    // Two normals one standard deviation apart: Φ(1/√2) = 0.760.
    const { auc, interval, nMembers, nControls } = judge(draw(4000, 1), draw(1200, 0));
    expect(auc).toBeCloseTo(0.76, 1);
    expect(interval.low).toBeGreaterThan(0.7);
    expect([nMembers, nControls]).toEqual([4000, 1200]);
  });

  it('leaves out rates for which there are too few controls', () => {
    const { hits } = judge(draw(500, 0), draw(1200, 0));
    expect(hits.map(({ atRate, found }) => [atRate, isSkipped(found) ? found.reason : 'found'])).toEqual([
      [0.01, 'found'],
      [0.001, 'it takes 10000 rows of holdout, and there are 1200'],
    ]);
  });

  it('takes impossible rows as the least likely, and is skipped where a likelihood is unknown', () => {
    const { auc, interval } = judge(draw(60, 0), new Float64Array(60).fill(-Infinity));
    expect([auc, interval.high]).toEqual([1, 1]);
    expect(interval.low).toBeLessThan(0.99);
    const unknown = draw(60, 0);
    unknown[3] = NaN;
    expect(judgeLikelihoods(unknown, draw(60, 0))).toMatchObject({
      reason: expect.stringContaining('no likelihood') as string,
    });
    expect(judgeLikelihoods(draw(60, 0), draw(49, 0))).toMatchObject({
      reason: expect.stringContaining('fewer than 50') as string,
    });
  });
});
