import { describe, expect, it } from 'vitest';
import { readWhole } from '../../../src/ui/steps/export/read-whole';
import { readPreview } from '../../../src/ui/steps/synthetic/read-preview';

describe('readPreview', () => {
  it('reads quoted delimiters, doubled quotes and line breaks', () => {
    expect(readPreview('a,b\r\n"x,1","say ""no"""\n"two\nlines",\n', ',', 9)).toEqual([
      ['a', 'b'],
      ['x,1', 'say "no"'],
      ['two\nlines', ''],
    ]);
  });

  it('reads CR line ends, also within quotes', () => {
    expect(readPreview('a,b\r"x\ry",1\r', ',', 9)).toEqual([
      ['a', 'b'],
      ['x\ry', '1'],
    ]);
  });

  it('stops at the rows asked for, and needs no last line break', () => {
    expect(readPreview('1;2\n3;4\n5;6', ';', 2)).toEqual([
      ['1', '2'],
      ['3', '4'],
    ]);
    expect(readPreview('1\t2', '\t', 2)).toEqual([['1', '2']]);
    expect(readPreview('', ',', 5)).toEqual([]);
  });
});

describe('readWhole', () => {
  it.each([
    ['1000', 1000],
    ['1 000 000', 1_000_000],
    ['1\u202f000', 1000],
  ])('reads "%s"', (text, value) => {
    expect(readWhole(text, 1, 1_000_000)).toBe(value);
  });

  it.each(['', '0', '1000001', '-5', '1.5', '1e3', 'all'])('refuses "%s"', (text) => {
    expect(readWhole(text, 1, 1_000_000)).toBeNull();
  });
});
