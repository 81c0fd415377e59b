import { describe, expect, it } from 'vitest';
import { guessQuoting } from '../../src/data/guess-quoting';
import { plainFormat } from '../../src/data/text-format';
import { openBytes } from './open-text';

describe('guessQuoting', () => {
  it.each([
    ['nothing quoted', 'a,b\n1,x\n', ',', 'needed'],
    ['quoted where needed', 'a,b\n1,"x, y"\n2,z\n3,"a ""b"""\n', ',', 'needed'],
    ['all quoted', '"a","b"\n"1","x"\n"2",""\n', ',', 'all'],
    ['all quoted, the sample ends in mid-cell', '"a";"b"\r\n"1";"x"\r\n"2";"y', ';', 'all'],
    ['texts quoted, numbers and NA bare, as R writes', '"id","b"\n"1",2.5\n"x",NA\n"y",\n', ',', 'text'],
    ['texts quoted, decimal commas bare', '"id";"b"\n"x";2,5\n"y";3\n', ';', 'text'],
    ['one bare text among quoted ones', '"a","b"\nx,1\n"y",2\n', ',', 'needed'],
    ['one column, all quoted', '"a"\n"x"\n"y"\n', ',', 'all'],
    ['a delimiter that expressions know', '"a"^"b"\n"1"^"x"\n', '^', 'all'],
    ['a backslash', '"a"\\"b"\n"1"\\"x"\n', '\\', 'all'],
    ['a blank before the quote', '"a", "b"\n"x", "y"\n', ',', 'all'],
    ['a stray quote', 'a,b\n5",6\n7,8\n', ',', 'needed'],
  ])('%s', (_, sample, delimiter, quoting) => {
    expect(guessQuoting(sample, plainFormat(delimiter)).value).toBe(quoting);
  });

  it('sees single quotes, and what stands after a backslash', () => {
    const single = { ...plainFormat(';'), quote: "'" } as const;
    expect(guessQuoting("'a';'b'\n'1';'it''s'\n", single).value).toBe('all');
    const escaped = { ...plainFormat(','), escape: 'backslash' } as const;
    expect(guessQuoting('"a","b"\n"1","say \\"x\\", y"\n', escaped).value).toBe('all');
    expect(guessQuoting('a,b\n1,"say \\"x\\""\n2,y\n', escaped).value).toBe('needed');
  });

  it('is as needed where nothing can be quoted', () => {
    expect(guessQuoting('"a","b"\n', { ...plainFormat(','), quote: null }).value).toBe('needed');
  });
});

describe('headers as written', () => {
  it('are kept beside the names made of them', async () => {
    const { opened } = await openBytes('a,a,,b\n1,2,3,x\n4,5,6,y\n');
    expect(opened.headers).toEqual(['a', 'a_2', 'column_3', 'b']);
    expect(opened.writtenHeaders).toEqual(['a', 'a', '', 'b']);
    expect(opened.dialect.quoting.value).toBe('needed');
  });

  it('are the names where the file has none', async () => {
    const { opened } = await openBytes('1.5,2\n3.5,4\n');
    expect(opened.writtenHeaders).toEqual(['column_1', 'column_2']);
  });
});
