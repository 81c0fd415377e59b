import { describe, expect, it } from 'vitest';
import { alignTables, stackTables } from '../../src/measure/align-tables';
import { levels, numbers, table } from './tables';

const KINDS = [
  { name: 'sex', kind: 'categorical' },
  { name: 'age', kind: 'numerical' },
] as const;

describe('aligned tables', () => {
  const first = table(numbers('age', [1, 2]), levels('sex', ['f', 'm']));
  const second = table(levels('sex', ['x', null, 'm']), numbers('age', [3, null, 5]));

  it('share one order of columns and one list of levels', () => {
    const [a, b] = alignTables(KINDS, ['first', first], ['second', second]);
    expect(a.columns.map(({ name }) => name)).toEqual(['sex', 'age']);
    expect(a.columns[0]).toMatchObject({ codes: Int32Array.of(0, 1), levels: ['f', 'm', 'x'] });
    expect(b.columns[0]).toMatchObject({ codes: Int32Array.of(2, -1, 1), levels: ['f', 'm', 'x'] });
  });

  it('can be put below each other', () => {
    const [a, b] = alignTables(KINDS, ['first', first], ['second', second]);
    const both = stackTables(a, b);
    expect(both.nRows).toBe(5);
    expect(both.columns[0]).toMatchObject({ codes: Int32Array.of(0, 1, 2, -1, 1) });
    expect(both.columns[1]).toMatchObject({ values: Float64Array.of(1, 2, 3, NaN, 5) });
  });

  it('name the table whose column is missing or of another kind', () => {
    const wrong = table(numbers('age', [1]), numbers('sex', [1]));
    expect(() => alignTables(KINDS, ['first', first], ['synthetic', wrong])).toThrow(
      /"sex" of the synthetic table/,
    );
  });

  it('refuse to be stacked before they are aligned', () => {
    expect(() => stackTables(first, second)).toThrow(/align them first/);
  });
});
