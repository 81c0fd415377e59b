import { expect, it } from 'vitest';
import { takeRows, type Table } from '../../../src/data/table';
import { Rng } from '../../../src/math/rng';
import { spanSpace } from '../../../src/measure/privacy/gower-space';
import { growGowerTree } from '../../../src/measure/privacy/gower-tree';
import { findNearest } from '../../../src/measure/privacy/nearest-rows';
import { NearestWithout } from '../../../src/measure/privacy/nearest-without';
import { levels, numbers, table } from '../tables';

/** Numbers that rarely tie, one constant, one with gaps, and levels that tie often. */
function draw(nRows: number, seed: string): Table {
  const rng = Rng.fromSeed(seed);
  const fill = <T>(cell: () => T): readonly T[] => Array.from({ length: nRows }, cell);
  return table(
    numbers(
      'age',
      fill(() => rng.float()),
    ),
    levels(
      'sex',
      fill(() => (rng.int(2) === 0 ? 'f' : 'm')),
    ),
    numbers(
      'weight',
      fill(() => (rng.int(6) === 0 ? null : rng.normal())),
    ),
    numbers(
      'site',
      fill(() => 1),
    ),
    ...['a', 'b', 'c', 'd', 'e'].map((name) =>
      numbers(
        name,
        fill(() => rng.normal()),
      ),
    ),
    levels(
      'ward',
      fill(() => (rng.int(9) === 0 ? null : `w${rng.int(4)}`)),
    ),
  );
}

const without = ({ nRows, columns }: Table, name: string): Table => ({
  nRows,
  columns: columns.filter((column) => column.name !== name),
});

/** Levels of both tables share their codes. */
const both = draw(460, 'nearest without');
const [made, asked] = [
  takeRows(
    both,
    Int32Array.from({ length: 400 }, (_, row) => row),
  ),
  takeRows(
    both,
    Int32Array.from({ length: 60 }, (_, row) => 400 + row),
  ),
];

it.each([
  ['a number, one with gaps and levels', ['age', 'weight', 'ward']],
  ['a constant', ['site']],
  ['every column in turn', made.columns.map(({ name }) => name)],
])('finds what a search without the column finds: %s', (_, names) => {
  const found = new NearestWithout(made, names).find(asked);
  expect([...found.keys()].sort()).toEqual([...names].sort());
  for (const name of names) {
    const others = without(made, name);
    const { rows } = findNearest(growGowerTree(spanSpace(others), others), without(asked, name));
    expect(found.get(name), name).toEqual(rows);
  }
});

it('takes the first of rows that are equally near, and the row itself where it is there', () => {
  const twice = takeRows(
    made,
    Int32Array.from({ length: 120 }, (_, row) => row % 40),
  );
  const found = new NearestWithout(twice, ['age', 'sex']).find(twice);
  for (const rows of found.values())
    expect([...rows]).toEqual(Array.from({ length: 120 }, (_, row) => row % 40));
});

it('answers nothing where nothing is left out or nobody is asked', () => {
  expect(new NearestWithout(made, []).find(asked).size).toBe(0);
  expect(new NearestWithout(made, ['age']).find(takeRows(asked, new Int32Array())).get('age')).toHaveLength(
    0,
  );
});
