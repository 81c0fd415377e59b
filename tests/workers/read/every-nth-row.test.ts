import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import { openBytes, readRows, unwrap } from '../../data/open-text';
import { createIngestService } from '../../../workers/ingest-service';
import { makeWorkbook, number, text } from './make-workbook';

/** Ten rows, a number and a word each, in every format that can be read. */
const rows = Array.from({ length: 10 }, (_, i) => ({ n: i, word: `w${i}` }));
const csv = ['n,word', ...rows.map(({ n, word }) => `${n},${word}`)].join('\n');
const sources: readonly (readonly [string, BlobPart])[] = [
  ['delimited text', csv],
  ['NDJSON', rows.map((row) => JSON.stringify(row)).join('\n')],
  ['a JSON array of records', JSON.stringify(rows)],
  ['a JSON array of rows', JSON.stringify([['n', 'word'], ...rows.map(({ n, word }) => [n, word])])],
  ['columns of JSON', JSON.stringify({ n: rows.map(({ n }) => n), word: rows.map(({ word }) => word) })],
  [
    'a workbook',
    makeWorkbook({
      sheets: [
        {
          name: 'stays',
          rows: [[text('n'), text('word')], ...rows.map(({ n, word }) => [number(n), text(word)])],
        },
      ],
    }),
  ],
  [
    'Parquet in groups of three rows',
    parquetWriteBuffer({
      columnData: [
        { name: 'n', data: rows.map(({ n }) => n), type: 'INT32' },
        { name: 'word', data: rows.map(({ word }) => word), type: 'STRING' },
      ],
      rowGroupSize: 3,
    }),
  ],
];

describe.each(sources)('%s', (_, bytes) => {
  it('is read every n-th row, beginning with the first, and says so', async () => {
    const { service, opened } = await openBytes(bytes, { everyNthRow: 4 });
    expect(opened.headers).toEqual(['n', 'word']);
    expect(opened.nRows).toBe(3);
    expect(await readRows(service)).toEqual([
      ['0', 'w0'],
      ['4', 'w4'],
      ['8', 'w8'],
    ]);
    expect(opened.dialect.everyNthRow).toMatchObject({ value: 4, chosen: true });
    expect(opened.notices.filter(({ kind }) => kind === 'sample')).toEqual([
      expect.objectContaining({ count: 4, message: expect.stringContaining('one in 4 is read') as string }),
    ]);
  });

  it('is read whole, without a word about it, by default', async () => {
    const { opened } = await openBytes(bytes);
    expect([opened.nRows, opened.dialect.everyNthRow.value]).toEqual([10, 1]);
    expect(opened.notices.map(({ kind }) => kind)).not.toContain('sample');
  });
});

it.each([{ everyNthRow: 0 }, { everyNthRow: 1.5 }, { skippedRows: -1 }])(
  'refuses %j before anything is read',
  async (choice) => {
    const outcome = await createIngestService().open(new Blob([csv]), choice, () => undefined);
    expect(outcome).toMatchObject({ ok: false, failure: { code: 'option-invalid' } });
    expect(() => unwrap(outcome)).toThrow(/whole numbers/);
  },
);

it('refuses one mark for decimals and thousands', async () => {
  const choice = { decimalMark: ',', thousandsMark: ',' } as const;
  const outcome = await createIngestService().open(new Blob([csv]), choice, () => undefined);
  expect(outcome).toMatchObject({ ok: false, failure: { code: 'option-invalid' } });
});
