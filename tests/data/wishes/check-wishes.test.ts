import { describe, expect, it } from 'vitest';
import type { Schema } from '../../../src/data/schema';
import { checkWishes, readWishesFile } from '../../../src/data/wishes/check-wishes';
import { makeColumnSchema } from '../../column-schema';

const schema: Schema = {
  version: 1,
  columns: [
    makeColumnSchema('sex', 'categorical', { levels: ['f', 'm'] }),
    makeColumnSchema('ward', 'categorical', { levels: ['a', 'b'] }),
    makeColumnSchema('age', 'integer'),
    makeColumnSchema('weight', 'continuous'),
    makeColumnSchema('in', 'datetime', { format: 'dd.MM.yyyy' }),
    makeColumnSchema('out', 'datetime', { format: 'dd.MM.yyyy' }),
  ],
};
const check = (wishes: object) => checkWishes({ version: 1, ...wishes }, schema);
const condition = (one: object) => check({ conditions: [one] });
const rule = (one: object) => check({ rules: [one] });
const shares = (list: readonly object[], column = 'sex') => check({ shares: { column, shares: list } });

describe('wishes from outside', () => {
  it('become complete: what was left out is filled in, dates are milliseconds', () => {
    const given = {
      conditions: [
        { kind: 'levels', column: 'sex', levels: ['f', 'f'] },
        { kind: 'within', column: 'in', min: '2024-02-29' },
        { kind: 'missing', column: 'ward' },
      ],
      rules: [
        { kind: 'order', before: 'in', after: 'out' },
        { kind: 'combinations', columns: ['sex', 'age'] },
        {
          kind: 'combinations',
          columns: ['sex', 'age'],
          allowed: [
            ['f', 3],
            [null, null],
          ],
        },
      ],
    };
    expect(check(given)).toEqual({
      ok: true,
      value: {
        version: 1,
        conditions: [
          { kind: 'levels', column: 'sex', levels: ['f'] },
          { kind: 'within', column: 'in', min: Date.UTC(2024, 1, 29), max: null },
          { kind: 'missing', column: 'ward' },
        ],
        shares: null,
        rules: [
          { kind: 'order', before: 'in', after: 'out', orEqual: false },
          { kind: 'combinations', columns: ['sex', 'age'], k: 5, allowed: null },
          {
            kind: 'combinations',
            columns: ['sex', 'age'],
            k: null,
            allowed: [
              ['f', 3],
              [null, null],
            ],
          },
        ],
      },
    });
  });

  it('come back the same once they are complete', () => {
    const once = check({
      rules: [{ kind: 'range', column: 'age', max: 90 }],
      conditions: [{ kind: 'present', column: 'in' }],
    });
    expect(once.ok && checkWishes(JSON.parse(JSON.stringify(once.value)), schema)).toEqual(once);
  });

  it('keep of learnt combinations those that can occur in these columns', () => {
    const allowed = [
      ['f', 3],
      ['level of another train', 4],
      [null, null],
    ];
    const read = check({ rules: [{ kind: 'combinations', columns: ['sex', 'age'], k: 7, allowed }] });
    expect(read.ok && read.value.rules).toEqual([
      { kind: 'combinations', columns: ['sex', 'age'], k: 7, allowed: [allowed[0], allowed[2]] },
    ]);
  });

  it.each([
    [
      'a misspelt column',
      condition({ kind: 'missing', column: 'sexx' }),
      /conditions\[0\]: column "sexx" is not among/,
    ],
    [
      'a level that is not there',
      condition({ kind: 'levels', column: 'sex', levels: ['x'] }),
      /column "sex" has no level "x"/,
    ],
    ['no level', condition({ kind: 'levels', column: 'sex', levels: [] }), /names no level of column "sex"/],
    [
      'levels of a number',
      condition({ kind: 'levels', column: 'age', levels: ['1'] }),
      /column "age" holds numbers/,
    ],
    ['a range of levels', condition({ kind: 'within', column: 'sex', min: 1 }), /column "sex" holds levels/],
    ['a range without ends', condition({ kind: 'within', column: 'age' }), /neither "min" nor "max"/],
    [
      'a range turned round',
      condition({ kind: 'within', column: 'age', min: 2, max: 1 }),
      /ends below its beginning/,
    ],
    [
      'a date that is none',
      condition({ kind: 'within', column: 'in', min: '2023-02-29' }),
      /column "in" needs a date/,
    ],
    [
      'text for a number',
      condition({ kind: 'within', column: 'age', min: '40' }),
      /column "age" needs a number/,
    ],
    ['an unknown kind', condition({ kind: 'above', column: 'age' }), /not one of levels, within/],
    ['an unknown key', condition({ kind: 'within', column: 'age', mni: 1, max: 2 }), /unknown key "mni"/],
    ['an unknown list', check({ conditons: [] }), /wishes: unknown key "conditons"/],
    [
      'two conditions on a column',
      check({
        conditions: [
          { kind: 'present', column: 'age' },
          { kind: 'within', column: 'age', min: 1 },
        ],
      }),
      /"age" has more than one condition/,
    ],
    [
      'an order of one column',
      rule({ kind: 'order', before: 'in', after: 'in' }),
      /cannot lie before itself/,
    ],
    [
      'an order of a date and a number',
      rule({ kind: 'order', before: 'in', after: 'age' }),
      /one holds dates and the other numbers/,
    ],
    ['an order of levels', rule({ kind: 'order', before: 'sex', after: 'age' }), /column "sex" holds levels/],
    [
      'a combination of one column',
      rule({ kind: 'combinations', columns: ['sex'] }),
      /at least two different columns/,
    ],
    [
      'combinations of single records',
      rule({ kind: 'combinations', columns: ['sex', 'ward'], k: 1 }),
      /at least 2, so that no record's own/,
    ],
    [
      'a short combination',
      rule({ kind: 'combinations', columns: ['sex', 'ward'], allowed: [['f']] }),
      /allowed\[0\]: needs a value for each of 2/,
    ],
    [
      'learnt combinations of which none can occur',
      rule({ kind: 'combinations', columns: ['sex', 'ward'], k: 5, allowed: [['x', null]] }),
      /rules\[0\]: none of the combinations that were learnt can occur here/,
    ],
    [
      'no combination at all',
      rule({ kind: 'combinations', columns: ['sex', 'ward'], allowed: [] }),
      /lists no combination/,
    ],
    [
      'shares that make more than all',
      shares([
        { level: 'f', share: 0.7 },
        { level: 'm', share: 0.7 },
      ]),
      /make 140\s%; they must make 100\s%/,
    ],
    [
      'shares of a level twice',
      shares([
        { level: 'f', share: 0.5 },
        { level: 'f', share: 0.5 },
      ]),
      /more than once/,
    ],
    [
      'a share below nothing',
      shares([
        { level: 'f', share: -1 },
        { level: 'm', share: 1 },
      ]),
      /must lie from 0 to 1/,
    ],
    ['shares of a number', shares([], 'age'), /column "age" holds numbers/],
    [
      'shares that a condition rules out',
      check({
        conditions: [{ kind: 'levels', column: 'sex', levels: ['f'] }],
        shares: {
          column: 'sex',
          shares: [
            { level: 'f', share: 0.5 },
            { level: 'm', share: 0.5 },
          ],
        },
      }),
      /shares of levels that its condition rules out/,
    ],
    [
      'ranges that do not meet',
      check({
        conditions: [{ kind: 'within', column: 'age', min: 90 }],
        rules: [{ kind: 'range', column: 'age', max: 80 }],
      }),
      /ranges do not meet/,
    ],
  ])('are refused for %s', (_, outcome, message) => {
    expect(outcome.ok ? '' : outcome.failure.message).toMatch(message);
  });

  it('are told all their problems at once', () => {
    const outcome = check({
      conditions: [{ kind: 'missing', column: 'x' }],
      rules: [{ kind: 'range', column: 'y', min: 1 }],
    });
    expect(outcome.ok ? '' : outcome.failure.message).toMatch(/"x"[^]*"y"/);
  });

  it('come in a file of their own or in a run.json', () => {
    const asked = { version: 1, conditions: [{ kind: 'present', column: 'age' }] };
    const alone = readWishesFile(JSON.stringify(asked), schema);
    expect(alone.ok).toBe(true);
    expect(
      readWishesFile(JSON.stringify({ format: 'understudy-run', output: { wishes: { asked } } }), schema),
    ).toEqual(alone);
  });

  it.each(['', '[]', '{}', '{"version":2}', '{"format":"understudy-run","output":null}'])(
    'are not found in %j',
    (text) => {
      const outcome = readWishesFile(text, schema);
      expect(outcome.ok ? '' : outcome.failure.message).toMatch(/holds no wishes|newer version/);
    },
  );
});
