import { describe, expect, it } from 'vitest';
import { Rng } from '../../src/math/rng';
import { flipBit, makePackage, verify } from './sample-package';

describe('verifying a release package, at length', () => {
  it('names the member for twenty thousand random bits', async () => {
    const whole = await makePackage();
    const rng = Rng.fromSeed('bits');
    for (let i = 0; i < 20_000; i++) {
      const { members, name, bit } = flipBit(whole, i, rng);
      const { problems } = await verify(members);
      const blamed = problems.filter(({ kind }) => kind !== 'sign-off').map((each) => each.member);
      expect([name, bit, [...new Set(blamed)]]).toEqual([name, bit, [name]]);
    }
  }, 1_200_000);
});
