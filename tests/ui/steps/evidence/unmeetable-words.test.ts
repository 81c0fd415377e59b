import { expect, it } from 'vitest';
import type { Unmeetable } from '../../../../src/release/unmeetable';
import {
  countUnmeetable,
  groupByReason,
  mendOf,
  nameMend,
} from '../../../../src/ui/steps/evidence/unmeetable-words';

const of = (wanting: Unmeetable['wanting'], reason = 'why'): Unmeetable => ({
  criterion: wanting,
  measure: wanting,
  reason,
  wanting,
  family: 'utility',
});

it('says where what is wanting is mended, and nothing where it cannot be', () => {
  expect((['holdout', 'rows', 'target', 'model', 'family'] as const).map((each) => mendOf(of(each)))).toEqual(
    ['holdout', 'holdout', 'target', 'train', 'tick'],
  );
  expect([mendOf(of('columns')), mendOf(of('measure'))]).toEqual([null, null]);
  expect(nameMend('tick', of('family'))).toBe('Tick Utility');
});

it('counts them, and tells those of one reason together', () => {
  expect(countUnmeetable(2, 9)).toBe('2 of 9 criteria cannot be met here');
  expect(countUnmeetable(1, 1)).toBe('1 of 1 criterion cannot be met here');
  const groups = groupByReason([of('holdout', 'a'), of('target', 'b'), of('rows', 'a')]);
  expect(groups.map(({ reason, of: members }) => [reason, members.length])).toEqual([
    ['a', 2],
    ['b', 1],
  ]);
});
