import fc from 'fast-check';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import { applySchemaEdit } from '../../src/data/edits/apply-schema';
import { inferSchema } from '../../src/data/infer-schema';
import { makeOutputColumns } from '../../src/data/output-columns';
import type { ColumnType, Schema } from '../../src/data/schema';
import { makePhysical } from '../../workers/write/parquet-type';
import { countGroupRows, writeParquet } from '../../workers/write/write-parquet';
import { makeColumnSchema } from '../column-schema';
import { makeCohort, makeRaw, PLAIN_RULES } from '../data/open-text';
import { fillRows, joinBytes, writeBack } from './write-back';

type Row = Readonly<Record<string, unknown>>;

function readNdjson(bytes: Uint8Array): Row[] {
  const lines = new TextDecoder('utf-8', { fatal: true }).decode(bytes).split('\n');
  expect(lines.pop()).toBe('');
  return lines.map((line) => JSON.parse(line) as Row);
}

const readParquet = ({ buffer }: Uint8Array<ArrayBuffer>): Promise<Row[]> =>
  parquetReadObjects({ file: buffer });

const NUMBERS = Array.from({ length: 100 }, (_, i) => (i * 37) % 101);

const setType = (schema: Schema, column: string, value: ColumnType) =>
  applySchemaEdit(schema, { column, set: 'type', value });

const clinic = fillRows('n,big,x,flag,day,at,zulu,year,clock,code,const,void', [
  '1,5000000000,2.50,yes,13/02/2021,2021-03-09 10:00:30,2021-03-09T01:02:03.120Z,2019,08:15,007,k,',
  '-2,6000000000,0.75,no,01/12/1960,1999-01-01 00:59:00,1969-12-31T23:59:59.999Z,1951,23:59,012,k,',
  ',7000000000,,,,,,,,,k,',
]);
const asTyped = (schema: Schema) =>
  ['year:datetime', 'clock:datetime', 'code:categorical', 'big:integer'].reduce((changed, entry) => {
    const [column = '', type = ''] = entry.split(':');
    return setType(changed, column, type as ColumnType);
  }, schema);

describe('NDJSON', () => {
  it('has numbers, booleans, texts and nulls under the names of the columns', async () => {
    const rows = readNdjson((await writeBack(clinic, { format: 'ndjson', change: asTyped })).bytes);
    expect(rows).toHaveLength(60);
    expect(rows[0]).toEqual({
      n: 1,
      big: 5_000_000_000,
      x: 2.5,
      flag: true,
      day: '13/02/2021',
      at: '2021-03-09 10:00:30',
      zulu: '2021-03-09T01:02:03.120Z',
      year: '2019',
      clock: '08:15',
      code: '007',
      const: 'k',
      void: null,
    });
    expect(Object.keys(rows[0] ?? {})).toEqual(clinic.split('\n')[0]?.split(','));
    expect(Object.values(rows[2] ?? {}).filter((value) => value !== null)).toEqual([7_000_000_000, 'k']);
  });

  it('tells columns of one header apart by the names made of it', async () => {
    const source = fillRows('a,a,', ['1,x,u', '2,y,v', '4,z,u']);
    const [row] = readNdjson((await writeBack(source, { format: 'ndjson' })).bytes);
    expect(row).toEqual({ a: 1, a_2: 'x', column_3: 'u' });
  });

  it('keeps white space around cells, decimal commas and trailing zeros out of its values', async () => {
    const source = fillRows('a; b; c', ['1,50; x; Yes', '2,00; y; no', '0,25; x; Yes']);
    const [row] = readNdjson((await writeBack(source, { format: 'ndjson' })).bytes);
    expect(row).toEqual({ a: 1.5, ' b': 'x', ' c': true });
  });
});

describe('Parquet', () => {
  it('has a physical type for each kind of column', async () => {
    const { bytes } = await writeBack(clinic, { format: 'parquet', change: asTyped });
    const { schema } = parquetMetadata(bytes.buffer);
    const types = schema.slice(1).map((element) => {
      const { logical_type: logical } = element;
      const zone =
        logical?.type === 'TIMESTAMP' ? ` ${logical.unit} ${logical.isAdjustedToUTC ? 'UTC' : 'civil'}` : '';
      return `${element.name} ${element.type ?? ''} ${logical?.type ?? ''}${zone}`.trim();
    });
    expect(types).toEqual([
      'n INT32',
      'big INT64',
      'x DOUBLE',
      'flag BOOLEAN',
      'day INT32 DATE',
      'at INT64 TIMESTAMP MILLIS civil',
      'zulu INT64 TIMESTAMP MILLIS UTC',
      'year BYTE_ARRAY STRING',
      'clock BYTE_ARRAY STRING',
      'code BYTE_ARRAY STRING',
      'const BYTE_ARRAY STRING',
      'void BYTE_ARRAY STRING',
    ]);
  });

  it('gives the values back', async () => {
    const rows = await readParquet((await writeBack(clinic, { format: 'parquet', change: asTyped })).bytes);
    expect(rows).toHaveLength(60);
    expect(rows[1]).toEqual({
      n: -2,
      big: 6_000_000_000n,
      x: 0.75,
      flag: false,
      day: new Date('1960-12-01'),
      at: new Date('1999-01-01T00:59:00Z'),
      zulu: new Date('1969-12-31T23:59:59.999Z'),
      year: '1951',
      clock: '23:59',
      code: '012',
      const: 'k',
      void: null,
    });
    expect(rows[2]).toMatchObject({
      n: null,
      x: null,
      flag: null,
      day: null,
      at: null,
      zulu: null,
      code: null,
    });
  });

  it('brings an offset to UTC and keeps microseconds', async () => {
    const source = fillRows('a,b', [
      '2021-03-09 10:00:00.000001,2021-03-09T10:00+01:30',
      '2021-03-10 11:00:00.123456,2021-03-10T23:00+01:30',
    ]);
    const { bytes } = await writeBack(source, { format: 'parquet' });
    const metadata = parquetMetadata(bytes.buffer);
    expect(metadata.schema[1]?.logical_type).toEqual({
      type: 'TIMESTAMP',
      isAdjustedToUTC: false,
      unit: 'MICROS',
    });
    const [first] = await readParquet(bytes);
    expect(first?.b).toEqual(new Date('2021-03-09T08:30:00Z'));
  });

  it('is cut into row groups by the number of columns, whatever the chunks', async () => {
    expect([countGroupRows(1), countGroupRows(50), countGroupRows(5000)]).toEqual([65_536, 41_943, 419]);
    const raw = makeRaw({ a: NUMBERS.map(String), id: NUMBERS.map((i) => `P${1000 + i}`) });
    const schema = inferSchema(raw, PLAIN_RULES);
    const values = Float64Array.from(NUMBERS);
    const write = (chunkRows: number) => {
      const columns = makeOutputColumns(raw, { schema, seed: 3, nRows: values.length }, PLAIN_RULES);
      const writer = writeParquet(columns, [], 30);
      const parts = [writer.begin()];
      for (let from = 0; from < values.length; from += chunkRows) {
        const chunk = values.slice(from, from + chunkRows);
        parts.push(
          writer.rows({ nRows: chunk.length, columns: [{ kind: 'number', name: 'a', values: chunk }] }),
        );
      }
      return joinBytes([...parts, writer.end()]);
    };
    const whole = write(values.length);
    const groups = parquetMetadata(whole.buffer).row_groups.map(({ num_rows }) => Number(num_rows));
    expect(groups).toEqual([30, 30, 30, 10]);
    expect(write(7)).toEqual(whole);
    expect((await readParquet(whole)).map((row) => row.a)).toEqual(NUMBERS);
  });

  it('says in its metadata that it is synthetic, and what nobody may miss', async () => {
    const said = async (marks?: readonly string[]) => {
      const { bytes } = await writeBack(makeCohort(60), { format: 'parquet', ...(marks && { marks }) });
      const { key_value_metadata = [] } = parquetMetadata(bytes.buffer);
      return key_value_metadata.map(({ key, value }) => [key, value]);
    };
    const synthetic = ['understudy', 'synthetic records'];
    expect(await said()).toEqual([synthetic]);
    expect(await said([])).toEqual([synthetic]);
    expect(await said(['One.', 'Two: é.'])).toEqual([synthetic, ['understudy.marks', 'One.\nTwo: é.']]);
  });

  it('says that it cannot hold a label beside yes and no', () => {
    const schema = makeColumnSchema('smoker', 'boolean', { levels: ['yes', 'no'] });
    const toPhysical = makePhysical(schema, 'boolean');
    expect([true, false, null].map(toPhysical)).toEqual([true, false, null]);
    expect(() => toPhysical('Other')).toThrow(/"smoker" has a label that says neither yes nor no/);
  });
});

describe('one and the same record in every format', () => {
  it('has the same surrogates, gaps and values', async () => {
    const [csv, ndjson, parquet] = await Promise.all(
      (['csv', 'ndjson', 'parquet'] as const).map((format) =>
        writeBack(makeCohort(200), { format, chunkRows: 64 }),
      ),
    );
    const [head, ...lines] = new TextDecoder().decode(csv?.bytes).trimEnd().split('\n');
    const json = readNdjson(ndjson?.bytes ?? new Uint8Array());
    const rows = await readParquet(parquet?.bytes ?? new Uint8Array());
    expect(Object.keys(json[0] ?? {}).join(',')).toBe(head);
    expect(json.map((row) => row.patient_id)).toEqual(lines.map((line) => line.split(',')[0]));
    expect(rows.map((row) => row.patient_id)).toEqual(json.map((row) => row.patient_id));
    expect(rows.map((row) => row.lactate)).toEqual(json.map((row) => row.lactate));
    expect(rows.map((row) => (row.born as Date).toISOString().slice(0, 10))).toEqual(
      json.map((row) => row.born),
    );
  });

  it('whatever the cells', async () => {
    const word = fc.string({
      unit: fc.constantFrom('a', 'é', '"', ',', '\n', '\\', '😀', '0', '-'),
      maxLength: 5,
    });
    const words = fc.uniqueArray(
      word.map((text) => text.trim()).filter((text) => /[aé]/.test(text)),
      { minLength: 2, maxLength: 5 },
    );
    const number = fc.oneof(
      fc.constant(''),
      fc.integer({ min: -1e6, max: 1e6 }).map((n) => (n / 1000).toFixed(3)),
    );
    const whole = fc.oneof(fc.constant(''), fc.integer({ min: -(2 ** 40), max: 2 ** 40 }).map(String));
    const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
    const cells = fc.tuple(words, fc.array(fc.tuple(number, whole), { minLength: 50, maxLength: 50 }));
    await fc.assert(
      fc.asyncProperty(cells, async ([levels, values]) => {
        const given = values.map(([x, n], i) => ({ w: levels[i % levels.length] ?? '', x, n }));
        const source = `w,x,n\n${given.map(({ w, x, n }) => `${quote(w)},${x},${n}\n`).join('')}`;
        const options = {
          choice: {
            delimiter: ',',
            header: true,
            decimalMark: '.',
            missingTokens: [],
            thousandsMark: '',
          } as const,
          change: (schema: Schema) =>
            setType(setType(setType(schema, 'w', 'categorical'), 'x', 'continuous'), 'n', 'integer'),
        };
        const expected = given.map(({ w, x, n }) => ({
          w,
          x: x === '' ? null : Number(x),
          n: n === '' ? null : Number(n),
        }));
        const ndjson = await writeBack(source, { ...options, format: 'ndjson' });
        expect(readNdjson(ndjson.bytes)).toEqual(expected);
        const parquet = await writeBack(source, { ...options, format: 'parquet', chunkRows: 13 });
        const rows = await readParquet(parquet.bytes);
        expect(rows.map((row) => ({ ...row, n: row.n === null ? null : Number(row.n) }))).toEqual(expected);
      }),
      { numRuns: 25 },
    );
  });
});
