import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import type { ColumnType } from '../../src/data/schema';
import { readBound, writeBound } from '../../src/data/bound-text';
import { makeColumnSchema } from '../column-schema';

const column = (type: ColumnType) => makeColumnSchema('x', type);

describe('bounds as typed', () => {
  it('reads dates that exist and no others', () => {
    const date = column('datetime');
    expect(readBound(date, '2024-02-29')).toBe(Date.UTC(2024, 1, 29));
    expect(readBound(date, '2024-02-29 23:59')).toBe(Date.UTC(2024, 1, 29, 23, 59));
    for (const text of ['2023-02-29', '2024-13-01', '2024-1-1', '2024-01-01 24:00', 'soon', '']) {
      expect(readBound(date, text), text).toBeNull();
    }
  });

  it('reads and writes times of day without a date', () => {
    const time = { ...column('datetime'), format: 'HH:mm' };
    expect(readBound(time, '07:30')).toBe(450 * 60_000);
    expect(writeBound(time, 450 * 60_000)).toBe('07:30');
    expect(writeBound(time, 450 * 60_000 + 5000)).toBe('07:30:05');
    for (const text of ['24:00', '7:30', '2024-02-29', '']) expect(readBound(time, text), text).toBeNull();
  });

  it('reads numbers and no other text', () => {
    const number = column('continuous');
    expect(readBound(number, ' −1.5 ')).toBe(-1.5);
    for (const text of ['', '1,5', '12x', 'NaN', 'Infinity'])
      expect(readBound(number, text), text).toBeNull();
  });

  it('reads back what it wrote', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(readBound(column('continuous'), writeBound(column('continuous'), value))).toBe(
          value === 0 ? 0 : value,
        );
      }),
    );
    fc.assert(
      fc.property(
        fc.integer({ min: Date.UTC(1000, 0, 1) / 1000, max: Date.UTC(9000, 0, 1) / 1000 }),
        (seconds) => {
          const date = column('datetime');
          expect(readBound(date, writeBound(date, seconds * 1000))).toBe(seconds * 1000);
        },
      ),
    );
  });
});
