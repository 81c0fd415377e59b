import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CellParser, isDelimiter } from '../../src/data/parse-cells';

function parse(chunks: readonly string[], delimiter = ',', newline: '\n' | '\r' = '\n') {
  const parser = new CellParser(delimiter, newline);
  const parts = [...chunks.map((chunk) => parser.push(chunk)), parser.end()];
  return {
    rows: parts.flatMap((part) => [...part.rows]),
    nQuoteFaults: parts.reduce((sum, part) => sum + part.nQuoteFaults, 0),
  };
}

const quote = (cell: string) => `"${cell.replaceAll('"', '""')}"`;

describe('CellParser', () => {
  it.each([
    [
      'CRLF',
      'a,b\r\n1,2\r\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'mixed line ends',
      'a,b\n1,2\r\n3,4',
      [
        ['a', 'b'],
        ['1', '2'],
        ['3', '4'],
      ],
    ],
    [
      'quoted last cell before CRLF',
      'a,b\r\n1,"x"\r\n',
      [
        ['a', 'b'],
        ['1', 'x'],
      ],
    ],
    ['embedded line end', 'a\n"x\ny",1\n', [['a'], ['x\ny', '1']]],
    ['escaped quotes', '"ha ""ha"" ha"\n', [['ha "ha" ha']]],
    ['quote in mid-cell is a character', `5'10",x\n`, [[`5'10"`, 'x']]],
    ['no last line end', '1,2', [['1', '2']]],
    ['empty cells', ',,\n', [['', '', '']]],
  ])('%s', (_, text, expected) => {
    expect(parse([text]).rows).toEqual(expected);
  });

  it('reads CR line ends of old files', () => {
    expect(parse(['a,b\r1,2\r'], ',', '\r').rows).toEqual([
      ['a', 'b'],
      ['1', '2'],
    ]);
  });

  it('gives the same cells however the text is cut', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '1', '"', ',', '\n', ';', 'é', ' ') });
    const rows = fc.array(fc.array(cell, { minLength: 2, maxLength: 3 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(rows, fc.array(fc.nat(200), { maxLength: 5 }), (expected, cuts) => {
        const text = expected.map((row) => row.map(quote).join(',')).join('\n') + '\n';
        const at = [0, ...cuts.map((cut) => cut % (text.length + 1)).sort((a, b) => a - b), text.length];
        const chunks = at.slice(1).map((end, i) => text.slice(at[i], end));
        expect(parse(chunks)).toEqual({ rows: expected, nQuoteFaults: 0 });
      }),
    );
  });

  it('gives up only the row whose quote never closes', () => {
    const { rows, nQuoteFaults } = parse(['a,b\n1,"open\n2,x\n3,y\n']);
    expect(rows).toEqual([
      ['a', 'b'],
      ['1', '"open'],
      ['2', 'x'],
      ['3', 'y'],
    ]);
    expect(nQuoteFaults).toBe(1);
  });

  it('reads on after many rows and several open quotes', () => {
    const lines = Array.from({ length: 500 }, (_, i) => `${i},x`);
    lines[490] = '490,"open';
    const { rows, nQuoteFaults } = parse([lines.join('\n')]);
    expect(rows).toHaveLength(500);
    expect(rows[490]).toEqual(['490', '"open']);
    expect(nQuoteFaults).toBe(1);
  });

  it('counts quotes that break the rules', () => {
    expect(parse(['"a"b,c\n1,2\n']).nQuoteFaults).toBeGreaterThan(0);
  });
});

describe('isDelimiter', () => {
  it('takes one character that is no mark of its own', () => {
    expect([',', '\t', '^', ' '].map(isDelimiter)).toEqual([true, true, true, true]);
    expect(['"', '\n', '', ',,'].map(isDelimiter)).toEqual([false, false, false, false]);
  });
});
