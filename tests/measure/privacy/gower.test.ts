import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Table } from '../../../src/data/table';
import { Rng } from '../../../src/math/rng';
import { alignTables } from '../../../src/measure/align-tables';
import { spanSpace } from '../../../src/measure/privacy/gower-space';
import { growGowerTree } from '../../../src/measure/privacy/gower-tree';
import { countWithin, findNearest } from '../../../src/measure/privacy/nearest-rows';
import { hasGolden, loadGoldenJson, loadGoldenKinds, loadGoldenTable } from '../load-golden';
import { takeRows } from '../../../src/data/table';
import { levels, numbers, table } from '../tables';

const KINDS = [
  { name: 'x', kind: 'numerical' },
  { name: 'constant', kind: 'numerical' },
  { name: 'group', kind: 'categorical' },
] as const;

type Cells = readonly (readonly [number | null, number | null, string | null])[];

const makeTable = (rows: Cells): Table =>
  table(
    numbers(
      'x',
      rows.map(([x]) => x),
    ),
    numbers(
      'constant',
      rows.map(([, y]) => y),
    ),
    levels(
      'group',
      rows.map(([, , group]) => group),
    ),
  );

/** The definition, read off column by column. */
function distances(reference: Table, query: Table, row: number): number[] {
  return [...Array(reference.nRows).keys()].map((at) => {
    const sum = reference.columns.reduce((total, column, c) => {
      const other = query.columns[c];
      if (column.kind === 'level')
        return total + (other?.kind === 'level' && other.codes[row] === column.codes[at] ? 0 : 1);
      const [a, b] = [column.values[at] ?? NaN, other?.kind === 'number' ? (other.values[row] ?? NaN) : NaN];
      if (Number.isNaN(a) || Number.isNaN(b)) return total + (Number.isNaN(a) && Number.isNaN(b) ? 0 : 1);
      const present = column.values.filter((value) => !Number.isNaN(value)).sort();
      const range = (present.at(-1) ?? 0) - (present[0] ?? 0);
      return total + (range > 0 ? Math.min(1, Math.abs(a - b) / range) : a === b ? 0 : 1);
    }, 0);
    return sum / reference.columns.length;
  });
}

describe("Gower's distance to the nearest row", () => {
  it('by hand', () => {
    const [reference, query] = alignTables(
      KINDS,
      [
        'reference',
        makeTable([
          [0, 5, 'a'],
          [10, 5, 'b'],
          [null, 5, 'b'],
          [4, 5, null],
        ]),
      ],
      [
        'query',
        makeTable([
          [1, 5, 'a'],
          [null, 5, 'b'],
          [30, 5, 'b'],
          [4, 6, null],
        ]),
      ],
    );
    const nearest = findNearest(growGowerTree(spanSpace(reference), reference), query, 2);
    const expected = [0.1, 1.3, 0, 1, 1, 1, 1, 2.4].map((sum) => sum / 3);
    expected.forEach((value, i) => expect(nearest.distances[i]).toBeCloseTo(value, 12));
    expect(nearest.rows[0]).toBe(0);
    expect(nearest.rows[2]).toBe(2);
    expect(nearest.rows[6]).toBe(3);
  });

  const cell = fc.option(fc.integer({ min: -2, max: 40 }), { nil: null, freq: 4 });
  const group = fc.option(fc.constantFrom('a', 'b', 'c', 'd'), { nil: null, freq: 5 });
  const rows = (min: number, constant: fc.Arbitrary<number | null>) =>
    fc.array(fc.tuple(cell, constant, group), { minLength: min, maxLength: 90 });

  it('equals the definition, whatever is missing, tied, constant or out of range', () => {
    fc.assert(
      fc.property(rows(1, fc.constant(7)), rows(1, fc.constantFrom(7, 8, null)), (a, b) => {
        const [reference, query] = alignTables(KINDS, ['reference', makeTable(a)], ['query', makeTable(b)]);
        const tree = growGowerTree(spanSpace(reference), reference);
        const k = 3;
        const nearest = findNearest(tree, query, k);
        const radii = nearest.distances.filter((_, i) => i % k === Math.min(1, reference.nRows - 1));
        const within = countWithin(tree, query, radii);
        for (let row = 0; row < query.nRows; row++) {
          const all = distances(reference, query, row);
          const sorted = all.slice().sort((p, q) => p - q);
          for (let i = 0; i < k; i++) {
            expect(nearest.distances[row * k + i]).toBeCloseTo(sorted[i] ?? Infinity, 12);
            const at = nearest.rows[row * k + i] ?? -1;
            if (i < all.length) expect(all[at]).toBeCloseTo(sorted[i] ?? NaN, 12);
          }
          const radius = radii[row] ?? 0;
          expect(within.nearer[row]).toBe(all.filter((distance) => distance < radius * (1 - 1e-9)).length);
          expect(within.asNear[row]).toBe(all.filter((distance) => distance <= radius * (1 + 1e-9)).length);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('does not depend on the order of the reference', () => {
    const rng = Rng.fromSeed('gower');
    const cells: Cells = Array.from({ length: 500 }, () => [rng.int(90), 7, 'abcd'.charAt(rng.int(4))]);
    const reference = makeTable(cells);
    const [a, b] = alignTables(KINDS, ['a', reference], ['b', takeRows(reference, rng.permutation(500))]);
    const query = takeRows(a, rng.permutation(500).slice(0, 50));
    const moved = {
      ...query,
      columns: query.columns.map((column) =>
        column.kind === 'number' && column.name === 'x'
          ? { ...column, values: column.values.map((x) => x + 0.5) }
          : column,
      ),
    };
    const [first, second] = [a, b].map(
      (one) => findNearest(growGowerTree(spanSpace(one), one), moved).distances,
    );
    expect(first).toEqual(second);
  });

  it('answers Infinity where there are fewer rows than neighbours wanted', () => {
    const one = makeTable([[1, 5, 'a']]);
    const nearest = findNearest(growGowerTree(spanSpace(one), one), one, 2);
    expect([...nearest.distances]).toEqual([0, Infinity]);
    expect([...nearest.rows]).toEqual([0, -1]);
  });
});

// SDMetrics 0.29.1.dev0 @54362a3, calculate_dcr of the first 200 synthetic rows against the first 2000 of train.
describe.skipIf(!hasGolden)('distances equal SDMetrics on its own samples', () => {
  it.each([
    ['adult', 'ctgan'],
    ['adult', 'synthpop'],
    ['support2', 'argn'],
    ['support2', 'tvae'],
  ])('%s, %s', (dataset, producer) => {
    const kinds = loadGoldenKinds(dataset);
    const { dcr } = loadGoldenJson<{ readonly dcr: readonly number[] }>(
      `scores/dcr_golden_${dataset}_${producer}.json`,
    );
    const first = [...Array(2000).keys()];
    const [reference, query] = alignTables(
      kinds,
      ['train', takeRows(loadGoldenTable(`${dataset}_train`, kinds, ['']), first)],
      ['synthetic', takeRows(loadGoldenTable(`${dataset}_${producer}`, kinds, ['']), first.slice(0, 200))],
    );
    const { distances: found } = findNearest(growGowerTree(spanSpace(reference), reference), query);
    expect(dcr).toHaveLength(200);
    dcr.forEach((distance, row) => expect(Math.abs((found[row] ?? NaN) - distance)).toBeLessThan(1e-12));
  });
});
