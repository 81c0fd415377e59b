import { expect, it } from 'vitest';
import { findFindings } from '../../../../src/release/findings';
import type { Criterion } from '../../../../src/release/policy';
import { presetPolicy } from '../../../../src/release/policy-presets';
import { nameOutcome, tellBesideOutcome, tellMet } from '../../../../src/ui/steps/evidence/criterion-words';
import { makeMeasure } from './made-measure';

const held = makeMeasure('linkability', { value: 0.2, interval: { low: 0.1, high: 0.3 }, ceiling: null });

/** What the table of findings says of a measure under a threshold: the outcome, and what stands beside it. */
function tell(threshold: Criterion['threshold'], measures = [held]): readonly [string, string] {
  const criterion: Criterion = {
    id: 'links',
    measure: 'linkability',
    bound: 'at-most',
    threshold,
    source: 'a test',
  };
  const policy = { ...presetPolicy('testing'), criteria: [criterion] };
  const [finding] = findFindings(policy, { measures, skipped: [] }, null);
  if (finding === undefined) throw new Error('no finding');
  return [nameOutcome(finding), tellBesideOutcome(finding)];
}

it('says the outcome of a finding once', () => {
  expect(tell(0.25)).toEqual([
    'Undecided',
    'The interval holds the threshold, and undecided is not met: 0.2 (95 % CI 0.1 to 0.3), wanted at most 0.25.',
  ]);
  expect(tell(0.05)).toEqual([
    'Not met',
    'The interval leaves no doubt: 0.2 (95 % CI 0.1 to 0.3), wanted at most 0.05.',
  ]);
  expect(tell(0.4)).toEqual([
    'Met',
    'With its whole interval: 0.2 (95 % CI 0.1 to 0.3), wanted at most 0.4.',
  ]);
  expect(tell(null)).toEqual(['Stated', '0.2 (95 % CI 0.1 to 0.3).']);
  expect(tell({ of: 'ceiling', times: 1, plus: 0 })).toEqual([
    'Not evaluated',
    'Its threshold hangs on the holdout, and there is none. What is not evaluated is not met.',
  ]);
  expect(tell(0.1, [])).toEqual([
    'Not evaluated',
    'The evaluation does not hold this measure. What is not evaluated is not met.',
  ]);
});

it('leaves a sentence whole that begins with another word', () => {
  const finding = { outcome: 'fail', threshold: 1, sentence: '2 columns may hold names.' } as const;
  expect(tellBesideOutcome(finding)).toBe('2 columns may hold names.');
});

it('counts the criteria that are met, and those still to come as neither', () => {
  const met = { outcome: 'pass', threshold: 0.5 } as const;
  const unmet = { outcome: 'inconclusive', threshold: 0.5 } as const;
  const stated = { outcome: 'pass', threshold: null } as const;
  expect(tellMet([met, met], 0)).toBe('2 of 2 criteria met.');
  expect(tellMet([met, unmet], 0)).toBe(
    '1 of 2 criteria met. What is undecided or was not evaluated is not met.',
  );
  expect(tellMet([met, unmet], 10)).toBe('1 of 12 criteria met so far, 10 still to come.');
  expect(tellMet([met, stated, stated], 0)).toBe(
    '1 of 3 criteria met, 2 set no limit and only state what was found.',
  );
});
