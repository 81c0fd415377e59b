import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { CellScanner, type CellSink } from '../../src/data/scan-cells';
import { isDelimiter, plainFormat, type TextFormat } from '../../src/data/text-format';
import { decodeUtf8, encodeUtf8 } from '../../src/data/utf8';
import { hashBytes } from '../../src/data/byte-dictionary';

/** Rows as strings, null for a blank line; checks every hash. */
class Collector implements CellSink {
  readonly rows: (string[] | null)[] = [];
  private row: string[] = [];
  cell(bytes: Uint8Array, start: number, end: number, hash: number) {
    expect(hash).toBe(hashBytes(bytes, start, end));
    this.row.push(decodeUtf8(bytes, start, end));
  }
  endRow(isBlank: boolean) {
    this.rows.push(isBlank ? null : this.row);
    this.row = [];
  }
  abandonRow() {
    this.row = [];
  }
}

function scan(chunks: readonly Uint8Array[], change: Partial<TextFormat> = {}) {
  const sink = new Collector();
  const scanner = new CellScanner({ ...plainFormat(','), ...change }, sink);
  for (const chunk of chunks) scanner.push(chunk);
  scanner.end();
  return { rows: sink.rows, ...scanner.counts };
}

const scanText = (text: string, change: Partial<TextFormat> = {}) => scan([encodeUtf8(text)], change);

/** A text cut at places between bytes. */
function cut(text: string, places: readonly number[]): Uint8Array[] {
  const bytes = encodeUtf8(text);
  const at = [0, ...places.map((place) => place % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  return at.slice(1).map((end, i) => bytes.slice(at[i], end));
}

const quote = (cell: string) => `"${cell.replaceAll('"', '""')}"`;

describe('CellScanner', () => {
  it.each<[string, string, (string[] | null)[]]>([
    [
      'CRLF',
      'a,b\r\n1,2\r\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'LF and CRLF mixed',
      'a,b\n1,2\r\n3,4',
      [
        ['a', 'b'],
        ['1', '2'],
        ['3', '4'],
      ],
    ],
    ['a quoted last cell before CRLF', 'a\r\n1,"x"\r\n', [['a'], ['1', 'x']]],
    ['a line end in quotes', 'a\n"x\ny",1\n', [['a'], ['x\ny', '1']]],
    ['doubled quotes', '"ha ""ha"" ha"\n', [['ha "ha" ha']]],
    ['a quote in mid-cell', `5'10",x\n`, [[`5'10"`, 'x']]],
    ['no last line end', '1,2', [['1', '2']]],
    ['empty cells', ',,\n', [['', '', '']]],
    ['an empty last cell at the end', 'a,', [['a', '']]],
    ['blank lines', 'a\n\n""\n', [['a'], null, ['']]],
    ['spaces after a closing quote', '"a" ,"b"  \n', [['a', 'b']]],
    ['a CR inside a cell', 'a\rb,c\n', [['a\rb', 'c']]],
    ['a CR at the end of the text', 'a,b\r', [['a', 'b']]],
  ])('%s', (_, text, expected) => {
    expect(scanText(text)).toMatchObject({ rows: expected, nQuoteFaults: 0 });
  });

  it('ends rows with CR, LF and CRLF where they are mixed', () => {
    const { rows } = scanText('a,b\r1,2\n3,4\r\n5,"6\r7"\r', { lineEnds: 'mixed' });
    expect(rows).toEqual([
      ['a', 'b'],
      ['1', '2'],
      ['3', '4'],
      ['5', '6\r7'],
    ]);
  });

  it('takes delimiters of several characters', () => {
    const bars = scanText('a||b|||c\n"x||y"||1\n', { delimiter: '||' });
    expect(bars.rows).toEqual([
      ['a', 'b', '|c'],
      ['x||y', '1'],
    ]);
    expect(scanText('a§b\n', { delimiter: '§' }).rows).toEqual([['a', 'b']]);
    expect(scanText('a\t|\tb\tc|\n', { delimiter: '\t|\t' }).rows).toEqual([['a', 'b\tc|']]);
  });

  it('takes other quotes, backslashes, comments and spaces before quotes', () => {
    expect(scanText("'a,b',\"c\n", { quote: "'" }).rows).toEqual([['a,b', '"c']]);
    expect(scanText('"a"\n', { quote: null }).rows).toEqual([['"a"']]);
    const escaped = scanText('"a \\"b\\", c",d\\,e,\\N,C:\\x,"z\\\\"\n', { escape: 'backslash' });
    expect(escaped).toMatchObject({ rows: [['a "b", c', 'd,e', '\\N', 'C:\\x', 'z\\']], nQuoteFaults: 0 });
    const commented = scanText('# a "b\n1,2\n#\n3,#4\n# end', { comment: '#' });
    expect(commented).toMatchObject({
      rows: [
        ['1', '2'],
        ['3', '#4'],
      ],
      nComments: 3,
    });
    expect(scanText('a, "b, c"\n', { spaceBeforeQuote: true }).rows).toEqual([['a', 'b, c']]);
    expect(scanText('a, "b, c"\n').rows).toEqual([['a', ' "b', ' c"']]);
  });

  it('keeps NUL characters and counts them', () => {
    expect(scanText('a\0b,"\0"\n')).toMatchObject({ rows: [['a\0b', '\0']], nNuls: 2 });
  });

  it('gives up only the rest of the row whose quote never closes', () => {
    expect(scanText('a,b\n1,"open\n2,x\n3,y\n')).toMatchObject({
      rows: [
        ['a', 'b'],
        ['1', '"open'],
        ['2', 'x'],
        ['3', 'y'],
      ],
      nQuoteFaults: 1,
    });
    const lines = Array.from({ length: 500 }, (_, i) => `${i},x`);
    lines[490] = '490,"open';
    const { rows, nQuoteFaults } = scanText(lines.join('\n'));
    expect([rows.length, rows[490], nQuoteFaults]).toEqual([500, ['490', '"open'], 1]);
  });

  it('stops believing in quotes where hundreds never close', () => {
    const { rows, nQuoteFaults } = scanText('"a\n'.repeat(1001) + 'b\n');
    expect(rows).toHaveLength(1002);
    expect(nQuoteFaults).toBeLessThan(300);
  });

  it('counts quotes that break the rules and keeps them', () => {
    expect(scanText('"a"b,c\n1,2\n')).toMatchObject({ nQuoteFaults: 1 });
    expect(scanText('"say "hi" now",1\n')).toMatchObject({ rows: [['say "hi" now', '1']], nQuoteFaults: 2 });
  });

  it('reads a cell of many megabytes a few times, not once a chunk', () => {
    const chunk = encodeUtf8('x'.repeat(1 << 14));
    const lengths: number[] = [];
    const sink: CellSink = {
      cell: (_, start, end) => lengths.push(end - start),
      endRow: () => undefined,
      abandonRow: () => undefined,
    };
    const scanner = new CellScanner(plainFormat(','), sink);
    scanner.push(encodeUtf8('1,"'));
    for (let i = 0; i < 256; i++) scanner.push(chunk);
    scanner.push(encodeUtf8('"\n2,y\n'));
    scanner.end();
    expect(lengths.filter((length) => length > 1)).toEqual([256 << 14]);
    expect(lengths.length).toBeLessThan(20);
  });

  it('refuses a row that is too long to be one', () => {
    const scanner = new CellScanner(plainFormat(','), new Collector(), 1 << 20);
    const chunk = new Uint8Array(1 << 18).fill(0x78);
    expect(() => {
      for (let i = 0; i < 5; i++) scanner.push(chunk);
    }).toThrow('longer than 1 MB');
  });
});

describe('CellScanner on any text', () => {
  const cell = fc.string({
    unit: fc.constantFrom('a', '1', '"', ',', '\n', '\r', ';', 'é', '𝛼', ' ', '|', '\\', '\0'),
    maxLength: 5,
  });
  const rows = fc.array(fc.array(cell, { minLength: 2, maxLength: 3 }), { minLength: 1, maxLength: 6 });
  const cuts = fc.array(fc.nat(200), { maxLength: 5 });

  it('gives the cells that were written, however the text is cut and whatever the delimiter', () => {
    const delimiter = fc.constantFrom(',', ';', '|', '||', '§', '\t|\t');
    const lineEnd = fc.constantFrom('\n', '\r\n', '\r');
    fc.assert(
      fc.property(rows, cuts, delimiter, lineEnd, (expected, places, separator, end) => {
        const text = expected.map((row) => row.map(quote).join(separator)).join(end) + end;
        const lineEnds = end === '\r' ? 'mixed' : 'lf';
        const read = scan(cut(text, places), { delimiter: separator, lineEnds });
        expect(read).toMatchObject({ rows: expected, nQuoteFaults: 0 });
      }),
    );
  });

  it('gives back cells escaped by backslashes', () => {
    const write = (text: string) => `"${text.replace(/["\\]/g, '\\$&')}"`;
    fc.assert(
      fc.property(rows, cuts, (expected, places) => {
        const text = expected.map((row) => row.map(write).join(',')).join('\n');
        expect(scan(cut(text, places), { escape: 'backslash' })).toMatchObject({
          rows: expected,
          nQuoteFaults: 0,
        });
      }),
    );
  });

  it('gives the same rows, however a text of any kind is cut', () => {
    const text = fc.string({
      unit: fc.constantFrom('a', '"', ',', '\n', '\r', '#', ' ', '\\'),
      maxLength: 40,
    });
    const format = fc.record({
      lineEnds: fc.constantFrom('lf', 'mixed'),
      escape: fc.constantFrom('double', 'backslash'),
      comment: fc.constantFrom(null, '#'),
      spaceBeforeQuote: fc.boolean(),
    });
    fc.assert(
      fc.property(text, cuts, format, (given, places, change) => {
        expect(scan(cut(given, places), change)).toEqual(scanText(given, change));
      }),
      { numRuns: 500 },
    );
  });

  it('agrees with Papa Parse on any text without unclosed quotes', () => {
    const text = fc.string({
      unit: fc.constantFrom('a', 'b', '"', '""', '",', ',"', '\n', ',', ' ', 'é'),
      maxLength: 30,
    });
    let nCompared = 0;
    fc.assert(
      fc.property(text, (given) => {
        const body = given.replace(/\n$/, '');
        const papa = Papa.parse<string[]>(body, { delimiter: ',', newline: '\n', skipEmptyLines: false });
        if (body === '' || papa.errors.some(({ code }) => code === 'MissingQuotes')) return;
        nCompared++;
        const { rows: found, nQuoteFaults } = scanText(given.endsWith('\n') ? `${body}\n` : body);
        expect(found.map((row) => row ?? [''])).toEqual(papa.data);
        expect(nQuoteFaults).toBe(papa.errors.filter(({ code }) => code === 'InvalidQuotes').length);
      }),
      { numRuns: 3000 },
    );
    expect(nCompared).toBeGreaterThan(500);
  });
});

describe('isDelimiter', () => {
  it('takes a few characters without quotes and line ends', () => {
    expect([',', '\t', '^', ' ', '||', '\t|\t'].map(isDelimiter)).toEqual(Array(6).fill(true));
    expect(['"', '\n', '', ',\r', 'more than 8'].map(isDelimiter)).toEqual(Array(5).fill(false));
  });
});
