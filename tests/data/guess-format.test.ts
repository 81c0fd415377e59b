import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isBinary } from '../../src/data/encoding';
import { guessFormat, type FormatChoice } from '../../src/data/guess-format';
import { guessLegacyEncoding } from '../../src/data/guess-legacy-encoding';
import { planTable } from '../../src/data/plan-table';

function guess(text: string, choice: FormatChoice & { header?: boolean } = {}) {
  const found = guessFormat({ text, isWhole: true }, choice);
  const { delimiter, quote, escape, comment, skippedRows, format } = found;
  const { plan } = planTable(found, choice);
  return {
    delimiter: delimiter.value,
    quote: quote.value,
    escape: escape.value,
    comment: comment.value,
    skipped: skippedRows.value,
    lineEnds: format.lineEnds,
    spaceBeforeQuote: format.spaceBeforeQuote,
    headers: plan.headers,
  };
}

describe('guessFormat: delimiter', () => {
  it.each<[string, string, string, readonly string[]]>([
    ['double bars', 'a||b||c\n1||2|x||3\n4||5||6\n', '||', ['a', 'b', 'c']],
    ['bars with an empty column stay bars', 'a||c\n1||3\n4|5|6\n', '|', ['a', 'column_2', 'c']],
    ['tab, bar, tab', 'a\t|\tb\n1\t|\t2\n3\t|\t4\n', '\t|\t', ['a', 'b']],
    ['double colons', 'a::b::c\n1::2::3\n4::5::6\n', '::', ['a', 'b', 'c']],
    ['a line that names it', 'sep=;\na;b,c\n1;2,3\n4;5,6\n', ';', ['a', 'b,c']],
    ['a quoted line that names it', '"sep=\t"\na\tb\n1\t2\n', '\t', ['a', 'b']],
  ])('%s', (_, text, delimiter, headers) => {
    expect(guess(text)).toMatchObject({ delimiter, headers });
  });
});

describe('guessFormat: quotes and escapes', () => {
  it('takes single quotes where cells stand in them', () => {
    const text = "id,name\n1,'a, b'\n2,'c'\n3,'d, e'\n";
    expect(guess(text)).toMatchObject({ quote: "'", delimiter: ',', headers: ['id', 'name'] });
  });

  it('leaves apostrophes alone', () => {
    expect(guess("id,name\n1,o'hara\n2,'t is\n3,d'or\n").quote).toBe('"');
    expect(guess('id,name\n1,"o\'h"\n2,"\'x\'"\n').quote).toBe('"');
  });

  it('takes backslashes for escapes only when the rows then agree', () => {
    expect(guess('id,note\n1,"said \\"no\\", left"\n2,"x"\n').escape).toBe('backslash');
    expect(guess('id,note\n1,a\\,b\n2,c\n3,d\n').escape).toBe('backslash');
    expect(guess('id,path\n1,C:\\x\n2,D:\\y\n').escape).toBe('double');
    expect(guess('id,path\n1,"C:\\"\n2,"D:\\"\n').escape).toBe('double');
  });

  it('allows spaces before quotes where the rows then agree', () => {
    expect(guess('a, b\n1, "x, y"\n2, "z"\n').spaceBeforeQuote).toBe(true);
    expect(guess('a, b\n1, x\n2, z\n').spaceBeforeQuote).toBe(false);
  });
});

describe('guessFormat: comments and titles', () => {
  it('finds comment lines between rows', () => {
    const text = '# made today\n# by me; really\na;b\n1;2\n# half way\n3;4\n';
    expect(guess(text)).toMatchObject({ comment: '#', headers: ['a', 'b'], skipped: 0, delimiter: ';' });
  });

  it('keeps a header that starts like a comment', () => {
    expect(guess('#id,age\n1,40\n2,50\n')).toMatchObject({ comment: null, headers: ['#id', 'age'] });
    const genes = '##format=4\n##source=x\n#CHROM\tPOS\n1\t100\n1\t200\n';
    expect(guess(genes)).toMatchObject({ comment: '##', headers: ['#CHROM', 'POS'] });
  });

  it('sees no comments in values', () => {
    expect(guess('tag,n\n#a,1\n#b,2\n').comment).toBeNull();
    expect(guess('tag\n#a\n#b\nc\n').comment).toBeNull();
  });

  it.each<[string, string, number, readonly string[]]>([
    ['a title', 'Ward report 2024\n\nid,age,sex\n1,40,F\n2,50,M\n', 1, ['id', 'age', 'sex']],
    ['a title as wide as the table', 'Report,,\n,,\nid,age,sex\n1,40,F\n2,50,M\n', 2, ['id', 'age', 'sex']],
    ['a title with a comma', 'Report, of May\nid,age,sex\n1,40,F\n2,50,M\n', 1, ['id', 'age', 'sex']],
    [
      'pairs above a wide table',
      'from,May\nto,June\nby,me\na,b,c,d,e,f\n1,2,3,4,5,6\n7,8,9,10,11,12\n',
      3,
      ['a', 'b', 'c', 'd', 'e', 'f'],
    ],
    ['a header that is short', 'a,b\n1,2,3\n4,5,6\n7,8,\n', 0, ['a', 'b', 'column_3']],
    ['row names', 'a,b\n"1",5,x\n"2",6,y\n', 0, ['column_1', 'a', 'b']],
    ['a comma too many after the header', 'a,b,\n1,2\n3,4\n', 0, ['a', 'b']],
    ['sparse rows', 'x,,\n1,2,3\n,5,\n', 0, ['x', 'column_2', 'column_3']],
  ])('%s', (_, text, skipped, headers) => {
    expect(guess(text)).toMatchObject({ skipped, headers });
  });

  it('ends rows at CR alone only where they then agree', () => {
    expect(guess('a,b\n1,2\r3,4\n5,6\n').lineEnds).toBe('mixed');
    expect(guess('a,b\n1,x\ry\n5,6\n').lineEnds).toBe('lf');
    expect(guess('a,b\r1,2\r').lineEnds).toBe('mixed');
  });

  it('does as it is told', () => {
    const text = '#x\na,b\n1,2\n3,4\n';
    expect(guess(text, { comment: null, skippedRows: 1 })).toMatchObject({
      comment: null,
      skipped: 1,
      headers: ['a', 'b'],
    });
    expect(guess("a;'b'\n1;'2'\n", { delimiter: ',', quote: null })).toMatchObject({
      delimiter: ',',
      quote: null,
    });
  });

  it('answers for any text', () => {
    const text = fc.string({
      unit: fc.constantFrom('a', '1', ',', ';', '"', "'", '\n', '\r', '#', '\\', ' ', '|'),
    });
    fc.assert(
      fc.property(text, (given) => {
        expect(guess(given).headers.length).toBeGreaterThan(0);
      }),
    );
  });
});

describe('guessLegacyEncoding', () => {
  const bytes = (...parts: (string | number[])[]) =>
    Uint8Array.from(
      parts.flatMap((part) => (typeof part === 'string' ? [...Buffer.from(part, 'latin1')] : part)),
    );
  // "да, нет" in three encodings, five times.
  const five = (line: Uint8Array) => Uint8Array.from(Array.from({ length: 5 }, () => [...line]).flat());

  it.each<[string, Uint8Array]>([
    ['windows-1252', bytes('name,city\nJos', [0xe9], ',K', [0xf6], 'ln\n')],
    ['windows-1252', bytes(...Array<string>(9).fill('M\xfcller,Gr\xf6\xdfe,\xc5ngstr\xf6m\n'))],
    ['windows-1251', five(bytes([0xed, 0xe5, 0xf2], ',', [0xee, 0xea, 0xed, 0xee], '\n'))],
    ['koi8-r', five(bytes([0xce, 0xc5, 0xd4], ',', [0xcf, 0xcb, 0xce, 0xcf], '\n'))],
    ['windows-1253', five(bytes([0xed, 0xe1, 0xe9], ',', [0xfc, 0xf7, 0xe9], '\n'))],
    ['shift_jis', five(bytes([0x96, 0xbc, 0x91, 0x4f], ',', [0x94, 0x4e, 0x97, 0xee], '\n'))],
    ['euc-kr', five(bytes([0xb3, 0xb2], ',', [0xbf, 0xa9], '\n'))],
    ['gb18030', five(bytes([0xc4, 0xd0], ',', [0xc5, 0xae], ',', [0xd0, 0xd5, 0xc3, 0xfb], '\n'))],
    ['euc-jp', five(bytes([0xa4, 0xcf, 0xa4, 0xa4], ',', [0xc0, 0xad], '\n'))],
  ])('%s', (encoding, head) => {
    expect(guessLegacyEncoding(head).value).toBe(encoding);
  });
});

describe('isBinary', () => {
  it('forgives a few NUL characters and many at the end', () => {
    expect(isBinary('a,b\n1,\u00002\n3,4 and more text')).toBe(false);
    expect(isBinary(`a,b\n1,2\n${'\u0000'.repeat(500)}`)).toBe(false);
    expect(isBinary('a\u0001b\u0001c\n1\u00012\u00013\n')).toBe(false);
    expect(isBinary('\u0000\u0003x\u0000\u0004\u0000')).toBe(true);
  });
});
