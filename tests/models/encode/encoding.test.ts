import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Table } from '../../../src/data/table';
import { isMissing } from '../../../src/data/table';
import { Rng } from '../../../src/math/rng';
import { decodeRows, drawRows } from '../../../src/models/encode/decode-rows';
import { encodeRows, writeAlphaMask, writeMatrix } from '../../../src/models/encode/encode-rows';
import { blocksOf, type NumberEncoding } from '../../../src/models/encode/encoding';
import { fitEncoding } from '../../../src/models/encode/fit-encoding';
import { entry, levels, makePatients, numbers } from '../neural/fixtures';

const rng = () => Rng.fromSeed('encode');

function fitOne(
  values: ArrayLike<number>,
  decimals = 0,
  type: 'integer' | 'continuous' | 'datetime' = 'integer',
) {
  const table: Table = { nRows: values.length, columns: [numbers('x', values)] };
  const encoding = fitEncoding(table, { version: 1, columns: [entry('x', type, decimals)] });
  return { table, encoding, column: encoding.columns[0] as NumberEncoding };
}

function valuesOf(table: Table): number[] {
  const column = table.columns[0];
  return column?.kind === 'number' ? [...column.values] : [];
}

describe('modes of a number', () => {
  it('are single values for a short scale, and decode exactly', () => {
    const values = Array.from({ length: 100 }, (_, i) => 1 + (i % 4));
    const { table, encoding, column } = fitOne(values);
    expect(column.atoms).toEqual([1, 2, 3, 4]);
    expect(column.gaussians).toEqual([]);
    expect(encoding).toMatchObject({ nAlpha: 0, width: 4 });
    expect(
      valuesOf(decodeRows(encodeRows(table, encoding, rng()), encoding, Rng.fromSeed('values'))),
    ).toEqual(values);
  });

  it('give a spike of zeros a mode of its own beside Gaussians', () => {
    const values = Array.from({ length: 1000 }, (_, i) => (i % 2 === 0 ? 0 : 100 + ((i * 37) % 400)));
    const { table, encoding, column } = fitOne(values);
    expect(column.atoms).toEqual([0]);
    expect(column.gaussians.length).toBeGreaterThan(0);
    const decoded = valuesOf(
      decodeRows(encodeRows(table, encoding, rng()), encoding, Rng.fromSeed('values')),
    );
    expect(decoded.filter((value) => value === 0)).toHaveLength(500);
  });

  it('give no mode of its own to a value with fewer than five rows', () => {
    const values = [...Array.from({ length: 600 }, (_, i) => i % 3), 7, 7, 7, 7];
    const { table, encoding, column } = fitOne(values);
    expect(column.atoms).toEqual([0, 1, 2]);
    const decoded = valuesOf(
      decodeRows(encodeRows(table, encoding, rng()), encoding, Rng.fromSeed('values')),
    );
    expect(decoded.slice(600)).toEqual([2, 2, 2, 2]);
  });

  it('hold nothing but missing when every value is missing', () => {
    const { table, encoding } = fitOne([NaN, NaN, NaN]);
    expect(encoding.width).toBe(1);
    expect(
      valuesOf(decodeRows(encodeRows(table, encoding, rng()), encoding, Rng.fromSeed('values'))),
    ).toEqual([NaN, NaN, NaN]);
  });

  it('hold one value for a constant', () => {
    const { table, encoding } = fitOne([5, 5, 5]);
    expect(
      valuesOf(decodeRows(encodeRows(table, encoding, rng()), encoding, Rng.fromSeed('values'))),
    ).toEqual([5, 5, 5]);
  });
});

describe('decoding', () => {
  it('brings numbers back within rounding where positions are not clipped, and into range always', () => {
    fc.assert(
      fc.property(
        fc.array(fc.option(fc.double({ min: -1e6, max: 1e6, noNaN: true })), { minLength: 1, maxLength: 60 }),
        fc.integer({ min: 0, max: 4 }),
        (cells, decimals) => {
          const scale = 10 ** decimals;
          const values = cells.map((cell) => (cell === null ? NaN : Math.round(cell * scale) / scale));
          const { table, encoding, column } = fitOne(values, decimals, 'continuous');
          const encoded = encodeRows(table, encoding, rng());
          const decoded = valuesOf(decodeRows(encoded, encoding, Rng.fromSeed('values')));
          decoded.forEach((value, row) => {
            const original = values[row] ?? NaN;
            expect(Number.isNaN(value)).toBe(Number.isNaN(original));
            if (Number.isNaN(value)) return;
            expect(value).toBeGreaterThanOrEqual(column.min);
            expect(value).toBeLessThanOrEqual(column.max);
            expect(Math.abs(Math.round(value * scale) / scale - value)).toBeLessThanOrEqual(1e-9 * scale);
            const gaussian = column.gaussians[encoded.codes[0]?.[row] ?? -1];
            const alpha = encoded.alphas[0]?.[row] ?? 0;
            if (gaussian === undefined || Math.abs(alpha) >= 0.98) return;
            const float32 = 4 * gaussian.sd * 2 ** -24 + 1e-9 * Math.abs(original);
            expect(Math.abs(value - original)).toBeLessThanOrEqual(0.5000001 / scale + float32);
          });
        },
      ),
    );
  });

  it('keeps dates on whole days', () => {
    const day = 86_400_000;
    const values = Array.from({ length: 300 }, (_, i) => day * (15_000 + ((i * 61) % 900)));
    const { encoding } = fitOne(values, 0, 'datetime');
    const logits = new Float32Array(50 * encoding.width).map((_, i) => Math.sin(i));
    const drawn = drawRows(
      { nRows: 50, values: logits, sigmas: new Float32Array([0.3]), choice: 'softmax' },
      encoding,
      rng(),
    );
    for (const value of valuesOf(decodeRows(drawn, encoding, Rng.fromSeed('values'))))
      expect(value % day).toBe(0);
  });

  it('takes the likeliest indicator where that is asked for', () => {
    const table: Table = { nRows: 3, columns: [levels('c', [0, 1, 2], ['a', 'b', 'c'])] };
    const encoding = fitEncoding(table, { version: 1, columns: [entry('c', 'categorical')] });
    const values = Float32Array.of(0.1, 0.2, 0, 3, 0.2, 2.9, 0, 0, 0.1);
    const drawn = drawRows({ nRows: 3, values, sigmas: null, choice: 'argmax' }, encoding, rng());
    expect([...(drawn.codes[0] ?? [])]).toEqual([1, 0, 2]);
  });

  it('draws indicators by their softmax', () => {
    const table: Table = { nRows: 4, columns: [levels('c', [0, 1, 2, -1], ['a', 'b', 'c'])] };
    const encoding = fitEncoding(table, { version: 1, columns: [entry('c', 'categorical')] });
    const shares = [0.1, 0.2, 0.3, 0.4];
    const n = 40_000;
    const values = Float32Array.from({ length: n * 4 }, (_, i) => Math.log(shares[i % 4] ?? 1));
    const codes =
      drawRows({ nRows: n, values, sigmas: null, choice: 'softmax' }, encoding, rng()).codes[0] ?? [];
    shares.forEach((share, k) => {
      const n4 = [...codes].filter((code) => code === k).length;
      expect(Math.abs(n4 / n - share)).toBeLessThan(4 * Math.sqrt((share * (1 - share)) / n));
    });
  });
});

describe('the matrix', () => {
  const { table, schema } = makePatients(300);
  const encoding = fitEncoding(table, schema);
  const encoded = encodeRows(table, encoding, rng());

  it('has exactly one indicator a block and positions inside ± 0.99', () => {
    const rows = Uint32Array.from({ length: 300 }, (_, i) => i);
    const matrix = new Float32Array(300 * encoding.width).fill(7);
    writeMatrix(encoded, encoding, rows, matrix);
    for (let row = 0; row < 300; row++) {
      const line = matrix.subarray(row * encoding.width, (row + 1) * encoding.width);
      for (const block of blocksOf(encoding)) {
        const part = [...line.subarray(block.offset, block.offset + block.width)];
        expect(part.reduce((sum, value) => sum + value, 0)).toBe(1);
        expect(part.every((value) => value === 0 || value === 1)).toBe(true);
      }
      for (const alpha of line.subarray(0, encoding.nAlpha))
        expect(Math.abs(alpha)).toBeLessThanOrEqual(0.99);
    }
  });

  it('masks positions of spikes and missing values', () => {
    const rows = Uint32Array.from({ length: 300 }, (_, i) => i);
    const mask = new Float32Array(300 * encoding.nAlpha);
    writeAlphaMask(encoded, encoding, rows, mask);
    const positioned = encoding.segments.filter((segment) => segment.kind === 'alpha');
    positioned.forEach((segment, j) => {
      const column = table.columns[segment.column];
      if (column === undefined) throw new Error('no column');
      for (let row = 0; row < 300; row++) {
        if (isMissing(column, row)) expect(mask[row * encoding.nAlpha + j]).toBe(0);
      }
    });
    const cost = positioned.findIndex((segment) => table.columns[segment.column]?.name === 'cost');
    const source = table.columns[2];
    const zeros = source?.kind === 'number' ? source.values : [];
    for (let row = 0; row < 300; row++) {
      expect(mask[row * encoding.nAlpha + cost]).toBe(zeros[row] === 0 ? 0 : 1);
    }
  });

  it('refuses a table without columns and a schema of other columns', () => {
    expect(() => fitEncoding({ nRows: 3, columns: [] }, { version: 1, columns: [] })).toThrow(
      /No rows or columns/,
    );
    expect(() => fitEncoding(table, { version: 1, columns: [entry('other', 'integer', 0)] })).toThrow(
      /no entry/,
    );
  });
});
