import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  COMMA,
  countDecimals,
  formatNumber,
  isNumberText,
  parseNumber,
  POINT,
  type NumberNotation,
} from '../../src/data/number-text';

const notations: readonly NumberNotation[] = [
  POINT,
  COMMA,
  { decimalMark: '.', thousandsMark: ',' },
  { decimalMark: ',', thousandsMark: '.' },
  { decimalMark: ',', thousandsMark: '\u202f' },
  { decimalMark: '.', thousandsMark: "'" },
];

describe('numbers as text', () => {
  it.each([
    ['12', 12],
    ['-0.5', -0.5],
    ['+3', 3],
    ['.5', 0.5],
    ['5.', 5],
    ['2.500000e-01', 0.25],
    ['1E3', 1000],
  ])('reads %s', (text, value) => {
    expect(parseNumber(text, POINT)).toBe(value);
  });

  it.each(['', '12x', '1,234', '1 000', 'Infinity', 'NaN', '0x10', '--1', '1.2.3', '1e', '$5', '5 %'])(
    'refuses %j',
    (text) => {
      expect(parseNumber(text, POINT)).toBeNaN();
    },
  );

  it('reads a decimal comma only when told', () => {
    expect(parseNumber('1,5', COMMA)).toBe(1.5);
    expect(isNumberText('1.5', COMMA)).toBe(false);
  });

  it.each([
    ['1,234', '.', ',', 1234],
    ['-12,345,678.5', '.', ',', -12345678.5],
    ['999', '.', ',', 999],
    ['1.234,5', ',', '.', 1234.5],
    ["1'234'567", '.', "'", 1234567],
    ['1 234,25', ',', ' ', 1234.25],
    ['12\u00a0345', ',', '\u00a0', 12345],
  ] as const)('reads %s under decimals %s and thousands %j', (text, decimalMark, thousandsMark, value) => {
    expect(parseNumber(text, { decimalMark, thousandsMark })).toBe(value);
  });

  it.each(['1,23', '12,34,567', '0,123', ',123', '1,2345', '1234,567', '1,234.5.6', '1,234,'])(
    'takes %s for no grouped number',
    (text) => {
      expect(parseNumber(text, { decimalMark: '.', thousandsMark: ',' })).toBeNaN();
    },
  );

  it.each([
    ['1.50', 2],
    ['7', 0],
    ['2.50e-01', 3],
    ['1.5e3', 0],
    ['0.1234567890123456789', 15],
  ])('counts the decimals of %s', (text, n) => {
    expect(countDecimals(text, POINT)).toBe(n);
  });

  it.each([
    [1.5, 2, 0, '1.5'],
    [1.5, 2, 2, '1.50'],
    [40, 0, 1, '40.0'],
    [100, 0, 0, '100'],
    [-0.001, 2, 0, '0'],
    [-0.001, 2, 2, '0.00'],
    [1e21, 0, 0, '1000000000000000000000'],
    [0.1 + 0.2, 3, 0, '0.3'],
  ])('writes %d with %d decimals, at least %d', (value, decimals, minDecimals, text) => {
    expect(formatNumber(value, { ...POINT, decimals, minDecimals })).toBe(text);
  });

  it('reads back what it writes', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1e9, max: 1e9 }),
        fc.nat(6),
        fc.constantFrom(...notations),
        (n, decimals, notation) => {
          const value = Number((n / 10 ** decimals).toFixed(decimals));
          const text = formatNumber(value, { ...notation, decimals, minDecimals: 0 });
          expect(parseNumber(text, notation)).toBe(value === 0 ? 0 : value);
        },
      ),
    );
  });
});
