import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseRows } from '../../src/data/compared-rows';
import { RowCollector } from '../../src/data/row-collector';
import { takeRows, type Table } from '../../src/data/table';
import { Rng } from '../../src/math/rng';

const levels = ['a', 'b', 'c'];
const tableOf = (n: number): Table => ({
  nRows: n,
  columns: [
    {
      kind: 'number',
      name: 'x',
      values: Float64Array.from({ length: n }, (_, i) => (i % 7 === 0 ? NaN : i)),
    },
    { kind: 'level', name: 'c', codes: Int32Array.from({ length: n }, (_, i) => (i % 4) - 1), levels },
  ],
});

function gather(table: Table, nMost: number, sizes: readonly number[], seed = 1): Table {
  const collector = new RowCollector(table.nRows, nMost, seed);
  let at = 0;
  for (const size of [...sizes, table.nRows]) {
    const end = Math.min(table.nRows, at + size);
    collector.take(
      takeRows(
        table,
        Uint32Array.from({ length: end - at }, (_, i) => at + i),
      ),
    );
    at = end;
  }
  return collector.finish();
}

const asLists = (table: Table) =>
  table.columns.map((column) => [...(column.kind === 'number' ? column.values : column.codes)]);

describe('choosing rows', () => {
  it('takes all where there are no more than wanted', () => {
    expect(chooseRows(10, 10, Rng.fromSeed(1))).toBeNull();
    expect(chooseRows(0, 10, Rng.fromSeed(1))).toBeNull();
  });

  it('takes as many as wanted, ascending, each once, by the seed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 300 }), fc.integer(), (n, seed) => {
        const nMost = 1 + Math.floor(n / 2);
        const rows = [...(chooseRows(n, nMost, Rng.fromSeed(seed)) ?? [])];
        expect(new Set(rows).size).toBe(nMost < n ? nMost : 0);
        expect(rows).toEqual([...rows].sort((a, b) => a - b));
        expect(rows.every((row) => row >= 0 && row < n)).toBe(true);
        expect(rows).toEqual([...(chooseRows(n, nMost, Rng.fromSeed(seed)) ?? [])]);
      }),
    );
  });

  it('takes every row as often as any other', () => {
    const counts = new Uint32Array(10);
    for (let seed = 0; seed < 3000; seed++)
      for (const row of chooseRows(10, 3, Rng.fromSeed(seed)) ?? []) counts[row] = (counts[row] ?? 0) + 1;
    // 900 expected, standard deviation 25.
    for (const count of counts) expect(Math.abs(count - 900)).toBeLessThan(125);
  });
});

describe('RowCollector', () => {
  it('puts chunks of any sizes under each other', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 8 }),
        (n, sizes) => {
          expect(asLists(gather(tableOf(n), 100, sizes))).toEqual(asLists(tableOf(n)));
        },
      ),
    );
  });

  it('keeps the chosen rows, however they were cut into chunks', () => {
    const table = tableOf(500);
    const rows = chooseRows(500, 40, Rng.fromSeed(9).fork('gather')) ?? [];
    const expected = asLists(takeRows(table, rows));
    expect(asLists(gather(table, 40, [], 9))).toEqual(expected);
    expect(asLists(gather(table, 40, [7, 0, 100, 1, 300], 9))).toEqual(expected);
  });

  it('refuses chunks of another table and an end before all rows have passed', () => {
    const collector = new RowCollector(20, 100, 1);
    collector.take(tableOf(10));
    expect(() => collector.finish()).toThrow(RangeError);
    const [x, c] = tableOf(10).columns;
    if (x === undefined || c === undefined) throw new Error('the table has two columns');
    expect(() => collector.take({ nRows: 10, columns: [x] })).toThrow(RangeError);
    const other = { nRows: 10, columns: [x, { ...c, levels: ['a', 'b', 'd'] }] };
    expect(() => collector.take(other)).toThrow(RangeError);
  });
});
