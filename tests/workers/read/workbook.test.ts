import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { DialectChoice } from '../../../src/api/ingest';
import { createIngestService } from '../../../workers/ingest-service';
import { openBytes, readRows } from '../../data/open-text';
import { makeWorkbook, number, text, type MadeCell, type MadeWorkbook } from './make-workbook';

async function open(book: MadeWorkbook, choice: DialectChoice = {}) {
  const { service, opened } = await openBytes(makeWorkbook(book), choice);
  return { opened, rows: await readRows(service), kinds: opened.notices.map(({ kind }) => kind) };
}

async function failureOf(bytes: BlobPart, choice: DialectChoice = {}) {
  const outcome = await createIngestService().open(new Blob([bytes]), choice, () => undefined);
  if (outcome.ok) throw new Error('a failure was expected');
  return outcome.failure;
}

const one = (rows: readonly (readonly (MadeCell | null)[])[]): MadeWorkbook => ({
  sheets: [{ name: 'Sheet1', rows }],
});

describe('a workbook', () => {
  it('reads shared, inline and formula texts, numbers and booleans', async () => {
    const { opened, rows } = await open({
      strings: [
        '<t>name</t>',
        '<r><t>Zo</t></r><r><t>ë &amp; co</t></r><rPh><t>beside</t></rPh>',
        '<t>a_x000D_b</t>',
      ],
      sheets: [
        {
          name: 'Sheet1',
          rows: [
            [{ type: 's', value: '0' }, text('n'), text('ok'), text('f')],
            [
              { type: 's', value: '1' },
              number('0.10000000000000001'),
              { type: 'b', value: '1' },
              { type: 'str', value: 'x', formula: 'A1' },
            ],
            [
              { type: 's', value: '2' },
              number('12345678901234567890'),
              { type: 'b', value: '0' },
              number('1E-3'),
            ],
          ],
        },
      ],
    });
    expect(opened.headers).toEqual(['name', 'n', 'ok', 'f']);
    expect(rows).toEqual([
      ['Zoë & co', '0.1', 'TRUE', 'x'],
      ['a\rb', '12345678901234567890', 'FALSE', '0.001'],
    ]);
    expect(opened.dialect.format.value).toBe('xlsx');
    expect(opened.dialect.compression.value).toBe('none');
  });

  it.each([
    [false, '1899-12-31', '1900-02-28', '1900-03-01', '2024-02-29'],
    [true, '1904-01-01', '1904-02-29', '1904-03-02', '2028-03-01'],
  ])('dates, 1904 = %s', async (is1904, zero, fiftyNine, sixtyOne, recent) => {
    const rows = [[text('d')], ...[0, 59, 61, 45351].map((serial) => [number(serial, 1)])];
    const read = await open({ is1904, formats: [14], sheets: [{ name: 'S', rows }] });
    expect(read.rows).toEqual([[zero], [fiftyNine], [sixtyOne], [recent]]);
  });

  it('tells dates from times, durations, numbers and leading zeros by the format', async () => {
    const formats = [
      'dd/mm/yyyy hh:mm',
      'h:mm AM/PM',
      '[h]:mm',
      '00000',
      '0.00E+00',
      '[Red]#,##0.00" d"',
      'mm:ss.0',
    ];
    const { rows } = await open({
      formats,
      sheets: [
        {
          name: 'S',
          rows: [
            formats.map((_, i) => text(`c${i}`)),
            [45351.5, 0.25, 1.5, 123, 1200, 7.5, 0.000721064814814815].map((value, i) =>
              number(value, i + 1),
            ),
            [45352, 0.75, 0.5, 99999, 1, 8, 0].map((value, i) => number(value, i + 1)),
          ],
        },
      ],
    });
    expect(rows).toEqual([
      ['2024-02-29 12:00:00', '06:00:00', '36:00:00', '00123', '1200', '7.5', '00:01:02.300'],
      ['2024-03-01 00:00:00', '18:00:00', '12:00:00', '99999', '1', '8', '00:00:00.000'],
    ]);
  });

  it('keeps a text beside dates as it is, and a date that is a text too', async () => {
    const rows = [[text('d')], [number(45351, 1)], [text('unknown')], [text('2024-02-29')]];
    const read = await open({ formats: ['yyyy-mm-dd'], sheets: [{ name: 'S', rows }] });
    expect(read.rows).toEqual([['2024-02-29'], ['unknown'], ['2024-02-29']]);
  });

  it('chooses among sheets, the first visible one by itself', async () => {
    const table = (value: number) => [
      [text('a'), text('b')],
      [number(value), text('x')],
    ];
    const book: MadeWorkbook = {
      sheets: [
        { name: 'secret', rows: table(1), state: 'hidden' },
        { name: 'first', rows: table(2) },
        { name: 'Zweite & Co', rows: table(3) },
      ],
    };
    const first = await open(book);
    expect(first.rows).toEqual([['2', 'x']]);
    expect(first.opened.parts).toEqual(['secret', 'first', 'Zweite & Co']);
    expect(first.opened.dialect.part).toMatchObject({ value: 'first', chosen: false });
    expect(first.kinds).toContain('parts');
    const second = await open(book, { part: 'Zweite & Co' });
    expect(second.rows).toEqual([['3', 'x']]);
    expect(second.opened.dialect.part.chosen).toBe(true);
    const none = await failureOf(makeWorkbook(book), { part: 'third' });
    expect(none).toMatchObject({ code: 'option-invalid', message: expect.stringContaining('"first"') });
  });

  it('leaves titles, empty rows and empty columns out, and says so', async () => {
    const { opened, rows } = await open(
      one([
        [],
        [null, text('Ward report')],
        [],
        [null, text('id'), text('age'), null, text('sex')],
        [null, text('p1'), number(40), null, text('F')],
        [],
        [null, text('p2'), number(50), null, text('M')],
      ]),
    );
    expect(opened.headers).toEqual(['id', 'age', 'sex']);
    expect(rows).toEqual([
      ['p1', '40', 'F'],
      ['p2', '50', 'M'],
    ]);
    const told = opened.notices.map(({ kind, count }) => `${kind} ${count}`);
    expect(told).toEqual(['comment 1', 'blank-lines 2', 'empty-header 2']);
  });

  it('takes errors for missing, and tells of formulas, errors and merged cells', async () => {
    const rows = [
      [text('a'), text('b')],
      [number(1), { type: 'e', value: '#DIV/0!', formula: '1/0' }],
      [number(2), { value: '3', formula: 'A2+1' }],
      [number(3), { formula: 'A3+1' }],
    ];
    const { opened, rows: read } = await open({ sheets: [{ name: 'S', rows, merged: ['A1:A2', 'B1:B2'] }] });
    expect(read).toEqual([
      ['1', '#DIV/0!'],
      ['2', '3'],
      ['3', ''],
    ]);
    expect(opened.dialect.missingTokens.value).toEqual(['#DIV/0!']);
    expect(opened.notices.map(({ kind, count }) => `${kind} ${count}`)).toEqual([
      'formula 2',
      'formula 1',
      'formula 1',
      'merged 2',
    ]);
  });

  it('reads names with a prefix, cells without places, and a header that is overruled', async () => {
    const prefixed = await open({
      ...one([
        [text('a'), text('b')],
        [number(1), text('x')],
      ]),
      prefix: 'x:',
    });
    expect(prefixed.rows).toEqual([['1', 'x']]);
    const headless = await open(
      one([
        [text('a'), text('b')],
        [text('c'), text('d')],
      ]),
      { header: false },
    );
    expect(headless.opened.headers).toEqual(['column_1', 'column_2']);
    expect(headless.rows).toHaveLength(2);
  });

  it.each<[string, Uint8Array<ArrayBuffer>, string, RegExp]>([
    ['an empty sheet', makeWorkbook(one([])), 'file-empty', /no rows/],
    ['no sheet', makeWorkbook({ sheets: [] }), 'file-empty', /no sheet/],
    [
      'a missing shared text',
      makeWorkbook(one([[text('a')], [{ type: 's', value: '9' }]])),
      'file-unreadable',
      /damaged/,
    ],
    ['rows out of order', swapRows(), 'file-unreadable', /damaged/],
    ['cut XML', cutSheet(), 'file-unreadable', /damaged/],
    ['a binary workbook', binaryWorkbook(), 'format-unknown', /xlsb/],
    [
      'a text document',
      zip({ '[Content_Types].xml': '<Types/>', 'word/document.xml': '<w/>' }),
      'format-unknown',
      /Office document/,
    ],
    [
      'OpenDocument',
      zip({ mimetype: 'application/vnd.oasis.opendocument.spreadsheet', 'content.xml': '<x/>' }),
      'format-unknown',
      /\.ods/,
    ],
  ])('refuses %s', async (_, bytes, code, message) => {
    const failure = await failureOf(bytes);
    expect([failure.code, failure.message]).toEqual([code, expect.stringMatching(message)]);
  });

  it('expands no entities of a document type', async () => {
    const bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>';
    const bytes = replaceSheet((xml) => xml.replace('?>\n', `?>\n${bomb}`).replace('>one<', '>&b;<'));
    const { service } = await openBytes(bytes);
    expect(JSON.stringify(await readRows(service))).not.toContain('aaaa');
  });
});

function zip(files: Readonly<Record<string, string>>): Uint8Array<ArrayBuffer> {
  const parts = Object.entries(files).map(([name, content]) => [name, strToU8(content)]);
  return zipSync(Object.fromEntries(parts) as Record<string, Uint8Array>) as Uint8Array<ArrayBuffer>;
}

function replaceSheet(change: (xml: string) => string): Uint8Array<ArrayBuffer> {
  const sheet =
    '<?xml version="1.0"?>\n<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c></row>' +
    '<row r="2"><c r="A2" t="inlineStr"><is><t>one</t></is></c></row></sheetData></worksheet>';
  return zip({
    '[Content_Types].xml': '<Types/>',
    'xl/workbook.xml': '<workbook><sheets><sheet name="S" r:id="r1"/></sheets></workbook>',
    'xl/_rels/workbook.xml.rels':
      '<Relationships><Relationship Id="r1" Type="x/worksheet" Target="worksheets/s.xml"/></Relationships>',
    'xl/worksheets/s.xml': change(sheet),
  });
}

function swapRows(): Uint8Array<ArrayBuffer> {
  return replaceSheet((xml) => xml.replace('r="2"', 'r="1"'));
}

function cutSheet(): Uint8Array<ArrayBuffer> {
  return replaceSheet((xml) => xml.slice(0, 150));
}

function binaryWorkbook(): Uint8Array<ArrayBuffer> {
  return zip({
    '[Content_Types].xml': '<Types/>',
    '_rels/.rels':
      '<Relationships><Relationship Id="r1" Type="x/officeDocument" Target="xl/workbook.bin"/></Relationships>',
    'xl/workbook.bin': 'x',
  });
}
