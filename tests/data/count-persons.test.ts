import { describe, expect, it } from 'vitest';
import { applyHandling } from '../../src/data/apply-handling';
import { DEFAULT_HANDLING, type Handling } from '../../src/data/handling';
import { findCountedKey, gatherGroups } from '../../src/data/row-groups';
import type { Column } from '../../src/data/table';
import { Rng } from '../../src/math/rng';
import { makeColumnSchema } from '../column-schema';
import { openBytes, unwrap } from './open-text';
import { makeEnglish } from './several-rows';

const texts = (cells: readonly string[], name = 'x'): Column => {
  const levels = [...new Set(cells)];
  return { kind: 'level', name, levels, codes: Int32Array.from(cells, (cell) => levels.indexOf(cell)) };
};
const numbers = (values: readonly number[]): Column => ({
  kind: 'number',
  name: 'x',
  values: Float64Array.from(values),
});

function handle(column: Column, keys: readonly number[] | null, handling: Partial<Handling> = {}) {
  const isNumber = column.kind === 'number';
  const done = applyHandling(
    { nRows: isNumber ? column.values.length : column.codes.length, columns: [column] },
    [makeColumnSchema(column.name, isNumber ? 'integer' : 'categorical')],
    { ...DEFAULT_HANDLING, ...handling },
    Rng.fromSeed(1),
    keys === null ? null : gatherGroups('pid', keys),
  );
  return { ...done, schema: done.columns[0] };
}

/** Ten persons with eight rows each. */
const keys = Array.from({ length: 80 }, (_, i) => Math.floor(i / 8));

describe('k counts persons where a key says who they are', () => {
  it('pools a level that one person has in many rows', () => {
    const cells = keys.map((person, i) => (person === 9 ? 'own' : i % 2 === 0 ? 'a' : 'b'));
    expect(handle(texts(cells), null).schema?.levels).toContain('own');
    const { schema, log } = handle(texts(cells), keys);
    expect([...(schema?.levels ?? [])].sort()).toEqual(['a', 'b']);
    expect(log[0]?.note).toContain('fewer than 5 different values of "pid" in train');
    expect(log[0]?.note).toContain('(10 % of the rows with a value)');
    expect(log[0]?.nRows).toBe(8);
  });

  it('counts rows without a key as persons of their own', () => {
    const cells = keys.map((person) => (person === 9 ? 'own' : 'a'));
    const some = keys.map((person) => (person === 9 ? -1 : person));
    expect(handle(texts(cells), some).schema?.levels).toEqual(['a', 'own']);
  });

  it('caps at ends that k persons stand for, however many rows one of them has', () => {
    const many = Array.from({ length: 200 }, (_, i) => Math.floor(i / 5));
    const values = many.map((person) => (person === 0 ? -900 : person === 39 ? 900 : person));
    expect(handle(numbers(values), null).schema?.bounds).toMatchObject({ min: -900, max: 900 });
    const { schema, log } = handle(numbers(values), many);
    const { min, max } = schema?.bounds ?? { min: NaN, max: NaN };
    expect(new Set(many.filter((_, i) => (values[i] ?? 0) <= min)).size).toBeGreaterThanOrEqual(5);
    expect(new Set(many.filter((_, i) => (values[i] ?? 0) >= max)).size).toBeGreaterThanOrEqual(5);
    expect(log[0]?.note).toContain('at least 5 different values of "pid"');
  });

  it('does not learn numbers of too few persons', () => {
    expect(handle(numbers(keys.map((_, i) => i)), null).table.columns).toHaveLength(1);
    const { table, log } = handle(numbers(keys.map((_, i) => i)), keys);
    expect(table.columns).toEqual([]);
    expect(log[0]?.note).toContain('Fewer than 20 different values of "pid"');
  });

  it('counts by the group key of the split only where that is an identifier', () => {
    const columns = [makeColumnSchema('pid', 'identifier'), makeColumnSchema('site', 'categorical')];
    const schema = { version: 1, columns } as const;
    expect(findCountedKey(schema, { groupBy: 'pid' })).toBe('pid');
    expect(findCountedKey(schema, { groupBy: 'site' })).toBeNull();
    expect(findCountedKey(schema, { groupBy: null })).toBeNull();
  });

  it('is in force when tables are prepared', async () => {
    const { service, opened } = await openBytes(makeEnglish());
    const split = { fraction: 0.2, seed: 1, stratifyBy: null, groupBy: 'pid' };
    const prepared = unwrap(
      await service.prepare({ schema: opened.schema, handling: { ...DEFAULT_HANDLING, k: 30 }, split }),
    );
    expect(prepared.handlingLog.map(({ note }) => note).join(' ')).toContain('values of "pid"');
  });
});

describe('what pooled levels become by default', () => {
  const cells = (nRare: number, rare: readonly string[]) =>
    Array.from({ length: 1000 }, (_, i) =>
      i < nRare ? (rare[i % rare.length] ?? '') : i % 3 === 0 ? 'a' : 'b',
    );
  const many = Array.from({ length: 30 }, (_, i) => `r${i}`);
  const levelsOf = (column: Column, handling: Partial<Handling> = {}) =>
    handle(column, null, handling).schema?.levels;

  it('is a level of their own where more than one row in twenty is pooled', () => {
    expect(levelsOf(texts(cells(90, many)))).toEqual(['b', 'a', 'Other']);
    expect(levelsOf(texts(cells(30, many)))).toEqual(['b', 'a']);
  });

  it('is a level of their own for kinds of persons, so that no minority becomes the majority', () => {
    expect(levelsOf(texts(cells(12, ['r1', 'r2', 'r3']), 'RACE'))).toEqual(['b', 'a', 'Other']);
    expect(levelsOf(texts(cells(3, ['r1']), 'RACE'))).toEqual(['b', 'a']);
  });

  it('can be chosen otherwise', () => {
    expect(levelsOf(texts(cells(90, many)), { pooledAs: 'redistribute' })).toEqual(['b', 'a']);
  });
});
