import { describe, expect, it, vi } from 'vitest';
import { takeRows, type Table } from '../../../src/data/table';
import { Rng } from '../../../src/math/rng';
import { LowerBounds } from '../../../src/measure/neighbours/lower-bounds';
import { GowerSearch } from '../../../src/measure/privacy/gower-search';
import { placeRows, spanSpace } from '../../../src/measure/privacy/gower-space';
import { growGowerTree } from '../../../src/measure/privacy/gower-tree';
import { makeJudgedTable } from '../../bench/judged-tables';
import { makeAwkward } from '../neighbours/awkward-tables';

/** Every row twice, so that each distance is a tie. */
function repeat(table: Table): Table {
  return takeRows(
    table,
    Uint32Array.from({ length: 2 * table.nRows }, (_, i) => i >> 1),
  );
}

const SHAPES = {
  // The tree leaves next to nothing out of so many columns, so that rows are gone through in a line.
  'many columns': () => [makeJudgedTable(5000, 22, 'search/a'), makeJudgedTable(40, 22, 'search/b')] as const,
  'rows that repeat': () =>
    [repeat(makeJudgedTable(2500, 22, 'search/c')), makeJudgedTable(40, 22, 'search/d')] as const,
  'few columns': () => makeAwkward(Rng.fromSeed('search'), 5000, 60),
};

describe.each(Object.entries(SHAPES))('a search among %s', (name, make) => {
  const [reference, query] = make();
  const tree = growGowerTree(spanSpace(reference), reference);
  const queries = placeRows(tree.space, query);
  const all = Uint32Array.from({ length: reference.nRows }, (_, row) => row);

  it.each([1, 2, 3])('keeps the %i rows that are kept when every row is measured', (k) => {
    const line = vi.spyOn(LowerBounds.prototype, 'next');
    const [search, oracle] = [new GowerSearch(tree, queries, k), new GowerSearch(tree, queries, k)];
    for (let row = 0; row < query.nRows; row++) {
      search.run(row);
      oracle.run(row, all);
      expect(search.sums).toEqual(oracle.sums);
      expect(search.places).toEqual(oracle.places);
    }
    if (name !== 'few columns') expect(line).toHaveBeenCalledWith(0, reference.nRows, expect.any(Number));
  });

  it('counts the rows that are counted when every row is measured', () => {
    const [near, search] = [new GowerSearch(tree, queries, 3), new GowerSearch(tree, queries, 0)];
    const nColumns = reference.columns.length;
    for (let row = 0; row < query.nRows; row++) {
      near.run(row);
      for (const factor of [0, 1, 1.5]) {
        const radius = (factor * (near.sums[row % 3] ?? 0)) / nColumns;
        expect(search.count(row, radius)).toEqual(search.count(row, radius, all));
      }
    }
  });
});
