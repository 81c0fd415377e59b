import { describe, expect, it } from 'vitest';
import { makeRequest, openBytes, unwrap } from '../data/open-text';

/** Tables wider and cells longer than most tools take. */
describe('a table of five thousand columns', () => {
  const nColumns = 5000;
  const nRows = 60;
  const cell = (row: number, column: number) => {
    if (column % 3 === 0) return String((row * 7 + column) % 23);
    return column % 3 === 1 ? ((row * 13 + column) % 97) / 10 : ['a', 'b', 'c'][(row + column) % 3];
  };
  const line = (of: (column: number) => unknown) =>
    Array.from({ length: nColumns }, (_, c) => of(c)).join(',');
  const csv = [
    line((c) => `c${c}`),
    ...Array.from({ length: nRows }, (_, r) => line((c) => cell(r, c))),
  ].join('\n');

  it('is read, described and cut whole', async () => {
    const { service, opened } = await openBytes(csv);
    expect([opened.nRows, opened.headers.length, opened.headers.at(-1)]).toEqual([nRows, nColumns, 'c4999']);
    expect(opened.schema.columns.map(({ type }) => type).slice(0, 6)).toEqual([
      'integer',
      'continuous',
      'categorical',
      'integer',
      'continuous',
      'categorical',
    ]);
    expect(unwrap(await service.profile(opened.schema)).columns).toHaveLength(nColumns);
    const split = { ...makeRequest(opened.schema).split, fraction: 0 };
    const prepared = unwrap(await service.prepare(makeRequest(opened.schema, { split })));
    expect(prepared.train.columns).toHaveLength(nColumns);
  });
});

describe('a cell of many megabytes', () => {
  it('is one cell, and its row has the others', async () => {
    const long = 'note '.repeat(1_200_000);
    const rows = Array.from(
      { length: 30 },
      (_, i) => `${i},${i === 7 ? `"${long}, end"` : 'short'},${i % 4}`,
    );
    const { service, opened } = await openBytes(`id,note,grade\n${rows.join('\n')}\n`);
    expect([opened.nRows, opened.headers]).toEqual([30, ['id', 'note', 'grade']]);
    const [row] = unwrap(await service.preview(7, 1));
    expect([row?.[0], row?.[1]?.length, row?.[2]]).toEqual(['7', long.length + 5, '3']);
  });
});
