import { expect, it } from 'vitest';
import { listAttacks } from '../../../../src/ui/steps/evidence/summarise-privacy';
import { foundFirst, unmetFirst } from '../../../../src/ui/steps/evidence/worst-first';
import { makeAttack } from './made-measure';

it('lists criteria that are not met first, and keeps the order of the rest', () => {
  const outcomes = ['pass', 'not-evaluated', 'inconclusive', 'pass', 'fail', 'inconclusive'] as const;
  const findings = outcomes.map((outcome, i) => ({ outcome, i }));
  expect(unmetFirst(findings).map(({ i }) => i)).toEqual([4, 2, 5, 1, 0, 3]);
  expect(findings.map(({ i }) => i)).toEqual([0, 1, 2, 3, 4, 5]);
});

it('lists attacks that found something first, but none that guessing beats', () => {
  const attacks = listAttacks([
    makeAttack('linkability', 0),
    makeAttack('attribute-inference', 0.3, 0.5),
    makeAttack('membership-distance', 0.2, null),
    makeAttack('singling-out-univariate', 0.4),
  ]);
  expect(foundFirst(attacks).map(({ id }) => id)).toEqual([
    'singling-out-univariate',
    'membership-distance',
    'attribute-inference',
    'linkability',
  ]);
});
