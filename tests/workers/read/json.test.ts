import { describe, expect, it } from 'vitest';
import type { DialectChoice } from '../../../src/api/ingest';
import { createIngestService } from '../../../workers/ingest-service';
import { openBytes, readRows } from '../../data/open-text';

async function open(json: string, choice: DialectChoice = {}) {
  const { service, opened } = await openBytes(json, choice);
  return {
    opened,
    headers: opened.headers,
    rows: await readRows(service),
    format: opened.dialect.format.value,
    notices: opened.notices.map(({ kind, count }) => `${kind} ${count}`),
  };
}

async function failureOf(json: string, choice: DialectChoice = {}) {
  const outcome = await createIngestService().open(new Blob([json]), choice, () => undefined);
  if (outcome.ok) throw new Error(`a failure was expected, not ${outcome.value.headers.join()}`);
  return outcome.failure;
}

describe('shapes of JSON', () => {
  const expected = [
    ['1', 'x'],
    ['2', 'y'],
  ];
  it.each<[string, string, string]>([
    ['an array of objects', '[{"a":1,"b":"x"},{"a":2,"b":"y"}]', 'json'],
    ['the same over many lines', '\ufeff [\n {"a": 1,\n "b": "x"} ,\n\n{"b":"y","a":2}\n]\n', 'json'],
    ['an array of arrays', '[["a","b"],[1,"x"],[2,"y"]]', 'json'],
    ['records one a line', '{"a":1,"b":"x"}\n{"a":2,"b":"y"}\n', 'ndjson'],
    ['records one a line, CR LF, blank lines', '{"a":1,"b":"x"}\r\n\r\n{"a":2,"b":"y"}', 'ndjson'],
    ['records over lines, one after the other', '{\n"a":1,"b":"x"\n}\n{\n"a":2,"b":"y"}', 'ndjson'],
    ['rows one a line', '["a","b"]\n[1,"x"]\n[2,"y"]\n', 'ndjson'],
    ['one list a column', '{"a":[1,2],"b":["x","y"]}', 'json'],
    ['columns with row numbers (pandas)', '{"a":{"0":1,"1":2},"b":{"0":"x","1":"y"}}', 'json'],
    [
      'columns and data (pandas, split)',
      '{"columns":["a","b"],"index":[0,1],"data":[[1,"x"],[2,"y"]]}',
      'json',
    ],
    ['records under a key', '{"data":[{"a":1,"b":"x"},{"a":2,"b":"y"}]}', 'json'],
    ['records under keys of keys', '{"ok":true,"result":{"rows":[{"a":1,"b":"x"},{"a":2,"b":"y"}]}}', 'json'],
  ])('%s', async (_, text, format) => {
    const read = await open(text);
    expect([read.headers, read.rows, read.format]).toEqual([['a', 'b'], expected, format]);
  });

  it('reads a record alone as one row', async () => {
    expect(await open('{"a":1,"b":{"c":"x"}}')).toMatchObject({ headers: ['a', 'b.c'], rows: [['1', 'x']] });
  });

  it('flattens a Bundle, with lists as JSON text', async () => {
    const patient = (id: string, given: string) => ({
      fullUrl: `urn:uuid:${id}`,
      resource: {
        resourceType: 'Patient',
        id,
        name: [{ given: [given] }],
        meta: { source: { system: 's' } },
      },
    });
    const bundle = {
      resourceType: 'Bundle',
      type: 'collection',
      entry: [patient('1', 'A'), patient('2', 'B')],
    };
    const read = await open(JSON.stringify(bundle));
    expect(read.headers).toEqual([
      'fullUrl',
      'resource.resourceType',
      'resource.id',
      'resource.name',
      'resource.meta.source.system',
    ]);
    expect(read.rows[1]).toEqual(['urn:uuid:2', 'Patient', '2', '[{"given":["B"]}]', 's']);
    expect(read.opened.dialect.part.value).toBe('entry');
    expect(read.notices).toEqual(['parts 2', 'nested 1']);
  });

  it('chooses among several lists of records, the longest by itself', async () => {
    const text = '{"wards":[{"w":1}],"stays":[{"s":1},{"s":2}],"note":"n"}';
    const longest = await open(text);
    expect([longest.headers, longest.opened.parts]).toEqual([['s'], ['wards', 'stays']]);
    expect(longest.notices).toEqual(['parts 2', 'parts 1']);
    expect((await open(text, { part: 'wards' })).rows).toEqual([['1']]);
    expect(await failureOf(text, { part: 'x' })).toMatchObject({ code: 'option-invalid' });
  });
});

describe('cells of JSON', () => {
  it('keeps numbers as they are written', async () => {
    const read = await open('[{"id":12345678901234567890,"x":1.50},{"id":-0,"x":1E-7},{"id":1,"x":0.1}]');
    expect(read.rows).toEqual([
      ['12345678901234567890', '1.50'],
      ['-0', '1E-7'],
      ['1', '0.1'],
    ]);
  });

  it('reads escapes, booleans, null and absent keys, and tells of empty texts beside them', async () => {
    const read = await open('[{"s":"\\u00e9\\n\\"\\ud83d\\ude00","t":true},{"s":"","t":null},{"u":1},{}]');
    expect(read.headers).toEqual(['s', 't', 'u']);
    expect(read.rows).toEqual([
      ['é\n"😀', 'true', ''],
      ['', '', ''],
      ['', '', '1'],
      ['', '', ''],
    ]);
    expect(read.notices).toEqual(['empty-text 1']);
  });

  it('keeps a key with a point apart from an object, and a key named like a prototype', async () => {
    const read = await open('[{"a.b":1,"a":{"b":2},"__proto__":3,"constructor":4}]');
    expect(read.headers).toEqual(['a.b', 'a.b_2', '__proto__', 'constructor']);
    expect(read.rows).toEqual([['1', '2', '3', '4']]);
    expect(read.notices).toContain('duplicate-header 1');
  });

  it('keeps a row whose only cell is null, at the end too', async () => {
    expect((await open('[["a"],[1],[null],[2],[null]]')).rows).toEqual([['1'], [''], ['2'], ['']]);
    expect((await open('{"a":[1,null]}')).rows).toEqual([['1'], ['']]);
  });

  it('reads UTF-16 and Windows-1252', async () => {
    const utf16 = new Uint8Array(Buffer.from('\ufeff[{"a":"é"}]', 'utf16le'));
    expect(await readRows((await openBytes(utf16)).service)).toEqual([['é']]);
    const latin = new Uint8Array(Buffer.from('[{"a":"é"}]', 'latin1'));
    const { service, opened } = await openBytes(latin);
    expect([await readRows(service), opened.dialect.encoding.value]).toEqual([[['é']], 'windows-1252']);
  });
});

describe('what is no JSON, or broken JSON', () => {
  it.each<[string, string, number]>([
    ['a first cell in brackets', '[a],b\n[1],2\n[3],4\n', 2],
    ['lists as cells', '[1,2],5\n[3,4],6\n', 3],
    ['an object as a cell', '{"a":1}|x\n{"a":2}|y\n', 2],
    ['braces', '{a},b\n{1},2\n{3},4\n', 2],
    ['a quoted name in brackets', '["a"],b\n["c"],d\n', 2],
  ])('leaves delimited text alone: %s', async (_, text, width) => {
    const read = await open(text, { header: false });
    expect([read.format, read.headers.length]).toEqual(['delimited', width]);
  });

  it.each<[string, string, string, RegExp]>([
    ['a bad line', '{"a":1}\n{"a":2}\n{"a":oops}\n{"a":4}\n', 'file-unreadable', /Line 3 \(value 3/],
    ['a bare NaN', '[{"a":1},\n{"a":NaN}]', 'file-unreadable', /Line 2.*NaN/],
    ['a key twice', '[{"a":1,"a":2}]', 'file-unreadable', /Line 1/],
    ['a missing comma', '[{"a":1} {"a":2}]', 'file-unreadable', /array, on line 1/],
    ['a comma too many', '[{"a":1},]', 'file-unreadable', /line 1/],
    ['text after the end', '[{"a":1}]\nend', 'file-unreadable', /line 2/],
    ['a file cut off', '[{"a":1},\n{"a":2},\n{"a"', 'file-unreadable', /line 3 after 2 whole values/],
    ['a string cut off', '{"a":1}\n{"a":"x', 'file-unreadable', /cut off/],
    ['single values', '[1,2,3]', 'format-unknown', /single value/],
    ['records and rows mixed', '[{"a":1},[2]]', 'format-unknown', /no record like those/],
    ['an empty array', '[]', 'file-empty', /no rows/],
    ['empty records', '[{},{}]', 'file-empty', /no rows/],
    ['an empty object', '{}', 'file-empty', /no rows/],
    ['deep nesting', `[{"a":${'['.repeat(200_000)}${']'.repeat(200_000)}}]`, 'file-unreadable', /too deeply/],
  ])('refuses %s', async (_, text, code, message) => {
    const failure = await failureOf(text);
    expect([failure.code, failure.message]).toEqual([code, expect.stringMatching(message)]);
  });

  it('refuses records that use values as keys', async () => {
    const records = Array.from({ length: 21 }, (_, i) =>
      Object.fromEntries(Array.from({ length: 1000 }, (_, j) => [`k${i * 1000 + j}`, 1])),
    );
    expect(await failureOf(JSON.stringify(records))).toMatchObject({ code: 'file-too-large' });
  });

  it('stops when it is cancelled, and reports progress', async () => {
    const service = createIngestService({
      nowMs: (() => {
        let now = 0;
        return () => (now += 1000);
      })(),
    });
    const text = `[${Array.from({ length: 100_000 }, (_, i) => `{"a":${i},"b":"some text"}`).join(',')}]`;
    const reports: number[] = [];
    const outcome = await service.open(new Blob([text]), {}, ({ nRows, bytesTotal }) => {
      expect(bytesTotal).toBe(text.length);
      reports.push(nRows);
      if (reports.length === 2) void service.cancel();
    });
    expect(outcome).toMatchObject({ ok: false, failure: { code: 'cancelled' } });
    expect(reports).toHaveLength(2);
    expect(reports[1]).toBeLessThan(100_000);
    expect(reports[1]).toBeGreaterThan(reports[0] ?? Infinity);
  });
});
