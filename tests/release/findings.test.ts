import { describe, expect, it } from 'vitest';
import { PURPOSES } from '../../src/data/purpose';
import type { FinishedMeasure } from '../../src/measure/measure';
import { DIRECT_IDENTIFIERS } from '../../src/release/direct-identifier-finding';
import { allPass, findFindings, type FindingOutcome } from '../../src/release/findings';
import { CONVENTION, findPolicyProblems, type Criterion, type Policy } from '../../src/release/policy';
import { presetPolicy } from '../../src/release/policy-presets';
import { EVALUATION_SPECS } from '../../src/measure/evaluation-specs';

const criterion: Criterion = { id: 'c', measure: 'm', bound: 'at-most', threshold: 0.2, source: CONVENTION };
const policyOf = (...criteria: Criterion[]): Policy => ({
  format: 'understudy-policy',
  version: 1,
  purpose: 'analytics',
  name: 'Test',
  criteria,
});

function measureOf(low: number, high: number, patch: Partial<FinishedMeasure> = {}): FinishedMeasure {
  return {
    id: 'm',
    family: 'privacy',
    value: (low + high) / 2,
    interval: { low, high },
    floor: null,
    ceiling: 0.1,
    n: 10,
    direction: 'lower-is-better',
    sentence: '',
    parts: [],
    seed: 1,
    ...patch,
  };
}

function outcomeOf(given: Partial<Criterion>, measure: FinishedMeasure | null): FindingOutcome | undefined {
  const measures = measure === null ? [] : [measure];
  return findFindings(policyOf({ ...criterion, ...given }), { measures, skipped: [] }, null)[0]?.outcome;
}

describe('a finding', () => {
  it('is a pass only when the whole interval lies on the right side', () => {
    expect(outcomeOf({}, measureOf(0, 0.2))).toBe('pass');
    expect(outcomeOf({}, measureOf(0, 0.21))).toBe('inconclusive');
    expect(outcomeOf({}, measureOf(0.19, 0.3))).toBe('inconclusive');
    expect(outcomeOf({}, measureOf(0.21, 0.3))).toBe('fail');
    const least = { bound: 'at-least' } as const;
    expect(outcomeOf(least, measureOf(0.2, 0.9))).toBe('pass');
    expect(outcomeOf(least, measureOf(0.1, 0.9))).toBe('inconclusive');
    expect(outcomeOf(least, measureOf(0.1, 0.19))).toBe('fail');
  });

  it('holds a relative threshold against the measure’s own ceiling', () => {
    const threshold = { of: 'ceiling', times: 2, plus: 0.05 } as const;
    expect(outcomeOf({ threshold }, measureOf(0.2, 0.25))).toBe('pass');
    expect(outcomeOf({ threshold }, measureOf(0.2, 0.26))).toBe('inconclusive');
    expect(outcomeOf({ threshold }, measureOf(0, 0, { ceiling: null }))).toBe('not-evaluated');
  });

  it('asks for the figure alone where there is no threshold', () => {
    expect(outcomeOf({ threshold: null }, measureOf(0.9, 1))).toBe('pass');
    expect(outcomeOf({ threshold: null }, null)).toBe('not-evaluated');
  });

  it('tells why there is no figure, and what to try next, and never passes without one', () => {
    const skipped = [{ id: 'm', reason: 'there is no holdout' }];
    const [finding] = findFindings(policyOf(criterion), { measures: [], skipped }, null);
    expect(finding).toMatchObject({ outcome: 'not-evaluated', value: null });
    expect(finding?.sentence).toContain('there is no holdout');
    expect(finding?.next).not.toBeNull();
    expect(allPass(finding === undefined ? [] : [finding])).toBe(false);
    expect(allPass([])).toBe(false);
  });

  it('says figure, interval and threshold in one sentence', () => {
    const [finding] = findFindings(
      policyOf(criterion),
      { measures: [measureOf(0.21, 0.3)], skipped: [] },
      null,
    );
    expect(finding?.sentence).toBe(
      'Not met, and the interval leaves no doubt: 0.255 (95 % CI 0.21 to 0.3), wanted at most 0.2.',
    );
  });
});

describe('a policy', () => {
  it('is proposed for every purpose, over measures that exist, with the source of each threshold', () => {
    const known = [DIRECT_IDENTIFIERS, ...EVALUATION_SPECS.flatMap(({ ids }) => ids)];
    for (const purpose of PURPOSES) {
      const policy = presetPolicy(purpose);
      expect(findPolicyProblems(policy)).toEqual([]);
      expect(policy.criteria.filter(({ measure }) => !known.includes(measure))).toEqual([]);
    }
  });

  it.each(PURPOSES)(
    'asks for %s the same of the exposed tenth as of all records, by both attacks',
    (purpose) => {
      const { criteria } = presetPolicy(purpose);
      for (const attack of ['membership-distance', 'membership-likelihood']) {
        const [all, tenth] = [attack, `${attack}-exposed`].map((id) =>
          criteria.find((each) => each.id === id),
        );
        expect(tenth).toEqual({ ...all, id: `${attack}-exposed`, measure: `${attack}-exposed` });
        expect(tenth?.source).toBe(CONVENTION);
      }
    },
  );

  it('grows no laxer from analytics to public release where both have a threshold', () => {
    const order = (['analytics', 'model-training', 'sharing', 'public-release'] as const).map(presetPolicy);
    for (const [i, policy] of order.entries())
      for (const { id, threshold, bound } of policy.criteria) {
        const before = order[i - 1]?.criteria.find((each) => each.id === id)?.threshold;
        if (bound === 'at-most' && typeof threshold === 'number' && typeof before === 'number')
          expect(threshold).toBeLessThanOrEqual(before);
      }
  });

  it('with a criterion that cannot be used is named with every problem', () => {
    const odd = { ...criterion, source: ' ', threshold: NaN };
    const problems = findPolicyProblems(policyOf(criterion, odd, { ...criterion, id: '', measure: '' }));
    expect(problems).toHaveLength(5);
    expect(findPolicyProblems(policyOf())).toEqual(['a policy needs at least one criterion']);
  });
});
