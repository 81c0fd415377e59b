import { describe, expect, it } from 'vitest';
import { NO_WISHES } from '../../../src/data/wishes/wishes';
import { findWishesProblems } from '../../../src/data/wishes/wishes-shape';

const find = (changes: object) => findWishesProblems({ ...NO_WISHES, ...changes }, 'wishes');

describe('kept wishes', () => {
  it('pass when they are whole', () => {
    const conditions = [
      { kind: 'levels', column: 'a', levels: ['x'] },
      { kind: 'missing', column: 'b' },
    ];
    const rules = [
      { kind: 'order', before: 'a', after: 'b', orEqual: false },
      { kind: 'combinations', columns: ['a', 'b'], k: 5, allowed: null },
      { kind: 'combinations', columns: ['a', 'b'], k: null, allowed: [['x', 1]] },
      { kind: 'combinations', columns: ['a', 'b'], k: 5, allowed: [['x', null]] },
    ];
    expect(find({ conditions, rules, shares: { column: 'a', shares: [{ level: null, share: 1 }] } })).toEqual(
      [],
    );
  });

  it.each([
    [{ version: 2 }, ['wishes.version is not 1']],
    [{ conditions: null }, ['wishes.conditions is not a list']],
    [{ conditions: [{ kind: 'range', column: 'a' }] }, ['wishes.conditions[0] is not a known wish']],
    [
      { conditions: [{ kind: 'within', column: 'a', min: '1', max: null }] },
      ['wishes.conditions[0] is not complete'],
    ],
    [{ rules: [{ kind: 'combinations', columns: ['a'], k: 5 }] }, ['wishes.rules[0] is not complete']],
    [
      { rules: [{ kind: 'combinations', columns: ['a'], k: null, allowed: null }] },
      ['wishes.rules[0] is not complete'],
    ],
    [
      { rules: [{ kind: 'combinations', columns: ['a'], k: 5, allowed: [[{}]] }] },
      ['wishes.rules[0] is not complete'],
    ],
    [{ shares: { shares: [] } }, ['wishes.shares is not an object with a column']],
    [
      { shares: { column: 'a', shares: [{ level: 1, share: 1 }] } },
      ['wishes.shares.shares is not a list of shares'],
    ],
  ])('are found damaged in %j', (changes, problems) => {
    expect(find(changes)).toEqual(problems);
  });
});
