import { describe, expect, it } from 'vitest';
import { CONVENTION, type Criterion } from '../../src/release/policy';
import { presetPolicy } from '../../src/release/policy-presets';
import { findUnmeetable, type Prospect } from '../../src/release/unmeetable';

const criterion = (measure: string, threshold: Criterion['threshold'] = 0.1): Criterion => ({
  id: `on ${measure}`,
  measure,
  bound: 'at-most',
  threshold,
  source: CONVENTION,
});
const policyOf = (...criteria: readonly Criterion[]) => ({ ...presetPolicy('sharing'), criteria });
const prospect: Prospect = {
  families: { linkability: 'privacy', density: 'fidelity', 'train-synthetic-boosted': 'utility' },
  foreseen: [],
  chosen: ['fidelity', 'utility', 'privacy'],
  hasHoldout: true,
};
const reasons = (criteria: readonly Criterion[], extras: Partial<Prospect> = {}) =>
  findUnmeetable(policyOf(...criteria), { ...prospect, ...extras });

describe('criteria that cannot be met as things are', () => {
  it('are none where every measure can be tried', () => {
    expect(reasons([criterion('linkability'), criterion('density', null)])).toEqual([]);
  });

  it('are those whose measure will be skipped, with its own words, before all else', () => {
    const foreseen = [{ id: 'linkability', reason: 'there is no holdout', wanting: 'holdout' } as const];
    expect(reasons([criterion('linkability'), criterion('density')], { foreseen, chosen: [] })).toEqual([
      {
        criterion: 'on linkability',
        measure: 'linkability',
        family: 'privacy',
        reason: 'there is no holdout',
        wanting: 'holdout',
      },
      {
        criterion: 'on density',
        measure: 'density',
        family: 'fidelity',
        reason: 'fidelity is not ticked under “What to judge”',
        wanting: 'family',
      },
    ]);
  });

  it('are those of a measure that is not known', () => {
    expect(reasons([criterion('phrenology')])).toMatchObject([
      { reason: 'this program has no measure of the name “phrenology”', wanting: 'measure', family: null },
    ]);
  });

  it('are those whose threshold hangs on a holdout that is not there', () => {
    const relative = { of: 'ceiling', times: 1, plus: 0 } as const;
    expect(reasons([criterion('density', relative)])).toEqual([]);
    expect(
      reasons([criterion('density', relative), criterion('density')], { hasHoldout: false }),
    ).toMatchObject([
      { wanting: 'holdout', reason: 'its threshold hangs on the holdout, and there is none' },
    ]);
  });
});
