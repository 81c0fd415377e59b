import { describe, expect, it } from 'vitest';
import { encodeUtf16, encodeWindows1252 } from '../../src/data/encode-text';
import { applySchemaEdit } from '../../src/data/edits/apply-schema';
import { openBytes } from '../data/open-text';
import { fillRows, joinBytes, writeBack } from './write-back';

const text = fillRows('alter;größe;städtchen', ['1;2,5;Köln', '2;3,5;Čáslav', '4;1,5;']);
const latin = fillRows('alter;größe;städtchen', ['1;2,5;Köln', '2;3,5;Ürzig – „neu“', '4;1,5;50 €']);
const utf8 = new TextEncoder();

describe('a CSV file comes out byte for byte as it went in', () => {
  it.each<[string, Uint8Array<ArrayBuffer>]>([
    ['UTF-8', utf8.encode(text)],
    ['UTF-8 with a byte order mark', utf8.encode(`\ufeff${text}`)],
    ['UTF-16 little-endian', encodeUtf16(`\ufeff${text}`, 'little')],
    ['UTF-16 big-endian', encodeUtf16(`\ufeff${text}`, 'big')],
    ['UTF-16 without a mark', encodeUtf16(fillRows('a,b', ['1,x', '2,y', '4,z']), 'little')],
    ['Windows-1252', encodeWindows1252(latin) ?? new Uint8Array()],
    ['CRLF', utf8.encode(text.replaceAll('\n', '\r\n'))],
    ['CR', utf8.encode(text.replaceAll('\n', '\r'))],
    ['repeated and empty headers', utf8.encode(fillRows('a,a,,b', ['1,2.5,x,u', '3,1.5,y,v', '2,0.5,x,u']))],
    ['all quoted', utf8.encode(fillRows('"a","b"', ['"1","x"', '"2",""', '"5","y ""z"""']))],
    ['texts quoted, as R writes', utf8.encode(fillRows('"a","b"', ['1,"x"', 'NA,"y"', '5,"z"']))],
    ['thousands marks', utf8.encode(fillRows('cost,b', ['"1,234.50",1', '950.00,2', '"1,200,000.00",4']))],
    ['thousands points', utf8.encode(fillRows('cost;b', ['1.234,50;1', '950,00;2', '12.000,00;4']))],
    ['thousands spaces', utf8.encode(fillRows('n,b', ['1 234,1', '950,2', '12 000,4']))],
    ['single quotes', utf8.encode(fillRows("'a';'b'", ["'1';'x'", "'2';'it''s'", "'5';'y;z'"]))],
    [
      'backslashes before quotes',
      utf8.encode(fillRows('a,b', ['1,"say \\"ah\\""', '2,"x, y"', '5,"back \\\\ slash"'])),
    ],
    ['one column with gaps', utf8.encode(fillRows('a', ['1', '2', '4']))],
  ])('%s', async (_, source) => {
    const { bytes, notes } = await writeBack(source);
    expect(new TextDecoder('latin1').decode(bytes)).toBe(new TextDecoder('latin1').decode(source));
    expect(notes).toEqual([]);
  });
});

describe('encoding', () => {
  it('is UTF-8, with a note, where a character of our own is not in the source’s', async () => {
    const source = encodeWindows1252(latin) ?? new Uint8Array();
    const pooled = { poolRareLevels: true, pooledAs: 'label', pooledLabel: 'Другое' } as const;
    const { bytes, encoding, notes } = await writeBack(source, { handling: pooled });
    expect(encoding).toBe('utf-8');
    expect(notes).toEqual([expect.stringMatching(/written as UTF-8.*Windows-1252/)]);
    expect(new TextDecoder('utf-8', { fatal: true }).decode(bytes)).toBe(latin);
  });

  it('has every character of Windows-1252 and no other', () => {
    const all = Uint8Array.from({ length: 256 }, (_, i) => i);
    const decoded = new TextDecoder('windows-1252').decode(all);
    const repaired = [...decoded].map((char, i) => (i >= 0x80 && i < 0xa0 ? C1[i - 0x80] : char)).join('');
    expect(encodeWindows1252(repaired)).toEqual(all);
    for (const char of ['Ā', '\u202f', '\ufffd', '😀', '\u2212']) expect(encodeWindows1252(char)).toBeNull();
  });

  it('keeps characters beyond the basic plane in UTF-16', () => {
    for (const order of ['little', 'big'] as const) {
      const decoder = new TextDecoder(order === 'little' ? 'utf-16le' : 'utf-16be', { fatal: true });
      expect(decoder.decode(encodeUtf16('a😀é', order))).toBe('a😀é');
    }
  });
});

describe('lines', () => {
  it('that start like a comment are quoted', async () => {
    const source = fillRows('a,b', ['x,1', '"#y",2', 'z,3']);
    const { service, opened } = await openBytes(source);
    const dialect = { ...opened.dialect, comment: { value: '#', reason: '', chosen: true } };
    const handling = {
      k: 1,
      poolRareLevels: false,
      pooledAs: 'redistribute',
      pooledLabel: 'O',
      capExtremes: false,
    } as const;
    await service.beginWriting({
      format: 'csv',
      schema: opened.schema,
      handling,
      dialect,
      seed: 1,
      nRows: 3,
    });
    const a = { kind: 'level', name: 'a', codes: Int32Array.of(0, 1, 2), levels: ['x', '#y', 'z'] } as const;
    const b = { kind: 'number', name: 'b', values: Float64Array.of(1, 2, 3) } as const;
    const rows = await service.writeRows({ nRows: 3, columns: [a, b] });
    expect(rows.ok && new TextDecoder().decode(rows.value)).toBe('x,1\n"#y",2\nz,3\n');
  });

  it('that hold formulas stay as they are', async () => {
    const source = fillRows('a,b', ['=1+1,1', '@SUM(A1),2', '-x,4']);
    const asLevels = await writeBack(source, {
      change: (schema) => applySchemaEdit(schema, { column: 'a', set: 'type', value: 'categorical' }),
    });
    expect(new TextDecoder().decode(asLevels.bytes)).toBe(source);
  });

  it('come out the same whatever the chunks', async () => {
    const whole = await writeBack(text);
    expect((await writeBack(text, { chunkRows: 7 })).bytes).toEqual(whole.bytes);
    expect(joinBytes([whole.bytes]).length).toBe(whole.bytes.length);
  });
});

const C1 = [
  ...'\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f',
  ...'\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178',
];
