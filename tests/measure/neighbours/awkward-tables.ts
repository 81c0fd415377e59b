import type { Table } from '../../../src/data/table';
import type { Rng } from '../../../src/math/rng';
import type { ColumnKind } from '../../../src/measure/fidelity/column-kinds';
import { alignTables } from '../../../src/measure/align-tables';
import { levels, numbers, table } from '../tables';

const KINDS: readonly ColumnKind[] = [
  { name: 'coarse', kind: 'numerical' },
  { name: 'fine', kind: 'numerical' },
  { name: 'constant', kind: 'numerical' },
  { name: 'group', kind: 'categorical' },
  { name: 'many', kind: 'categorical' },
];

/**
 * Rows that are hard to tell apart: ties on a coarse grid, values that single precision takes for equal, rows that repeat,
 * gaps, a column that is constant in the first table alone, values beyond its range, and more levels than have codes.
 */
export function makeAwkward(rng: Rng, nReference: number, nQueries: number): readonly [Table, Table] {
  const make = (nRows: number, isQuery: boolean): Table => {
    const draw = <T>(one: () => T): T[] => Array.from({ length: nRows }, one);
    const gap = (share: number, value: number) => (rng.float() < share ? null : value);
    return table(
      numbers(
        'coarse',
        draw(() => gap(0.1, rng.int(isQuery ? 13 : 8))),
      ),
      numbers(
        'fine',
        draw(() => 1e6 + (isQuery ? 3 : 1) * (0.5 + rng.int(3) * 1e-9 + rng.int(4))),
      ),
      numbers(
        'constant',
        draw(() => (isQuery ? gap(0.1, rng.float() < 0.3 ? 8 : 7) : 7)),
      ),
      levels(
        'group',
        draw(() => (rng.float() < 0.1 ? null : 'abc'.charAt(rng.int(3)))),
      ),
      levels(
        'many',
        draw(() => `L${rng.int(isQuery ? 120 : 100)}`),
      ),
    );
  };
  return alignTables(KINDS, ['reference', make(nReference, false)], ['query', make(nQueries, true)]);
}
