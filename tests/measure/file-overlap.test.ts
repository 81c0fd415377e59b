import { describe, expect, it } from 'vitest';
import { takeRows, type Table } from '../../src/data/table';
import { takeFirst } from '../../src/measure/evaluation-context';
import { findOverlaps } from '../../src/measure/file-overlap';
import { makePeople, PEOPLE_KINDS } from './made-people';
import { joinTables } from '../../src/data/join-tables';

const [train, holdout, fresh] = ['train', 'holdout', 'fresh'].map((seed) => makePeople(200, seed)) as [
  Table,
  Table,
  Table,
];
const find = (tables: { train: Table; holdout: Table | null; synthetic: Table }) =>
  findOverlaps(PEOPLE_KINDS, tables);
const reversed = (table: Table) =>
  takeRows(
    table,
    Uint32Array.from({ length: table.nRows }, (_, row) => table.nRows - 1 - row),
  );

describe('files that are not what they are given for', () => {
  it('is none of fresh people, and a few rows in common are nothing', () => {
    expect(find({ train, holdout, synthetic: fresh })).toEqual([]);
    expect(find({ train, holdout: null, synthetic: fresh })).toEqual([]);
    const few = joinTables([takeFirst(fresh, 191), takeFirst(holdout, 9)]);
    expect(find({ train, holdout, synthetic: few })).toEqual([]);
  });

  it('is a synthetic file that is the holdout, in whatever order', () => {
    const [told, ...more] = find({ train, holdout, synthetic: reversed(holdout) });
    expect(told).toMatch(
      /^The synthetic file holds the same 200 rows as the holdout\. So the holdout was not/,
    );
    expect(more).toEqual([]);
  });

  it('is a synthetic file with a fifth of its rows from the holdout, but not with a fifth from train', () => {
    const mixed = (with40: Table) => joinTables([takeFirst(fresh, 160), takeFirst(with40, 40)]);
    expect(find({ train, holdout, synthetic: mixed(holdout) })).toEqual([
      expect.stringMatching(
        /^40 of the 200 rows of the holdout stand in the synthetic file too, .* about 0\. So/,
      ),
    ]);
    expect(find({ train, holdout, synthetic: mixed(train) })).toEqual([]);
  });

  it('is a synthetic file that is train, with or without a holdout', () => {
    for (const held of [holdout, null])
      expect(find({ train, holdout: held, synthetic: train })).toEqual([
        expect.stringMatching(
          /^The synthetic file holds the same 200 rows as train\. So what is judged is train/,
        ),
      ]);
    expect(find({ train, holdout, synthetic: takeFirst(train, 100) })).toEqual([
      expect.stringMatching(/^100 of the 200 rows of train stand in the synthetic file too/),
    ]);
  });

  it('is a holdout that is train', () => {
    expect(find({ train, holdout: train, synthetic: fresh })).toEqual([
      expect.stringMatching(/^The holdout holds the same 200 rows as train\. So the holdout is no control/),
    ]);
  });

  it('is not a table of a few kinds of rows, which people share by chance, nor one that repeats a record', () => {
    const narrow = ({ nRows, columns }: Table) => ({ nRows, columns: columns.slice(3) });
    const kinds = PEOPLE_KINDS.slice(3);
    const tables = { train: narrow(train), holdout: narrow(holdout), synthetic: narrow(fresh) };
    expect(findOverlaps(kinds, tables)).toEqual([]);
    const one = takeRows(train, new Uint32Array(200).fill(7));
    expect(find({ train, holdout, synthetic: one })).toEqual([]);
    expect(findOverlaps(kinds, { ...tables, synthetic: tables.holdout })).toEqual([
      expect.stringContaining('the same 200 rows as the holdout'),
    ]);
  });
});
