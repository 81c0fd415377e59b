import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Table } from '../../../src/data/table';
import { Rng } from '../../../src/math/rng';
import { decodeRows } from '../../../src/models/encode/decode-rows';
import { encodeRows } from '../../../src/models/encode/encode-rows';
import { blocksOf, type BinnedEncoding, type Encoding } from '../../../src/models/encode/encoding';
import { fitEncoding } from '../../../src/models/encode/fit-encoding';
import { roundRange } from '../../../src/models/encode/rounding';
import { entry, makePatients, numbers } from '../neural/fixtures';

const rng = () => Rng.fromSeed('binned');

function fitOne(values: ArrayLike<number>, decimals = 0) {
  const table: Table = { nRows: values.length, columns: [numbers('x', values)] };
  const schema = { version: 1, columns: [entry('x', decimals === 0 ? 'integer' : 'continuous', decimals)] };
  const encoding = fitEncoding(table, schema as never, 'bins');
  return { table, encoding, column: encoding.columns[0] as BinnedEncoding };
}

function redraw(table: Table, encoding: Encoding): number[] {
  const column = decodeRows(encodeRows(table, encoding, rng()), encoding, rng()).columns[0];
  return column?.kind === 'number' ? [...column.values] : [];
}

describe('numbers in bins', () => {
  it('need no positions, and one block a column', () => {
    const { table, schema } = makePatients(400);
    const encoding = fitEncoding(table, schema, 'bins');
    expect(encoding.nAlpha).toBe(0);
    expect(blocksOf(encoding).map((block) => block.column)).toEqual(table.columns.map((_, i) => i));
  });

  it('write no number that fewer than ten rows share but one of their range', () => {
    const values = Array.from({ length: 900 }, (_, i) =>
      i < 450 ? 0 : i < 459 ? 77_777 : (i * 7919) % 5000,
    );
    const { table, encoding, column } = fitOne(values);
    expect([...column.codes.atoms]).toEqual([0]);
    expect(redraw(table, encoding).filter((value) => value === 77_777).length).toBeLessThan(3);
  });

  it('give a short scale a group for each of its values, and return them as they were', () => {
    const values = Array.from({ length: 300 }, (_, i) => 1 + ((i * 7) % 5));
    const { table, encoding, column } = fitOne(values);
    expect([column.isScale, column.nGroups]).toEqual([true, 5]);
    expect(redraw(table, encoding)).toEqual(values);
  });

  it('keep missing values missing and no other', () => {
    const values = Array.from({ length: 500 }, (_, i) => (i % 3 === 0 ? NaN : (i * 31) % 400));
    const { table, encoding, column } = fitOne(values);
    expect(column.hasMissing).toBe(true);
    redraw(table, encoding).forEach((value, i) => expect(Number.isNaN(value)).toBe(i % 3 === 0));
  });

  it('return each number to its group: decoding and coding again changes no code', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 40, max: 300 }), (seed, n) => {
        const stream = Rng.fromSeed(seed);
        const { table, encoding } = fitOne(
          Float64Array.from({ length: n }, () => Math.exp(stream.normal())),
          2,
        );
        const coded = encodeRows(table, encoding, rng());
        const again = encodeRows(decodeRows(coded, encoding, rng()), encoding, rng());
        const moved = coded.codes[0]?.filter((code, i) => code !== again.codes[0]?.[i]).length ?? NaN;
        // A value on the edge of two bins may be rounded into the neighbour.
        expect(moved / n).toBeLessThan(0.1);
      }),
      { numRuns: 40 },
    );
  });

  it('keep the distribution far within a group', () => {
    const stream = rng();
    const values = Float64Array.from({ length: 5000 }, () =>
      Math.round(1000 * Math.exp(2 * stream.normal())),
    );
    const { table, encoding } = fitOne(values);
    const [before, after] = [
      [...values].sort((a, b) => a - b),
      redraw(table, encoding).sort((a, b) => a - b),
    ];
    const shareBelow = (sorted: number[], x: number) => sorted.filter((value) => value <= x).length / 5000;
    const gap = Math.max(...before.map((x) => Math.abs(shareBelow(before, x) - shareBelow(after, x))));
    expect(gap).toBeLessThan(0.012);
  });
});

describe('a range brought to values of the column', () => {
  it.each([
    [1.5, 80.5, { kind: 'decimals', decimals: 0 }, { min: 2, max: 80 }],
    [1, 80, { kind: 'decimals', decimals: 0 }, { min: 1, max: 80 }],
    [0.125, 0.375, { kind: 'decimals', decimals: 2 }, { min: 0.13, max: 0.37 }],
    [43_200_000, 129_600_000, { kind: 'multiples', step: 86_400_000 }, { min: 86_400_000, max: 86_400_000 }],
    [0.4, 0.6, { kind: 'decimals', decimals: 0 }, { min: 0.4, max: 0.6 }],
  ] as const)('%d to %d', (min, max, rounding, expected) => {
    expect(roundRange(min, max, rounding)).toEqual(expected);
  });
});
