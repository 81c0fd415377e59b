import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileDatetimeFormat } from '../../src/data/datetime-format';
import { guessDatetime, guessDigitDate, guessTimeOfDay } from '../../src/data/datetime-guess';

function compile(pattern: string) {
  const format = compileDatetimeFormat(pattern);
  if (format === null) throw new Error(`not a pattern: ${pattern}`);
  return format;
}

const utc = (...args: Parameters<typeof Date.UTC>) => Date.UTC(...args);

describe('compileDatetimeFormat', () => {
  it.each([
    ['yyyy-MM-dd', '2021-03-09', utc(2021, 2, 9)],
    ['dd/MM/yyyy HH:mm', '09/03/2021 14:05', utc(2021, 2, 9, 14, 5)],
    ['M/d/yy', '3/9/68', utc(2068, 2, 9)],
    ['M/d/yy', '3/9/69', utc(1969, 2, 9)],
    ["yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", '2021-03-09T14:05:06.789Z', utc(2021, 2, 9, 14, 5, 6, 789)],
    ['yyyy-MM-dd HH:mm:ss.SSSSSS', '2021-03-09 14:05:06.000001', utc(2021, 2, 9, 14, 5, 6) + 0.001],
    ['dd-MMM-yyyy', '09-Mar-2021', utc(2021, 2, 9)],
    ['ddMONyyyy', '09MAR2021', utc(2021, 2, 9)],
    ['h:mm a, d.M.yyyy', '12:30 AM, 9.3.2021', utc(2021, 2, 9, 0, 30)],
    ['MM/dd/yyyy h:mm a', '03/09/2021 12:30 PM', utc(2021, 2, 9, 12, 30)],
    ['yyyyMMdd', '20210309', utc(2021, 2, 9)],
    ['yyyy', '1951', utc(1951, 0, 1)],
    ['yyyy-MM', '1951-12', utc(1951, 11, 1)],
    ['yyyy-MM-dd HH:mm:ss', '2164-10-23 21:09:00', utc(2164, 9, 23, 21, 9)],
    ['yyyy-MM-dd', '0099-01-02', new Date(0).setUTCFullYear(99, 0, 2)],
    ['yyyy-MM-dd', '1752-02-29', utc(1752, 1, 29)],
  ])('%s reads and writes %s', (pattern, text, ms) => {
    const format = compile(pattern);
    expect(format.parse(text)).toBeCloseTo(ms, 4);
    expect(format.format(format.parse(text))).toBe(text);
  });

  it.each([
    ['yyyy-MM-dd', '2021-02-29'],
    ['yyyy-MM-dd', '2021-13-01'],
    ['yyyy-MM-dd', '2021-1-01'],
    ['dd/MM/yyyy', '31/04/2021'],
    ['HH:mm yyyy', '24:00 2021'],
    ['yyyy-MM-dd', ''],
    ['yyyy-MM-dd', '2021-01-01 '],
  ])('%s refuses %j', (pattern, text) => {
    expect(compile(pattern).parse(text)).toBeNaN();
  });

  it('keeps civil time at the named offset', () => {
    const format = compile("yyyy-MM-dd'T'HH:mm{+01:00}");
    expect(format.parse('2021-03-09T12:00+03:00')).toBe(utc(2021, 2, 9, 10));
    expect(format.parse('2021-03-09T12:00Z')).toBe(utc(2021, 2, 9, 13));
    expect(format.format(utc(2021, 2, 9, 10))).toBe('2021-03-09T10:00+01:00');
  });

  it('writes the nearest moment, so that values between are not all rounded down', () => {
    expect(compile('yyyy-MM-dd').format(utc(2021, 2, 9, 18))).toBe('2021-03-10');
    expect(compile('yyyy').format(utc(2021, 10, 1))).toBe('2022');
    expect(compile('yyyy-MM').format(utc(2021, 11, 30))).toBe('2022-01');
    expect(compile('yyyy-MM-dd HH:mm:ss').format(utc(2021, 2, 9) + 59_999.9)).toBe('2021-03-09 00:01:00');
  });

  it.each(['bogus', 'MM-dd', "yyyy'open", 'yyyyQ'])('refuses the pattern %s', (pattern) => {
    expect(compileDatetimeFormat(pattern)).toBeNull();
  });

  it('reads back what it writes', () => {
    const patterns = [
      'yyyy-MM-dd HH:mm:ss',
      'd/M/yyyy H:mm',
      'dd MON yyyy hh:mm:ss aa',
      "yyyy-MM-dd'T'HH:mm:ss.SSSSSS'+02:00'",
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...patterns),
        fc.double({ min: -5e12, max: 8e12, noNaN: true }),
        (pattern, ms) => {
          const format = compile(pattern);
          const text = format.format(ms);
          expect(format.parse(text)).not.toBeNaN();
          expect(format.format(format.parse(text))).toBe(text);
        },
      ),
    );
  });
});

describe('guessDatetime', () => {
  it.each([
    [['2021-03-09', '2021-12-31'], 'yyyy-MM-dd'],
    [['2021-03-09T01:02:03Z'], "yyyy-MM-dd'T'HH:mm:ss'Z'"],
    [['2021-03-09T01:02:03+02:00', '2021-07-09T01:02:03+02:00'], "yyyy-MM-dd'T'HH:mm:ss'+02:00'"],
    [['2021-03-09T01:02:03+02:00', '2021-07-09T01:02:03+01:00'], "yyyy-MM-dd'T'HH:mm:ss{+02:00}"],
    [['2021-03-09 01:02:03.123', '2021-03-09 01:02:03.5'], 'yyyy-MM-dd HH:mm:ss.SSS'],
    [['13/02/2021', '01/12/2021'], 'dd/MM/yyyy'],
    [['02/13/2021', '12/01/2021'], 'MM/dd/yyyy'],
    [['2/13/2021', '12/01/2021'], 'M/d/yyyy'],
    [['09.03.2021', '31.12.2021'], 'dd.MM.yyyy'],
    [['09-Mar-2021', '10-Apr-2021'], 'dd-MMM-yyyy'],
    [['09-MAR-21', '10-APR-21'], 'dd-MON-yy'],
    [['9 Mar 2021', '10 Apr 2021'], 'd MMM yyyy'],
    [['Mar 9, 2021', 'Apr 10, 2021'], 'MMM d, yyyy'],
    [['3/19/2021 1:05 PM', '12/1/2021 11:59 AM'], 'M/d/yyyy h:mm a'],
    [['13/2/21 9:05'], 'd/M/yy H:mm'],
  ])('%j → %s', (texts, pattern) => {
    expect(guessDatetime(texts, false)).toEqual({ pattern, ambiguous: false });
  });

  it('says when day and month could be swapped and follows the hint', () => {
    expect(guessDatetime(['01/02/2021', '03/04/2021'], true)).toEqual({
      pattern: 'dd/MM/yyyy',
      ambiguous: true,
    });
    expect(guessDatetime(['01/02/2021', '03/04/2021'], false)).toEqual({
      pattern: 'MM/dd/yyyy',
      ambiguous: true,
    });
  });

  it.each([
    [['13/02/2021', '02/13/2021']],
    [['2021-03-09', 'soon']],
    [['word']],
    [['1.5', '2.5']],
    [['12:30', '13:45']],
    [['10/3', '5/2']],
    [[]],
  ])('%j is no date', (texts) => {
    expect(guessDatetime(texts, true)).toBeNull();
  });
});

describe('guessTimeOfDay', () => {
  it.each([
    [['12:30', '23:45', '00:00'], 'HH:mm'],
    [['9:05', '13:45'], 'H:mm'],
    [['12:30:01', '03:45:59'], 'HH:mm:ss'],
    [['9:30:01', '13:45:59'], 'H:mm:ss'],
    [['9:05', '09:45'], null],
    [['12:30', '24:00'], null],
    [['12:30', '12:60'], null],
    [['12:30', '12:30:15'], null],
    [[], null],
  ])('%j → %s', (texts, pattern) => {
    expect(guessTimeOfDay(texts)).toBe(pattern);
  });

  it('is held as milliseconds since midnight', () => {
    expect(compile('HH:mm').parse('13:45')).toBe((13 * 60 + 45) * 60_000);
    expect(compile('HH:mm').format((13 * 60 + 45) * 60_000)).toBe('13:45');
    expect(compileDatetimeFormat('dd HH:mm')).toBeNull();
  });
});

describe('guessDigitDate', () => {
  it('takes digits only when every one is a calendar date of our time', () => {
    expect(guessDigitDate(['20210309', '19991231'])).toBe('yyyyMMdd');
    expect(guessDigitDate(['1951', '2020'])).toBe('yyyy');
    expect(guessDigitDate(['20211309', '19991231'])).toBeNull();
    expect(guessDigitDate(['1200', '3000'])).toBeNull();
    expect(guessDigitDate([])).toBeNull();
  });
});
