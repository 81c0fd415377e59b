import { describe, expect, it } from 'vitest';
import type { Table } from '../../../src/data/table';
import { readyWishes, type WishGround } from '../../../src/ui/state/grant-wishes';
import { makeColumnSchema } from '../../column-schema';

const columns = [
  makeColumnSchema('city', 'categorical', { levels: ['Ulm', 'Bern'] }),
  makeColumnSchema('zip', 'categorical', { levels: ['1', '2'] }),
];

/** Ulm 1 six times, Bern 2 six times, Ulm 2 twice. */
const train: Table = {
  nRows: 14,
  columns: [
    {
      kind: 'level',
      name: 'city',
      levels: ['Ulm', 'Bern'],
      codes: Int32Array.of(0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 0, 0),
    },
    {
      kind: 'level',
      name: 'zip',
      levels: ['1', '2'],
      codes: Int32Array.of(0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1),
    },
  ],
};
const ground: WishGround = {
  schema: { version: 1, columns },
  train,
  trainAsRead: train,
  trainGroups: null,
  leastK: 5,
};
const asked = { version: 1, rules: [{ kind: 'combinations', columns: ['city', 'zip'], k: 2 }] };
const account = { nKept: 8, nDrawn: 10, rates: [{ nTried: 10, nMet: 8 }] };

describe('wishes made ready for drawing', () => {
  const ready = readyWishes(asked, ground);
  const granted = ready.ok ? ready.value.tell(account) : null;

  it('are told with the combinations that were learnt, none of which fewer rows share than handling demands', () => {
    expect(granted).toEqual({
      asked: {
        version: 1,
        conditions: [],
        shares: null,
        rules: [
          {
            kind: 'combinations',
            columns: ['city', 'zip'],
            k: 5,
            allowed: [
              ['Ulm', '1'],
              ['Bern', '2'],
            ],
          },
        ],
      },
      sentences: [
        'every record has one of 2 combinations of city and zip that at least 5 records of train share',
      ],
      ...account,
    });
  });

  it('are the same again when they are read out of that account', () => {
    const again = readyWishes(JSON.parse(JSON.stringify(granted?.asked)), ground);
    expect(again.ok && again.value.tell(account)).toEqual(granted);
  });

  it('are refused when they are of columns that the run has not', () => {
    const other = readyWishes(asked, { ...ground, schema: { version: 1, columns: columns.slice(1) } });
    expect(other).toMatchObject({ ok: false, failure: { code: 'option-invalid' } });
  });
});
