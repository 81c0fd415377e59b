import { describe, expect, it } from 'vitest';
import { PURPOSES } from '../../src/data/purpose';
import { findObstacles } from '../../src/release/gate';
import { findNameProblems, namePolicy } from '../../src/release/policy-name';
import { presetPolicy } from '../../src/release/policy-presets';
import { tellUse } from '../../src/release/tell-use';

describe('the name of a policy', () => {
  it('stands alone where it is that of its purpose, and has the purpose beside it else', () => {
    for (const purpose of PURPOSES) {
      const { name } = presetPolicy(purpose);
      expect(namePolicy(presetPolicy(purpose))).toBe(name);
      expect(namePolicy({ purpose, name: 'Rules of the board' })).toBe(
        `Rules of the board (${name.toLowerCase()})`,
      );
    }
  });

  it('is refused where it is that of another purpose, however it is written', () => {
    for (const name of ['Public release', ' public-RELEASE '])
      expect(findNameProblems({ purpose: 'testing', name })).toEqual([
        `its name "${name}" is that of another purpose, while its purpose is internal testing`,
      ]);
    expect(findNameProblems({ purpose: 'public-release', name: 'Public release' })).toEqual([]);
    expect(findNameProblems({ purpose: 'testing', name: 'Rules of the board' })).toEqual([]);
  });

  it('has its purpose beside it where records leave and where something is in their way', () => {
    const policy = { ...presetPolicy('analytics'), name: 'Almost public' };
    expect(findObstacles(policy, false, null)).toEqual([
      'The criteria for “Almost public (internal analytics)” were not locked before results.',
    ]);
    const use = { purpose: policy.purpose, policy: policy.name, obstacles: [], override: null };
    expect(tellUse(use)).toBe('For “Almost public (internal analytics)”.');
  });
});
