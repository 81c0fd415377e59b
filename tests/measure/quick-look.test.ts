import { describe, expect, it } from 'vitest';
import { takeRows, type Table } from '../../src/data/table';
import { Rng } from '../../src/math/rng';
import { shuffleColumns } from '../../src/measure/fidelity/shuffle-columns';
import type { Evidence } from '../../src/measure/measure';
import { lookQuickly } from '../../src/measure/quick-look';
import { levels, numbers, schemaOf, table } from './tables';

/** People whose outcome goes with x and z; `given` repeats it. */
function makePeople(nRows: number, seed: string): Table {
  const rng = Rng.fromSeed(seed);
  const x = Array.from({ length: nRows }, () => rng.normal());
  const z = Array.from({ length: nRows }, () => rng.normal());
  const died = x.map((value, i) => (value + (z[i] ?? 0) + rng.normal() > 0 ? 'yes' : 'no'));
  return table(numbers('x', x), numbers('z', z), levels('died', died), levels('given', died));
}

const train = makePeople(900, 'train');
const holdout = makePeople(400, 'holdout');
const schema = {
  ...schemaOf(train),
  columns: schemaOf(train).columns.map((column) =>
    column.name === 'died' ? { ...column, role: 'target' as const } : column,
  ),
};
const look = (synthetic: Table, changes: object = {}) =>
  lookQuickly({ train, holdout, synthetic, schema, seed: 1, ...changes });
const find = ({ measures }: Evidence, id: string) => measures.find((measure) => measure.id === id);

describe('a quick look', () => {
  it('finds fresh people as useful as train and as near to the holdout', () => {
    const evidence = look(makePeople(900, 'fresh'));
    const utility = find(evidence, 'train-synthetic-boosted');
    expect(utility?.ceiling).toBeGreaterThan(0.75);
    expect(Math.abs((utility?.value ?? 0) - (utility?.ceiling ?? 0))).toBeLessThan(0.06);
    expect(utility?.floor).toBe(0.5);
    expect(Math.abs((find(evidence, 'closest-records')?.value ?? 0) - 0.5)).toBeLessThan(0.07);
    expect(evidence.skipped).toEqual([]);
  });

  it('sees lost relations in the utility, and copies in the nearness', () => {
    const shuffled = look(shuffleColumns(train, Rng.fromSeed('shuffled')));
    expect(find(shuffled, 'train-synthetic-boosted')?.value).toBeLessThan(0.65);
    expect(find(look(train), 'closest-records')?.value).toBeGreaterThan(0.62);
  });

  it('does not let a column that repeats the target teach it', () => {
    expect(find(look(train), 'train-synthetic-boosted')?.ceiling).toBeLessThan(0.95);
  });

  it('looks at a sample of long tables and says so', () => {
    const rows = Uint32Array.from({ length: 5000 }, (_, i) => i % 900);
    const { sample } = look(takeRows(train, rows));
    expect(sample).toMatchObject({ synthetic: { nRows: 5000, nUsed: 2000 }, train: { nUsed: 900 } });
  });

  it('skips what cannot be computed, with the reason', () => {
    expect(look(train, { holdout: null }).skipped.map(({ id }) => id)).toEqual([
      'train-synthetic-boosted',
      'closest-records',
    ]);
    expect(look(train, { schema: schemaOf(train) }).skipped).toEqual([
      { id: 'train-synthetic-boosted', reason: 'no column is marked as the target' },
    ]);
  });
});
