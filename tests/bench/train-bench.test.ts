import { describe, expect, it } from 'vitest';
import { SCHEMA_VERSION, type Schema } from '../../src/data/schema';
import { getColumn, type Table } from '../../src/data/table';
import { hasGolden } from '../measure/load-golden';
import { levels, numbers, table } from '../measure/tables';
import { scoreRows } from './time-model';
import { loadTrainTables } from './train-tables';

function getNumbers(table: Table, name: string) {
  const column = getColumn(table, name);
  if (column.kind !== 'number') throw new Error(`no numbers named ${name}`);
  return column;
}

describe('rows whose likelihood is asked for', () => {
  it('are brought into the terms of the model, train and holdout alike', async () => {
    const seen = table(numbers('x', [2, 8]), levels('g', ['a', 'Other']));
    const asked: Table[] = [];
    const model = {
      id: 'trees' as const,
      stopReason: '',
      sample: () => Promise.reject(new Error('not asked for')),
      score: (rows: Table) => {
        asked.push(rows);
        return Promise.resolve(new Float64Array(rows.nRows));
      },
      state: () => Promise.reject(new Error('not asked for')),
      dispose: () => undefined,
    };
    const schema: Schema = { version: SCHEMA_VERSION, columns: [] };
    const handled = { table: seen, schema };
    const train = table(
      levels('g', ['rare', 'a', null]),
      numbers('x', [1, 5, null]),
      numbers('left out', [1, 2, 3]),
    );
    const holdout = table(levels('g', ['unseen']), numbers('x', [99]));
    const scores = await scoreRows({ model, handled }, { train, holdout });
    expect([scores?.train.length, scores?.holdout.length]).toEqual([3, 1]);
    expect(asked[0]?.columns).toMatchObject([
      { values: Float64Array.of(2, 5, NaN) },
      { codes: Int32Array.of(1, 0, -1) },
    ]);
    expect(asked[1]?.columns).toMatchObject([{ values: Float64Array.of(8) }, { codes: Int32Array.of(1) }]);
    expect(await scoreRows({ model: { ...model, score: null }, handled }, { train, holdout })).toBeNull();
  });
});

describe.skipIf(!hasGolden)('tables of the bench', () => {
  it("are the peers' own split, or all rows split afresh by the seed", () => {
    const peers = loadTrainTables('support2', 'peers', 'cap', 1);
    const fresh = loadTrainTables('support2', 'fresh', 'declared', 1);
    const again = loadTrainTables('support2', 'fresh', 'declared', 1);
    expect([peers.train.nRows, peers.holdout.nRows]).toEqual([7284, 1821]);
    expect([fresh.train.nRows, fresh.holdout.nRows]).toEqual([7284, 1821]);
    expect(again.holdout.columns[0]).toEqual(fresh.holdout.columns[0]);
    expect(fresh.holdout.columns[0]).not.toEqual(peers.holdout.columns[0]);
    const entryOf = (name: string) => fresh.schema.columns.find((entry) => entry.name === name);
    expect(entryOf('hospdead')?.role).toBe('target');
    expect(entryOf('age')?.bounds?.declared).toBe(true);
    expect(fresh.taskKinds.map(({ name }) => name)).not.toContain('death');
  });

  it('have as many of the first rows of train as wished, and the whole holdout', () => {
    const all = loadTrainTables('support2', 'peers', 'cap', 1);
    const few = loadTrainTables('support2', 'peers', 'cap', 1, 800);
    expect([few.train.nRows, few.holdout.nRows]).toEqual([800, 1821]);
    const ages = (tables: typeof all) => Array.from(getNumbers(tables.train, 'age').values.slice(0, 800));
    expect(ages(few)).toEqual(ages(all));
    const least = (tables: typeof all) =>
      tables.schema.columns.find(({ name }) => name === 'age')?.bounds?.min;
    expect(least(few)).toBe(Math.min(...ages(few)));
  });

  it('are named in full when one is not known', () => {
    expect(() => loadTrainTables('iris', 'peers', 'cap', 1)).toThrow(/adult, support2/);
  });
});
