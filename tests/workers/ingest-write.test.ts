import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DialectChoice } from '../../src/api/ingest';
import { DEFAULT_HANDLING, DEFAULT_SPLIT } from '../../src/data/handling';
import { applySchemaEdit } from '../../src/data/edits/apply-schema';
import type { Schema } from '../../src/data/schema';
import { makeCohort, makeRequest, openBytes, readRows, unwrap } from '../data/open-text';
import { cutRows, writeBack } from './write-back';

describe('write', () => {
  const writeText = async (text: string, change?: (schema: Schema) => Schema) =>
    new TextDecoder().decode((await writeBack(text, change === undefined ? {} : { change })).bytes);
  const fill = (header: string, rows: readonly string[], n = 60) =>
    `${header}${Array.from({ length: n }, (_, i) => `${rows[i % rows.length] ?? ''}\n`).join('')}`;

  it.each([
    ['numbers, trailing zeros', fill('a,b,c\n', ['1.0,2.50,3', '2.0,3.25,14', '5.0,0.10,7'])],
    ['spaces after commas and ?', fill('age,sex,job\n', ['39, M, x', '41, F, ?', '50, F, y'])],
    ['headerless', fill('', ['1.5;F;x', '2.5;M;y', '4.5;M;z'])],
    ['decimal comma and missing', fill('a;b\n', ['1,5;x', '2,25;y', ';x'])],
    ['decimal comma in a comma file', fill('a,b\n', ['"1,5",x', '"2,2",y', '"3,1",x'])],
    ['quotes, delimiters, line ends', fill('a,"b,b"\n', ['1,"x, ""y"""', '2,"u\nv"', '3,plain'])],
    [
      'dates',
      fill('d,t,z\n', [
        '13/02/2021,2021-03-09 10:00,2021-03-09T01:02:03.120Z',
        '01/12/2020,1999-01-01 00:59,2020-01-01T00:00:00.000Z',
      ]),
    ],
    ['yes/no in words', fill('a,b\n', ['Yes,1', 'no,2', ',3'])],
    ['tabs', fill('a\tb\n', ['1\tx y', '2\tz', '3\t'])],
    ['a constant and an empty column', fill('a,b,c\n', ['1,k,', '2,k,', '3,k,'])],
    ['blanks around some levels only', fill('a,b,c\n', ['1, x,k ', '2,y,l', '4,"  z, u ",m\t'])],
    ['a line end at the edge of a level', fill('a,b\n', ['1,"x\n"', '2," ""y"" "', '4,z'])],
    ['blanks around yes and no', fill('a,b\n', ['1,Yes ', '2, no', '4,Yes '])],
    ['codes', fill('gsn,n\n', ['004567,1', '000012,2', '104569,3'])],
  ])('gives the very file back: %s', async (_, text) => {
    expect(await writeText(text)).toBe(text);
  });

  it('writes a level in the spelling that the source has most often', async () => {
    const written = await writeText(fill('a,b\n', ['1,x', '2,x ', '3,x ', '4, y', '5,y', '6, y']));
    expect(written).toBe(fill('a,b\n', ['1,x ', '2,x ', '3,x ', '4, y', '5, y', '6, y']));
  });

  it('writes surrogates that occur in no source row, and no text column', async () => {
    const written = await writeText(makeCohort(200));
    expect(written).toMatch(/^patient_id,age,sex,born,lactate,died\nP\d{4},\d/);
    expect(written).not.toContain('note');
    const source = new Set(
      makeCohort(200)
        .split('\n')
        .map((line) => line.split(',')[0]),
    );
    const ids = written
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split(',')[0] ?? '');
    expect(ids.filter((id) => source.has(id))).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('leaves out what a person excluded, and writes missing for a column that was not modelled', async () => {
    const without = (schema: Schema) =>
      applySchemaEdit(schema, { column: 'age', set: 'included', value: false });
    expect(await writeText(makeCohort(100), without)).toMatch(/^patient_id,sex,/);
    const { service, opened } = await openBytes('a,b\n1,NA\n2,3\n');
    unwrap(
      await service.beginWriting({
        schema: opened.schema,
        handling: DEFAULT_HANDLING,
        format: 'csv' as const,
        dialect: opened.dialect,
        seed: 1,
        nRows: 1,
      }),
    );
    const a = { kind: 'number' as const, name: 'a', values: Float64Array.of(7) };
    expect(new TextDecoder().decode(unwrap(await service.writeRows({ nRows: 1, columns: [a] })))).toBe(
      '7,NA\n',
    );
  });

  it('does not depend on how rows come in chunks', async () => {
    const { service, opened } = await openBytes(makeCohort(100));
    const { trainAsRead } = unwrap(
      await service.prepare(makeRequest(opened.schema, { split: { ...DEFAULT_SPLIT, fraction: 0 } })),
    );
    const write = async (...ends: readonly number[]) => {
      unwrap(
        await service.beginWriting({
          schema: opened.schema,
          handling: DEFAULT_HANDLING,
          format: 'csv' as const,
          dialect: opened.dialect,
          seed: 4,
          nRows: 100,
        }),
      );
      let text = '';
      let from = 0;
      for (const to of ends) {
        text += new TextDecoder().decode(unwrap(await service.writeRows(cutRows(trainAsRead, from, to))));
        from = to;
      }
      return text;
    };
    expect(await write(1, 40, 100)).toBe(await write(100));
  });

  it('reads back what it writes, whatever the cells', async () => {
    const cell = fc.string({
      unit: fc.constantFrom('a', 'B', '7', '"', ',', ';', '\n', 'é', ' ', '.', '-'),
      maxLength: 6,
    });
    const levels = fc.uniqueArray(
      cell.map((text) => text.trim()).filter((text) => /[aBé]/.test(text)),
      { minLength: 2, maxLength: 6 },
    );
    const number = fc.integer({ min: -99_999, max: 99_999 }).map((n) => (n / 100).toFixed(2));
    const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
    await fc.assert(
      fc.asyncProperty(
        levels,
        fc.array(number, { minLength: 60, maxLength: 60 }),
        fc.constantFrom(',', ';', '\t', '|'),
        async (words, values, delimiter) => {
          const text = `word${delimiter}value\n${values.map((value, i) => quote(words[i % words.length] ?? '') + delimiter + value).join('\n')}\n`;
          const choice: DialectChoice = { delimiter, header: true, decimalMark: '.', missingTokens: [] };
          const { service, opened } = await openBytes(text, choice);
          const asLevels = applySchemaEdit(opened.schema, {
            column: 'word',
            set: 'type',
            value: 'categorical',
          });
          const schema = unwrap(
            await service.revise(
              applySchemaEdit(asLevels, { column: 'value', set: 'type', value: 'continuous' }),
            ),
          );
          const prepared = unwrap(
            await service.prepare({
              schema,
              handling: DEFAULT_HANDLING,
              split: { ...DEFAULT_SPLIT, fraction: 0 },
            }),
          );
          unwrap(
            await service.beginWriting({
              schema,
              handling: DEFAULT_HANDLING,
              format: 'csv' as const,
              dialect: opened.dialect,
              seed: 1,
              nRows: 60,
            }),
          );
          const bytes = unwrap(await service.writeRows(prepared.trainAsRead));
          const back = await openBytes(new TextDecoder().decode(bytes), { ...choice, header: false });
          const before = (await readRows(service)).map(([word, value]) => [word, Number(value)]);
          expect((await readRows(back.service)).map(([word, value]) => [word, Number(value)])).toEqual(
            before,
          );
        },
      ),
      { numRuns: 40 },
    );
  });
});
