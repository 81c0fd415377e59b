import { describe, expect, it } from 'vitest';
import {
  formatBytes,
  formatCount,
  formatDuration,
  formatItems,
  formatNumber,
  formatShare,
} from '../../../src/ui/parts/NumberText';

/** Narrow no-break spaces as plain ones, so that expectations can be read. */
const plain = (text: string) => text.replaceAll('\u202f', ' ');

describe('counts', () => {
  it.each([
    [0, '0'],
    [1234, '1234'],
    [12345, '12 345'],
    [1234567, '1 234 567'],
    [-54321, '−54 321'],
    [0.6, '1'],
  ])('%d reads %s', (value, text) => expect(plain(formatCount(value))).toBe(text));

  it('takes the singular for one only', () => {
    expect(formatItems(1, 'row')).toBe('1 row');
    expect(formatItems(0, 'row')).toBe('0 rows');
    expect(formatItems(2, 'entry', 'entries')).toBe('2 entries');
  });
});

describe('shares', () => {
  it.each([
    [0, '0 %'],
    [1, '100 %'],
    [0.5, '50 %'],
    [0.1234, '12.3 %'],
    [0.0004, '< 0.1 %'],
    [0.9999, '> 99.9 %'],
  ])('%d reads %s', (fraction, text) => expect(plain(formatShare(fraction))).toBe(text));

  it('never calls a part the whole or nothing, at any number of decimals', () => {
    expect(plain(formatShare(0.999, 0))).toBe('> 99 %');
    expect(plain(formatShare(0.001, 0))).toBe('< 1 %');
  });
});

describe('numbers', () => {
  it.each([
    [0, '0'],
    [3.14159, '3.142'],
    [-0.5, '−0.5'],
    [123456, '123 456'],
    [0.000012, '1.20e−5'],
    [NaN, '–'],
    [Infinity, '–'],
  ])('%d reads %s', (value, text) => expect(plain(formatNumber(value))).toBe(text));
});

describe('durations', () => {
  it.each([
    [0, '0 s'],
    [400, '0.4 s'],
    [59_400, '59 s'],
    [59_600, '1 min'],
    [200_000, '3 min 20 s'],
    [3_540_000, '59 min'],
    [3_599_000, '1 h'],
    [3_900_000, '1 h 5 min'],
    [-1, '–'],
    [NaN, '–'],
  ])('%d ms reads %s', (ms, text) => expect(formatDuration(ms)).toBe(text));
});

describe('bytes', () => {
  it.each([
    [1, '1 byte'],
    [999, '999 bytes'],
    [1500, '1.5 kB'],
    [999_600, '1.0 MB'],
    [137_000, '137 kB'],
    [2_500_000_000, '2.5 GB'],
  ])('%d reads %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text));
});
