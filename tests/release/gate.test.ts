import { describe, expect, it } from 'vitest';
import type { Finding, FindingOutcome } from '../../src/release/findings';
import { findExportObstacles, findObstacles } from '../../src/release/gate';
import { presetPolicy } from '../../src/release/policy-presets';

const finding = (outcome: FindingOutcome) => ({ outcome }) as Finding;
const kept = { nRows: 3000, seed: 7, hasWishes: false };
const sharing = presetPolicy('sharing');

describe('the gate', () => {
  it('is open for internal testing, whatever was found', () => {
    expect(findObstacles(presetPolicy('testing'), false, null)).toEqual([]);
    expect(findObstacles(presetPolicy('testing'), true, [finding('fail')])).toEqual([]);
  });

  it('asks for a lock, for an evaluation, and for every criterion to be met', () => {
    expect(findObstacles(sharing, false, [finding('pass')])[0]).toMatch(/not locked before results/);
    expect(findObstacles(sharing, true, null)[0]).toMatch(/not evaluated/);
    for (const outcome of ['fail', 'inconclusive', 'not-evaluated'] as const)
      expect(findObstacles(sharing, true, [finding('pass'), finding(outcome)])).toEqual([
        '1 of 2 criteria for “External sharing under agreement” are not met.',
      ]);
    expect(findObstacles(sharing, true, [finding('pass'), finding('pass')])).toEqual([]);
  });
});

it('names direct identifiers that nobody answered', () => {
  const sentence = 'Not met: 1 column … age (telephone numbers).';
  const direct = { ...finding('fail'), measure: 'direct-identifiers', sentence } as Finding;
  expect(findObstacles(sharing, true, [direct])).toEqual([
    '1 of 1 criteria for “External sharing under agreement” are not met.',
    'Direct identifiers: 1 column … age (telephone numbers).',
  ]);
});

describe('the gate of plain records', () => {
  it('asks for the sign-off of two people as well, but not for internal testing', () => {
    expect(findExportObstacles(sharing, ['1 of 2 …'], null, kept)).toEqual([
      '1 of 2 …',
      expect.stringMatching(/^An author and a reviewer have not signed .* the Release step/),
    ]);
    expect(findExportObstacles(presetPolicy('testing'), [], null, kept)).toEqual([]);
  });

  it('is open once they have signed, who saw what was set aside', () => {
    expect(findExportObstacles(sharing, ['1 of 2 …'], kept, kept)).toEqual([]);
  });

  it('stays shut for records that are not those that were signed', () => {
    for (const other of [{ nRows: 3001 }, { seed: 8 }, { hasWishes: true }])
      expect(findExportObstacles(sharing, ['1 of 2 …'], kept, { ...kept, ...other })).toEqual([
        '1 of 2 …',
        'What was signed are 3000 records of seed 7; these are others.',
      ]);
  });
});
