import { describe, expect, it } from 'vitest';
import type { Measure } from '../../../src/measure/measure';
import { presetPolicy } from '../../../src/release/policy-presets';
import { mayShowResults, tellWithheld, withholdResults } from '../../../src/ui/state/results-shown';

const measure = (id: string): Measure => ({
  id,
  value: 0.9,
  n: 3,
  direction: 'higher-is-better',
  ceiling: 0.98,
  floor: 0.7,
  sentence: '',
  parts: [],
});

describe('results', () => {
  it('may be seen after the lock, or for internal testing that a person chose', () => {
    expect(mayShowResults({ lockedAt: null, policy: null })).toBe(false);
    expect(mayShowResults({ lockedAt: null, policy: presetPolicy('sharing') })).toBe(false);
    expect(mayShowResults({ lockedAt: null, policy: presetPolicy('testing') })).toBe(true);
    expect(mayShowResults({ lockedAt: 0, policy: presetPolicy('sharing') })).toBe(true);
  });

  it('are withheld as figures of the holdout and as measures that a criterion is about', () => {
    const evidence = { measures: [measure('sdmetrics-overall'), measure('exact-copies')], skipped: [] };
    expect(withholdResults(evidence, presetPolicy('sharing'))).toEqual({
      measures: [{ ...measure('sdmetrics-overall'), ceiling: null }],
      skipped: [],
    });
  });

  it('are withheld in an account with the reason', () => {
    const evidence = { measures: [measure('sdmetrics-overall')], skipped: [] };
    const { withheld, ...told } = tellWithheld(evidence, presetPolicy('sharing'));
    expect(told).toEqual(withholdResults(evidence, presetPolicy('sharing')));
    expect(withheld).toMatch(/^The criteria were not locked when this was written/);
  });
});
