import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countDecimals, formatNumber, isNumberText, parseNumber } from '../../src/data/number-text';

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
    expect(parseNumber(text, '.')).toBe(value);
  });

  it.each(['', '12x', '1,234', '1 000', 'Infinity', 'NaN', '0x10', '--1', '1.2.3', '1e', '$5', '5 %'])(
    'refuses %j',
    (text) => {
      expect(parseNumber(text, '.')).toBeNaN();
    },
  );

  it('reads a decimal comma only when told', () => {
    expect(parseNumber('1,5', ',')).toBe(1.5);
    expect(isNumberText('1.5', ',')).toBe(false);
  });

  it.each([
    ['1.50', 2],
    ['7', 0],
    ['2.50e-01', 3],
    ['1.5e3', 0],
    ['0.1234567890123456789', 15],
  ])('counts the decimals of %s', (text, n) => {
    expect(countDecimals(text, '.')).toBe(n);
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
    expect(formatNumber(value, { mark: '.', decimals, minDecimals })).toBe(text);
  });

  it('reads back what it writes', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1e9, max: 1e9 }),
        fc.nat(6),
        fc.constantFrom('.' as const, ',' as const),
        (n, decimals, mark) => {
          const value = Number((n / 10 ** decimals).toFixed(decimals));
          const text = formatNumber(value, { mark, decimals, minDecimals: 0 });
          expect(parseNumber(text, mark)).toBe(value === 0 ? 0 : value);
        },
      ),
    );
  });
});
