import { describe, expect, it } from 'vitest';
import { PURPOSES } from '../../src/data/purpose';
import { nameMeasure } from '../../src/release/measure-titles';
import type { Criterion, Policy } from '../../src/release/policy';
import { presetPolicy } from '../../src/release/policy-presets';
import { describePresetDifference } from '../../src/release/preset-difference';

const sharing = presetPolicy('sharing');
const [first] = sharing.criteria;

const withCriteria = (change: (criterion: Criterion) => Criterion | null): Policy => ({
  ...sharing,
  criteria: sharing.criteria.flatMap((criterion) => change(criterion) ?? []),
});

describe('a policy beside what is proposed for its purpose', () => {
  it('that is the proposal, or asks for more, is not remarked on', () => {
    for (const purpose of PURPOSES) expect(describePresetDifference(presetPolicy(purpose))).toEqual([]);
    const stricter = withCriteria((criterion) =>
      typeof criterion.threshold === 'number'
        ? { ...criterion, threshold: criterion.threshold + (criterion.bound === 'at-most' ? -1e-6 : 1e-6) }
        : criterion,
    );
    expect(describePresetDifference(stricter)).toEqual([]);
  });

  it('that leaves criteria out says which', () => {
    const without = withCriteria((criterion) => (criterion === first ? null : criterion));
    expect(describePresetDifference(without)).toEqual([
      `Of the ${sharing.criteria.length} criteria that this tool proposes for “${sharing.name}”, the policy leaves out 1: ${nameMeasure(first?.measure ?? '')}.`,
    ]);
  });

  it('that asks less says of what, for every kind of threshold', () => {
    for (const wanted of sharing.criteria) {
      const { threshold, bound } = wanted;
      const sign = bound === 'at-most' ? 1 : -1;
      const easier: Criterion['threshold'][] =
        threshold === null
          ? []
          : typeof threshold === 'number'
            ? [threshold + sign * 0.1, null, { of: 'ceiling', times: 1, plus: 0 }]
            : [{ ...threshold, plus: threshold.plus + sign * 0.1 }, null, sign * 1e9];
      for (const each of easier) {
        const looser = withCriteria((one) => (one === wanted ? { ...one, threshold: each } : one));
        expect(describePresetDifference(looser)).toEqual([
          `Of the ${sharing.criteria.length} criteria that this tool proposes for “${sharing.name}”, the policy asks less of 1: ${nameMeasure(wanted.measure)}.`,
        ]);
      }
    }
  });

  it('counts a criterion of the same measure under another name', () => {
    const renamed = withCriteria((criterion) => ({ ...criterion, id: `our ${criterion.id}` }));
    expect(describePresetDifference(renamed)).toEqual([]);
  });
});
