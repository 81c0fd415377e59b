import { describe, expect, it } from 'vitest';
import { PURPOSES } from '../../../src/data/purpose';
import { presetPolicy } from '../../../src/release/policy-presets';
import { readPolicyFile, writePolicyFile } from '../../../src/ui/state/policy-file';
import {
  describeThreshold,
  withFurtherRoles,
  withoutCriterion,
  withThreshold,
} from '../../../src/ui/steps/evidence/criterion-words';

const sharing = presetPolicy('sharing');

describe('a file of criteria', () => {
  it('gives back what was written', () => {
    for (const purpose of PURPOSES)
      expect(readPolicyFile(writePolicyFile(presetPolicy(purpose)))).toEqual({
        ok: true,
        value: presetPolicy(purpose),
      });
  });

  it('is taken out of a package without what marks it there', () => {
    const marked = JSON.stringify({ ...sharing, marks: ['OVERRIDE: the board knows.'] });
    expect(readPolicyFile(marked)).toEqual({ ok: true, value: sharing });
  });

  it.each([
    ['{', /it is not JSON/],
    ['"x"', /it is not JSON/],
    [JSON.stringify({ ...sharing, version: 2 }), /newer version of Understudy \(policy version 2\)/],
    [JSON.stringify({ ...sharing, purpose: 'fun' }), /purpose is not a known word/],
    [JSON.stringify({ ...sharing, criteria: [{}] }), /criteria\[0\]\.id is not text/],
    [JSON.stringify({ ...sharing, criteria: [] }), /at least one criterion/],
    [JSON.stringify({ ...sharing, name: 'Internal analytics' }), /that of another purpose/],
    [JSON.stringify({ ...sharing, furtherRoles: 'board' }), /furtherRoles is not a list/],
    [
      JSON.stringify({ ...sharing, furtherRoles: ['reviewer'] }),
      /"reviewer": it has to approve every release/,
    ],
    [JSON.stringify({ ...sharing, furtherRoles: ['board', 'board'] }), /"board": it is named twice/],
    [JSON.stringify({ ...sharing, furtherRoles: ['../x'] }), /up to 40 letters/],
  ])('is refused with its problems: %s', (text, says) => {
    const read = readPolicyFile(text);
    expect(read.ok ? '' : read.failure.message).toMatch(says);
  });
});

describe('criteria in words', () => {
  it('say what is wanted', () => {
    const threshold = { of: 'ceiling', times: 0.9, plus: 0 } as const;
    expect(describeThreshold({ bound: 'at-least', threshold })).toBe('at least 0.9 × the ceiling');
    expect(describeThreshold({ bound: 'at-most', threshold: { of: 'ceiling', times: 1, plus: 0.001 } })).toBe(
      'at most the ceiling + 0.001',
    );
    expect(describeThreshold({ bound: 'at-most', threshold: 0.09 })).toBe('at most 0.09');
    expect(describeThreshold({ bound: 'at-most', threshold: null })).toBe('the figure, whatever it is');
  });

  it('take a threshold of a person’s own, with its source, and let a criterion go', () => {
    const changed = withThreshold(sharing, 'linkability', ' 0,05 ');
    expect(changed?.criteria.find(({ id }) => id === 'linkability')).toMatchObject({
      threshold: 0.05,
      source: 'set by a person for this project',
    });
    expect(withThreshold(sharing, 'linkability', 'low')).toBeNull();
    expect(withThreshold(sharing, 'linkability', ' ')).toBeNull();
    const fewer = withoutCriterion(sharing, 'linkability');
    expect(fewer.criteria).toHaveLength(sharing.criteria.length - 1);
  });
});

it('names further roles with commas between, and leaves the field out for none', () => {
  const named = withFurtherRoles(sharing, ' ethics board, ,data steward ');
  expect(named.furtherRoles).toEqual(['ethics board', 'data steward']);
  expect(withFurtherRoles(named, ' ')).toEqual(sharing);
});
