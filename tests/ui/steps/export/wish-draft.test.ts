import { describe, expect, it } from 'vitest';
import type { Schema } from '../../../../src/data/schema';
import type { Table } from '../../../../src/data/table';
import { NO_WISHES, type Rule } from '../../../../src/data/wishes/wishes';
import {
  addDraft,
  emptyDraft,
  tellProblems,
  type WishDraft,
  type WishKind,
} from '../../../../src/ui/steps/export/wishes/wish-draft';
import { makeColumnSchema } from '../../../column-schema';

const schema: Schema = {
  version: 1,
  columns: [
    makeColumnSchema('sex', 'categorical', { levels: ['f', 'm'] }),
    makeColumnSchema('age', 'integer'),
    makeColumnSchema('in', 'datetime', { format: 'yyyy-MM-dd' }),
    makeColumnSchema('out', 'datetime', { format: 'yyyy-MM-dd' }),
  ],
};
/** f at 30 seven times, m at 40 three times. */
const train: Table = {
  nRows: 10,
  columns: [
    { kind: 'level', name: 'sex', levels: ['f', 'm'], codes: Int32Array.of(0, 0, 0, 0, 0, 0, 0, 1, 1, 1) },
    { kind: 'number', name: 'age', values: Float64Array.of(30, 30, 30, 30, 30, 30, 30, 40, 40, 40) },
  ],
};
const ground = { schema, train, trainAsRead: train, trainGroups: null, leastK: 5 };
const add = (kind: WishKind, changes: Partial<WishDraft>, wishes = NO_WISHES) =>
  addDraft(wishes, { ...emptyDraft(kind, ground), ...changes }, ground);

describe('wishes as they are put into fields', () => {
  it.each<[WishKind, Partial<WishDraft>, object]>([
    ['levels', { levels: ['m'] }, { conditions: [{ kind: 'levels', column: 'sex', levels: ['m'] }] }],
    ['missing', { column: 'out' }, { conditions: [{ kind: 'missing', column: 'out' }] }],
    ['within', { min: ' 3 ' }, { conditions: [{ kind: 'within', column: 'age', min: 3, max: null }] }],
    [
      'range',
      { column: 'in', max: '2024-01-02' },
      { rules: [{ kind: 'range', column: 'in', min: null, max: Date.UTC(2024, 0, 2) }] },
    ],
    [
      'order',
      { column: 'in', after: 'out' },
      { rules: [{ kind: 'order', before: 'in', after: 'out', orEqual: true }] },
    ],
    [
      'combinations',
      { columns: ['sex', 'age'], k: '7' },
      { rules: [{ kind: 'combinations', columns: ['sex', 'age'], k: 7, allowed: [['f', 30]] }] },
    ],
    [
      'shares',
      { percents: { f: '33,4', m: '66.6' } },
      {
        shares: {
          column: 'sex',
          shares: [
            { level: 'f', share: 0.334 },
            { level: 'm', share: 0.666 },
          ],
        },
      },
    ],
  ])('become one of kind %s', (kind, changes, expected) => {
    expect(add(kind, changes)).toEqual({ ok: true, value: { ...NO_WISHES, ...expected } });
  });

  it.each<[WishKind, Partial<WishDraft>, RegExp]>([
    ['within', { min: 'old' }, /^Column "age" needs a number$/],
    ['within', {}, /^The range of column "age" has neither/],
    ['order', { column: 'in', after: 'in' }, /^Column "in" cannot lie before itself$/],
    ['shares', { percents: { f: '50' } }, /^The shares of column "sex" make 50\s%; they must make 100\s%/],
    ['levels', {}, /^Names no level of column "sex"$/],
    [
      'combinations',
      { columns: ['sex', 'age'], k: '8' },
      /^Combinations of "sex", "age": train shares none of them 8 times/,
    ],
  ])('are told what is wrong with a %s of %j, without places in a file', (kind, changes, expected) => {
    const outcome = add(kind, changes);
    expect(outcome.ok ? [] : tellProblems(outcome.failure.message)).toEqual([
      expect.stringMatching(expected),
    ]);
  });

  it('join those that were there, which stay as they were kept', () => {
    const kept: Rule = {
      kind: 'combinations',
      columns: ['sex', 'age'],
      k: 5,
      allowed: [
        ['m', 40],
        ['f', 30],
      ],
    };
    const added = add('missing', { column: 'in' }, { ...NO_WISHES, rules: [kept] });
    expect(added).toEqual({
      ok: true,
      value: { ...NO_WISHES, conditions: [{ kind: 'missing', column: 'in' }], rules: [kept] },
    });
  });
});

describe('an empty draft', () => {
  it.each([
    [3, '5'],
    [12, '12'],
  ])('asks for combinations with no fewer records than handling demands: k %i', (leastK, k) => {
    expect(emptyDraft('combinations', { schema, leastK }).k).toBe(k);
  });
});
