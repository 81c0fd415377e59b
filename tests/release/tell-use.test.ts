import { expect, it } from 'vitest';
import { NO_PURPOSE, tellUse } from '../../src/release/tell-use';

it('what records may be used for is said in one sentence, and never more than stands on record', () => {
  const use = { purpose: 'sharing', policy: 'Ours', obstacles: [], override: null } as const;
  const obstacles = ['1 of 2 criteria for “Ours (external sharing under agreement)” are not met.'];
  expect(tellUse(null)).toBe(NO_PURPOSE);
  expect(tellUse({ ...use, purpose: 'testing', obstacles })).toBe('For internal testing only.');
  expect(tellUse(use)).toBe('For “Ours (external sharing under agreement)”.');
  expect(tellUse({ ...use, obstacles })).toMatch(
    /^Not released for “Ours \(external sharing under agreement\)”: /,
  );
  expect(tellUse({ ...use, obstacles, override: 'Asked.' })).toMatch(
    /^For “Ours \(external sharing under agreement\)” in spite of .* written down\.$/,
  );
});
