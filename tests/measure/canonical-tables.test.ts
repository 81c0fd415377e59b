import { describe, expect, it } from 'vitest';
import { takeRows, type Column, type Table } from '../../src/data/table';
import { canonicalTables } from '../../src/measure/canonical-tables';
import type { ColumnKind } from '../../src/measure/fidelity/column-kinds';
import { makePeople, PEOPLE_KINDS } from './made-people';
import { levels, numbers, table } from './tables';

/** The same cells under levels in reverse order. */
function reverseLevels(source: Table): Table {
  const columns = source.columns.map((column): Column => {
    if (column.kind === 'number') return column;
    const last = column.levels.length - 1;
    return {
      ...column,
      levels: [...column.levels].reverse(),
      codes: column.codes.map((code) => (code < 0 ? -1 : last - code)),
    };
  });
  return { nRows: source.nRows, columns };
}

describe('canonical tables', () => {
  const people = makePeople(300, 'canonical');
  const order = Uint32Array.from({ length: 300 }, (_, row) => 299 - row);
  const cells = (source: Table) => source.columns;
  const [canonical] = canonicalTables(PEOPLE_KINDS, 7, ['train', people]);

  it('are the same whatever the order of rows and of levels', () => {
    const [reversed] = canonicalTables(PEOPLE_KINDS, 7, ['train', reverseLevels(takeRows(people, order))]);
    expect(cells(reversed)).toEqual(cells(canonical));
  });

  it('know which row of the given table each row is', () => {
    const age = (source: Table, row: number) => {
      const column = source.columns[1];
      return column?.kind === 'number' ? column.values[row] : NaN;
    };
    expect([...canonical.rowsOf].sort((a, b) => a - b)).toEqual([...order].reverse());
    canonical.rowsOf.forEach((source, row) => expect(age(canonical, row)).toBe(age(people, source)));
  });

  it('lie in another order under another seed', () => {
    const [other] = canonicalTables(PEOPLE_KINDS, 8, ['train', people]);
    expect(cells(other)).not.toEqual(cells(canonical));
  });

  it('share levels, sorted, without those that no row has', () => {
    const kinds: readonly ColumnKind[] = [
      { name: 'x', kind: 'numerical' },
      { name: 'c', kind: 'categorical' },
    ];
    const unused = { ...levels('c', ['b', 'a', null, 'b']), levels: ['b', 'a', 'unused'] } as Column;
    const first = table(unused, numbers('x', [1, null, -0, 0]));
    const second = table(levels('c', ['z']), numbers('x', [5]));
    const both = canonicalTables(kinds, 1, ['train', first], ['synthetic', second]);
    for (const { columns } of both) expect(columns[1]).toMatchObject({ name: 'c', levels: ['a', 'b', 'z'] });
  });
});
