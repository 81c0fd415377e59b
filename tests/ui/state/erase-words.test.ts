import { expect, it } from 'vitest';
import { countKept, explainLeft } from '../../../src/ui/state/erase-words';

it('counts what was erased by kind, and says why something stayed', () => {
  const things = [
    { kind: 'database', name: 'a' },
    { kind: 'database', name: 'b' },
    { kind: 'setting', name: 'theme' },
  ] as const;
  expect(countKept(things)).toBe('2 databases, 1 setting');
  expect(countKept([])).toBe('nothing');
  expect(explainLeft(things)).toEqual([
    '2 databases: another tab of this page holds it open.',
    '1 setting: the browser did not remove it.',
  ]);
});
