import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { DialectChoice, PrepareRequest } from '../../src/api/ingest';
import { DEFAULT_HANDLING, DEFAULT_SPLIT } from '../../src/data/handling';
import type { Schema } from '../../src/data/schema';
import { createIngestService } from '../../workers/ingest-service';
import { findColumn, makeCohort, makeRequest, openBytes, readRows, unwrap } from '../data/open-text';

const silent = () => undefined;
const utf16 = (text: string, littleEndian: boolean) => {
  const view = new DataView(new ArrayBuffer(text.length * 2));
  for (let i = 0; i < text.length; i++) view.setUint16(2 * i, text.charCodeAt(i), littleEndian);
  return view.buffer;
};
describe('open: bytes to text', () => {
  const text = 'name;größe\nZoë;1,5\nRené;2,5\n';
  const expected = [
    ['Zoë', '1,5'],
    ['René', '2,5'],
  ];

  it.each<[string, BlobPart, string]>([
    ['UTF-8', text, 'utf-8'],
    ['UTF-8 with mark', `\ufeff${text}`, 'utf-8'],
    ['UTF-16 LE with mark', utf16(`\ufeff${text}`, true), 'utf-16le'],
    ['UTF-16 BE with mark', utf16(`\ufeff${text}`, false), 'utf-16be'],
    ['UTF-16 LE', utf16(text, true), 'utf-16le'],
    ['UTF-16 BE', utf16(text, false), 'utf-16be'],
    ['Latin-1', Buffer.from(text, 'latin1'), 'windows-1252'],
    ['gzip', gzipSync(text), 'utf-8'],
    ['gzip of UTF-16', gzipSync(Buffer.from(utf16(text, true))), 'utf-16le'],
    ['gzip of Latin-1', gzipSync(Buffer.from(text, 'latin1')), 'windows-1252'],
  ])('%s', async (name, bytes, encoding) => {
    const { service, opened } = await openBytes(bytes);
    expect(opened.headers).toEqual(['name', 'größe']);
    expect(await readRows(service)).toEqual(expected);
    expect(opened.dialect.encoding.value).toBe(encoding);
    expect(opened.dialect.compression.value).toBe(name.startsWith('gzip') ? 'gzip' : 'none');
    expect(opened.dialect.delimiter.value).toBe(';');
    expect(opened.dialect.decimalMark.value).toBe(',');
    expect(findColumn(opened.schema.columns, 'größe')).toMatchObject({ bounds: { min: 1.5, max: 2.5 } });
  });

  it('starts over as Windows-1252 when the first odd byte comes late, and says why', async () => {
    const late = Buffer.concat([
      Buffer.from(`a,b\n${'1,x\n'.repeat(200_000)}`),
      Buffer.from('2,caf\xe9 \x80\n', 'latin1'),
    ]);
    const { service, opened } = await openBytes(late);
    expect(opened.nRows).toBe(200_001);
    expect(opened.dialect.encoding).toMatchObject({
      value: 'windows-1252',
      reason: expect.stringContaining('not valid UTF-8'),
    });
    expect(opened.notices.map(({ kind }) => kind)).toContain('encoding');
    expect(unwrap(await service.preview(200_000, 5))).toEqual([['2', 'café €']]);
  });

  it('takes the encoding a person chose, and fails when the bytes refuse it', async () => {
    const { service } = await openBytes(Buffer.from('a,b\n1,caf\xe9\n', 'latin1'), {
      encoding: 'windows-1252',
    });
    expect(await readRows(service)).toEqual([['1', 'café']]);
    const refused = await createIngestService().open(
      new Blob([Buffer.from('a,b\n1,\xe9\n', 'latin1')]),
      { encoding: 'utf-8' },
      silent,
    );
    expect(refused).toMatchObject({ ok: false, failure: { code: 'encoding-wrong' } });
  });
});

describe('open: dialect', () => {
  it.each<[string, string, DialectChoice, string, readonly string[]]>([
    ['tabs', 'a\tb\n1\t2\n3\t4\n', {}, '\t', ['a', 'b']],
    ['bars', 'a|b\n1|2\n3|4\n', {}, '|', ['a', 'b']],
    ['carets', 'a^b\n1^2\n3^4\n', {}, '^', ['a', 'b']],
    [
      'semicolons with decimal commas',
      'x;1,5;2,5\ny;3,5;4,5\n',
      { header: false },
      ';',
      ['column_1', 'column_2', 'column_3'],
    ],
    ['one column', 'age\n40\n50\n', {}, ',', ['age']],
    ['a delimiter given', 'a#b\n1#2\n', { delimiter: '#' }, '#', ['a', 'b']],
    ['commas inside quotes', 'a;b\n"x, y, z";1\n"u, v, w";2\n', {}, ';', ['a', 'b']],
    ['row names as R writes them', 'a,b\n"1",5,x\n"2",6,y\n', {}, ',', ['column_1', 'a', 'b']],
    ['headers repeated and empty', 'a,,a,a_2\n1,2,3,4\n', {}, ',', ['a', 'column_2', 'a_3', 'a_2']],
  ])('%s', async (_, text, choice, delimiter, headers) => {
    const { opened } = await openBytes(text, choice);
    expect([opened.dialect.delimiter.value, opened.headers]).toEqual([delimiter, headers]);
  });

  it('tells a headerless file from one with a header, and can be overruled', async () => {
    const rows = '39, Private, 77516\n50, State, 83311\n38, ?, 215646\n';
    const bare = await openBytes(rows);
    expect(bare.opened.dialect.header).toMatchObject({ value: false, chosen: false });
    expect(bare.opened.nRows).toBe(3);
    const forced = await openBytes(rows, { header: true });
    expect(forced.opened.dialect.header).toMatchObject({ value: true, chosen: true });
    expect(forced.opened.nRows).toBe(2);
    expect((await openBytes('id,2019,2020\nx,1,2\ny,3,4\n')).opened.dialect.header.value).toBe(true);
    expect((await openBytes('sex,ward\nF,A\nM,B\nF,A\n')).opened.dialect.header.value).toBe(true);
    expect((await openBytes('F,A\nM,B\nF,A\nM,A\n')).opened.dialect.header.value).toBe(false);
  });

  it('guesses missing tokens with care', async () => {
    const tokens = async (text: string) => (await openBytes(text)).opened.dialect.missingTokens;
    expect((await tokens('a,b\n1,?\n2,x\n')).value).toEqual(['?']);
    expect((await tokens('a,b\n1,NA\n2,3\n')).value).toEqual(['NA']);
    expect((await tokens('n,country\n1,NA\n2,DE\n3,FR\n')).value).toEqual([]);
    expect((await tokens('a,test\n1,None\n2,Norm\n')).value).toEqual([]);
    expect((await tokens('a,sign\n1,-\n2,+\n')).value).toEqual([]);
    expect((await tokens('a,b\n1,.\n2,3.5\n3,4\n')).value).toEqual(['.']);
    const sentinel = await tokens('a,lab\n1,-99\n2,3\n3,4\n4,5\n');
    expect(sentinel.value).toEqual([]);
    expect(sentinel.reason).toContain('"-99"');
    const chosen = await openBytes('a,lab\n1,-99\n2,3\n', { missingTokens: ['-99'] });
    expect(findColumn(chosen.opened.schema.columns, 'lab').nMissing).toBe(1);
  });

  it('gives every guess a sentence', async () => {
    const { dialect } = (await openBytes(makeCohort(60))).opened;
    for (const guess of Object.values(dialect)) expect(guess.reason).toMatch(/^[A-Z].*\.$/);
  });

  it('tells of ragged rows, blank lines and quotes, and loses no row', async () => {
    const { service, opened } = await openBytes('a,b,c\n1,2\n\n1,2,3,4\n1,"x"y,3\n5,6,7,\n');
    expect(await readRows(service)).toEqual([
      ['1', '2', ''],
      ['1', '2', '3'],
      ['1', '"x"y', '3'],
      ['5', '6', '7'],
    ]);
    const kinds = opened.notices.map(({ kind, count }) => `${kind} ${count}`);
    expect(kinds).toEqual(expect.arrayContaining(['ragged 1', 'ragged 1', 'blank-lines 1']));
    expect(opened.notices.map(({ message }) => message).join(' ')).toMatch(/Row 1 has fewer.*Row 2 has more/);
  });
});

describe('open: failures, progress, cancel', () => {
  it.each<[string, BlobPart, DialectChoice, string]>([
    ['nothing', '', {}, 'file-empty'],
    ['white space', '\n\n  \n', {}, 'file-empty'],
    ['a header alone', 'a,b\n', { header: true }, 'file-empty'],
    ['a cut zip', Buffer.from('PK\x03\x04rest'), {}, 'file-unreadable'],
    ['binary', Buffer.from([97, 0, 0, 0, 0, 98, 1, 2, 3, 10, 0, 97]), {}, 'format-unknown'],
    ['a cut gzip', gzipSync(makeCohort(5000)).subarray(0, 3000), {}, 'file-unreadable'],
    ['a delimiter with a quote', 'a,b\n1,2\n', { delimiter: '",' }, 'option-invalid'],
  ])('%s', async (_, bytes, choice, code) => {
    expect(await createIngestService().open(new Blob([bytes]), choice, silent)).toMatchObject({
      ok: false,
      failure: { code },
    });
  });

  it('answers every other call without a file', async () => {
    const service = createIngestService();
    const schema: Schema = { version: 1, columns: [] };
    expect((await service.preview(0, 1)).ok).toBe(false);
    expect((await service.profile(schema)).ok).toBe(false);
    expect((await service.prepare(makeRequest(schema))).ok).toBe(false);
    expect((await service.writeRows({ nRows: 0, columns: [] })).ok).toBe(false);
  });

  it('reports progress no more often than asked and stops when cancelled', async () => {
    const big = new Blob([`a,b\n${'1,x\n'.repeat(600_000)}`]);
    let now = 0;
    const reports: number[] = [];
    const service = createIngestService({ nowMs: () => (now += 30) });
    unwrap(await service.open(big, {}, ({ nRows }) => reports.push(nRows)));
    expect(reports.length).toBeGreaterThan(3);
    expect(reports.length).toBeLessThan(16);
    expect(reports[reports.length - 1]).toBe(600_000);
    const cancelled = await service.open(big, {}, () => void service.cancel());
    expect(cancelled).toMatchObject({ ok: false, failure: { code: 'cancelled' } });
    expect((await service.preview(0, 1)).ok).toBe(false);
  });
});

describe('prepare', () => {
  it('cuts apart, handles train only, and gives modelled columns only', async () => {
    const { service, opened } = await openBytes(makeCohort(400));
    const prepared = unwrap(await service.prepare(makeRequest(opened.schema)));
    expect(prepared.schema.columns.map(({ name }) => name)).toEqual([
      'age',
      'sex',
      'born',
      'lactate',
      'died',
    ]);
    expect(prepared.train.columns.map(({ name }) => name)).toEqual(['age', 'sex', 'born', 'lactate', 'died']);
    expect([prepared.train.nRows, prepared.trainAsRead.nRows, prepared.holdout?.nRows]).toEqual([
      320, 320, 80,
    ]);
    expect(prepared.holdoutRows).toHaveLength(80);
    const actions = Object.fromEntries(prepared.handlingLog.map(({ column, action }) => [column, action]));
    expect(actions).toMatchObject({ patient_id: 'regenerated', note: 'dropped' });
    const again = unwrap(await service.prepare(makeRequest(opened.schema)));
    expect(again).toEqual(prepared);
  });

  it('keeps a patient on one side and suggests to', async () => {
    const { service, opened } = await openBytes(makeCohort(400));
    const { alerts } = unwrap(await service.profile(opened.schema));
    expect(alerts).toContainEqual(
      expect.objectContaining({ kind: 'identifier', column: 'patient_id', severity: 'warning' }),
    );
    const split = { ...DEFAULT_SPLIT, groupBy: 'patient_id', stratifyBy: 'sex' };
    const prepared = unwrap(await service.prepare(makeRequest(opened.schema, { split })));
    const { holdoutRows, train, trainGroups } = prepared;
    const held = new Set(holdoutRows);
    for (const row of held) expect(held.has(row ^ 1)).toBe(true);
    const patients = Uint32Array.from({ length: train.nRows }, (_, row) => row >> 1);
    expect(trainGroups).toEqual(patients);
    const apart = unwrap(await service.prepare(makeRequest(opened.schema)));
    expect(apart.trainGroups).toBeNull();
  });

  it.each<[string, string, Partial<PrepareRequest>, string]>([
    ['too few rows', makeCohort(55), {}, 'too-few-rows'],
    [
      'a holdout of more than half',
      makeCohort(200),
      { split: { ...DEFAULT_SPLIT, fraction: 0.6 } },
      'option-invalid',
    ],
    ['k of zero', makeCohort(200), { handling: { ...DEFAULT_HANDLING, k: 0 } }, 'option-invalid'],
    [
      'an unknown stratum',
      makeCohort(200),
      { split: { ...DEFAULT_SPLIT, stratifyBy: 'ghost' } },
      'schema-invalid',
    ],
    [
      'nothing to model',
      `row_id,other_id\n${Array.from({ length: 80 }, (_, i) => `${i + 7},${3 * i + 1000}`).join('\n')}`,
      {},
      'nothing-to-model',
    ],
  ])('fails clearly on %s', async (_, text, change, code) => {
    const { service, opened } = await openBytes(text);
    expect(await service.prepare(makeRequest(opened.schema, change))).toMatchObject({
      ok: false,
      failure: { code },
    });
  });

  it('reads as they stand the columns that are evaluated, however few the rows', async () => {
    const { service, opened } = await openBytes(makeCohort(400));
    const prepared = unwrap(
      await service.prepare(makeRequest(opened.schema, { split: { ...DEFAULT_SPLIT, fraction: 0 } })),
    );
    expect(unwrap(await service.readModelled(opened.schema))).toEqual(prepared.trainAsRead);
    const short = await openBytes(makeCohort(5));
    expect(unwrap(await short.service.readModelled(opened.schema)).nRows).toBe(5);
    const none = { ...opened.schema, columns: opened.schema.columns.map((c) => ({ ...c, included: false })) };
    expect(await service.readModelled(none)).toMatchObject({
      ok: false,
      failure: { code: 'nothing-to-model', message: expect.stringContaining('left to evaluate') as string },
    });
  });

  it('gives no holdout when none is wanted', async () => {
    const { service, opened } = await openBytes(makeCohort(100));
    const prepared = unwrap(
      await service.prepare(makeRequest(opened.schema, { split: { ...DEFAULT_SPLIT, fraction: 0 } })),
    );
    expect([prepared.holdout, prepared.train.nRows, prepared.holdoutRows.length]).toEqual([null, 100, 0]);
  });
});
