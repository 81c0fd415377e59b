import { describe, expect, it } from 'vitest';
import { guessNotation, type NotationChoice } from '../../src/data/guess-notation';
import { makeRaw } from './open-text';

type Columns = Readonly<Record<string, readonly string[]>>;

function guess(columns: Columns, choice: NotationChoice = {}): readonly [string, string] {
  const { decimalMark, thousandsMark } = guessNotation(makeRaw(columns), ['NA'], choice);
  return [decimalMark.value, thousandsMark.value];
}

describe('the notation of numbers', () => {
  it.each<[string, Columns, string, string]>([
    ['has a point without thousands marks by default', { a: ['1', '2'], b: ['x', 'y'] }, '.', ''],
    ['has a decimal point', { a: ['1.5', '2.25', 'NA'] }, '.', ''],
    ['has a decimal comma', { a: ['1,5', '2,25', 'NA'] }, ',', ''],
    ['has a point before three decimals', { a: ['1.234', '2.345'] }, '.', ''],
    ['has commas between thousands and decimals', { cost: ['6,196.50', '12.00'] }, '.', ','],
    ['has commas between thousands, and numbers below', { cost: ['950', '1,020', '12,400'] }, '.', ','],
    ['has commas between two groups', { n: ['1,234,567', '2,345,678'] }, '.', ','],
    [
      'has commas where another column proves the point',
      { n: ['1,234', '2,345'], b: ['1.5', '2.5'] },
      '.',
      ',',
    ],
    [
      'has points between thousands where another column proves the comma',
      { n: ['1.234'], b: ['1,5'] },
      ',',
      '.',
    ],
    ['has points and commas in one column', { a: ['1.234,5', '17,25'] }, ',', '.'],
    ['has spaces', { a: ['1 234', '999', '12 345,5'] }, ',', ' '],
    ['has no-break spaces', { a: ['1\u00a0234', '999'] }, '.', '\u00a0'],
    ['has narrow no-break spaces', { a: ['1\u202f234,5', '999'] }, ',', '\u202f'],
    ['has apostrophes', { a: ["1'234.50", '999.00'] }, '.', "'"],
  ])('%s', (_, columns, decimalMark, thousandsMark) => {
    expect(guess(columns)).toEqual([decimalMark, thousandsMark]);
  });

  it.each<[string, Columns]>([
    ['one group alone, which could be three decimals', { a: ['1,234', '2,345'] }],
    ['numbers of four digits without a mark', { a: ['1,234', '2345', '999'] }],
    ['a column with a word', { a: ['1,234', '999', 'ward 4'] }],
    ['codes with a zero in front', { a: ['030 123 456', '030 123 457'] }],
    ['dates', { a: ['01.02.2021', '03.04.2021'] }],
  ])('takes no thousands mark from %s', (_, columns) => {
    expect(guess(columns)[1]).toBe('');
  });

  it('is what a person chose, and the other mark gives way', () => {
    expect(guess({ a: ['1,234', '2,345'] }, { thousandsMark: ',' })).toEqual(['.', ',']);
    expect(guess({ a: ['1.234', '2.345'] }, { thousandsMark: '.' })).toEqual([',', '.']);
    expect(guess({ a: ['1.5', '2.5'] }, { decimalMark: ',' })).toEqual([',', '']);
    expect(guess({ a: ['950', '1,020'] }, { thousandsMark: '' })).toEqual(['.', '']);
  });

  it('gives a reason without cell values', () => {
    const { thousandsMark } = guessNotation(makeRaw({ cost: ['950', '1,020'] }), []);
    expect(thousandsMark.reason).toBe('One column has numbers with a mark between thousands.');
  });
});
