import { describe, expect, it } from 'vitest';
import { applyHandling } from '../../src/data/apply-handling';
import { DEFAULT_HANDLING, type Handling } from '../../src/data/handling';
import type { ColumnSchema } from '../../src/data/schema';
import type { Column, LevelColumn, NumberColumn } from '../../src/data/table';
import { Rng } from '../../src/math/rng';
import { makeColumnSchema } from '../column-schema';

const blank = makeColumnSchema('x', 'categorical');

function handle(column: Column, schema: Partial<ColumnSchema>, handling: Partial<Handling> = {}) {
  const nRows = column.kind === 'number' ? column.values.length : column.codes.length;
  const done = applyHandling(
    { nRows, columns: [column] },
    [{ ...blank, ...schema }],
    { ...DEFAULT_HANDLING, ...handling },
    Rng.fromSeed(3),
  );
  return { column: done.table.columns[0], schema: done.columns[0], log: done.log };
}

const levels = (counts: readonly number[], nMissing = 0): LevelColumn => ({
  kind: 'level',
  name: 'x',
  levels: counts.map((_, i) => 'abcdef'[i] ?? '?'),
  codes: Int32Array.from([
    ...counts.flatMap((n, i) => new Array<number>(n).fill(i)),
    ...new Array<number>(nMissing).fill(-1),
  ]),
});
const numbers = (values: readonly number[]): NumberColumn => ({
  kind: 'number',
  name: 'x',
  values: Float64Array.from(values),
});
const asLevels = (column: Column | undefined) =>
  column?.kind === 'level' ? [...column.codes].map((code) => column.levels[code] ?? null) : [];
const asNumbers = (column: Column | undefined) => (column?.kind === 'number' ? [...column.values] : []);

describe('pooling', () => {
  it('replaces rare levels by kept ones; no special code is left', () => {
    const done = handle(levels([20, 3, 10, 4], 2), {}, { pooledAs: 'redistribute' });
    expect(done.schema?.levels).toEqual(['a', 'c']);
    expect(done.column).toMatchObject({ levels: ['a', 'c'] });
    const texts = asLevels(done.column);
    expect(texts.filter((text) => text === null)).toHaveLength(2);
    expect(texts.slice(0, 20)).toEqual(new Array(20).fill('a'));
    expect(new Set(texts)).toEqual(new Set(['a', 'c', null]));
    expect(done.log).toEqual([expect.objectContaining({ action: 'pooled', nRows: 7, nItems: 2 })]);
  });

  it('draws replacements by frequency', () => {
    const rare = new Array<number>(400).fill(3);
    const done = handle(levels([9000, 1000, ...rare]), {}, { pooledAs: 'redistribute' });
    const drawn = asLevels(done.column).slice(10_000);
    expect(drawn.filter((text) => text === 'a').length / drawn.length).toBeCloseTo(0.9, 1);
  });

  it('writes a label instead when asked, if the label then stands for k rows', () => {
    expect(handle(levels([20, 3, 4]), {}, { pooledAs: 'label' }).schema?.levels).toEqual(['a', 'Other']);
    expect(handle(levels([20, 3]), {}, { pooledAs: 'label' }).schema?.levels).toEqual(['a']);
  });

  it('labels a column whose every level is rare, and drops one with fewer than k values', () => {
    expect(asLevels(handle(levels([3, 3]), {}).column)).toEqual(new Array(6).fill('Other'));
    const dropped = handle(levels([3, 1], 50), {});
    expect(dropped.column).toBeUndefined();
    expect(dropped.log).toEqual([expect.objectContaining({ action: 'dropped', nRows: 4 })]);
  });

  it('forgets levels without a row in train even when nothing is pooled', () => {
    const done = handle(levels([2, 0, 1]), {}, { poolRareLevels: false });
    expect(done.schema?.levels).toEqual(['a', 'c']);
    expect(asLevels(done.column)).toEqual(['a', 'a', 'c']);
    expect(done.log).toEqual([]);
  });
});

describe('capping', () => {
  const schema = { type: 'integer', decimals: 0, bounds: { min: 0, max: 999, declared: false } } as const;

  it('sets the extremes to ends that stand for k rows each', () => {
    const done = handle(numbers([-50, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 500, NaN]), schema, { k: 2 });
    expect(asNumbers(done.column)).toEqual([2, 2, 2, 3, 4, 5, 6, 7, 8, 9, 9, 9, NaN]);
    expect(done.schema?.bounds).toEqual({ min: 2, max: 9, declared: false });
    expect(done.log).toEqual([expect.objectContaining({ action: 'capped', nRows: 4, nItems: 2 })]);
  });

  it('repeats no single value of train over other rows', () => {
    const places = Array.from({ length: 60 }, (_, i) => -95 - Math.sqrt(i + 2));
    const done = handle(numbers(places), { ...schema, type: 'continuous', decimals: 14 });
    const values = asNumbers(done.column);
    const { min, max } = done.schema?.bounds ?? { min: NaN, max: NaN };
    expect(places).not.toContain(min);
    expect(places).not.toContain(max);
    expect(values.filter((value) => value === min).length).toBeGreaterThanOrEqual(5);
    expect(values.filter((value) => value === max).length).toBeGreaterThanOrEqual(5);
  });

  it('drops a column with too few values for two ends of k rows', () => {
    expect(handle(numbers([1, 2, 3, 4, 5, 9]), schema).column).toBeUndefined();
    expect(handle(numbers(Array.from({ length: 20 }, (_, i) => i)), schema).column).toBeDefined();
  });

  it('reads bounds off train when switched off', () => {
    const done = handle(numbers([3, 8, NaN]), schema, { capExtremes: false });
    expect(done.schema?.bounds).toEqual({ min: 3, max: 8, declared: false });
    expect(done.log).toEqual([]);
  });

  it('keeps a declared range and brings values into it', () => {
    const declared = { ...schema, bounds: { min: 0, max: 5, declared: true } };
    const done = handle(numbers([-1, 2, 3, 4, 9]), declared, { capExtremes: false });
    expect(asNumbers(done.column)).toEqual([0, 2, 3, 4, 5]);
    expect(done.schema?.bounds).toEqual({ min: 0, max: 5, declared: true });
    expect(done.log[0]?.nRows).toBe(2);
  });
});
