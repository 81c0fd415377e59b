import { describe, expect, it } from 'vitest';
import { Rng } from '../../../src/math/rng';
import { encodeRows } from '../../../src/models/encode/encode-rows';
import { fitEncoding } from '../../../src/models/encode/fit-encoding';
import {
  ConditionSource,
  drawConditions,
  empiricalCumulative,
  layOutConditions,
  writeConditions,
} from '../../../src/models/neural/conditions';
import { entry, levels, makePatients } from './fixtures';

const { table, schema } = makePatients(400);
const encoding = fitEncoding(table, schema);
const rows = encodeRows(table, encoding, Rng.fromSeed('rows'));

describe('conditions', () => {
  it('cover the columns without positions, one after the other, each with its own places', () => {
    const { columns, width } = layOutConditions(encoding);
    expect(columns.map(({ column }) => table.columns[column]?.name)).toEqual([
      'grade',
      'stage',
      'dead',
      'site',
    ]);
    // grade has four values; stage three levels and missing; dead two; site one.
    expect(columns.map((column) => [column.offset, column.width])).toEqual([
      [0, 4],
      [4, 4],
      [8, 2],
      [10, 1],
    ]);
    expect(width).toBe(11);
  });

  it('set one place a row, at the offset of their own column', () => {
    const source = new ConditionSource(encoding, rows);
    const draw = source.draw(200, Rng.fromSeed('draw'));
    const matrix = new Float32Array(200 * (source.width + 3));
    writeConditions(draw, source.columns, matrix, source.width + 3, 3);
    for (let row = 0; row < 200; row++) {
      const line = [...matrix.subarray(row * (source.width + 3), (row + 1) * (source.width + 3))];
      const column = source.columns[draw.columns[row] ?? -1];
      const place = 3 + (column?.offset ?? NaN) + (draw.codes[row] ?? NaN);
      expect(line.map((value, i) => (value === 1 ? i : -1)).filter((i) => i >= 0)).toEqual([place]);
    }
  });

  it('are met by the train rows drawn for them, in any order', () => {
    const source = new ConditionSource(encoding, rows);
    const rng = Rng.fromSeed('rows for');
    const draw = source.draw(300, rng);
    const order = rng.permutation(300);
    source.drawRows(draw, order, rng).forEach((row, i) => {
      const place = order[i] ?? -1;
      const column = source.columns[draw.columns[place] ?? -1];
      expect(rows.codes[column?.column ?? -1]?.[row]).toBe(draw.codes[place]);
    });
  });

  const skewed = {
    nRows: 1000,
    columns: [
      levels(
        'c',
        Int32Array.from({ length: 1000 }, (_, i) => (i < 10 ? 1 : i < 110 ? 2 : 0)),
        ['a', 'b', 'c'],
      ),
    ],
  };
  const skewedEncoding = fitEncoding(skewed, { version: 1, columns: [entry('c', 'categorical')] });
  const skewedSource = new ConditionSource(
    skewedEncoding,
    encodeRows(skewed, skewedEncoding, Rng.fromSeed(1)),
  );
  const sharesOf = (codes: Int32Array) =>
    [0, 1, 2].map((k) => codes.filter((code) => code === k).length / codes.length);

  it('take levels by the logarithm of their counts in training', () => {
    const shares = sharesOf(skewedSource.draw(40_000, Rng.fromSeed('log')).codes);
    const logs = [890, 10, 100].map((count) => Math.log1p(count));
    const total = logs.reduce((sum, value) => sum + value, 0);
    logs.forEach((value, k) => expect(shares[k]).toBeCloseTo(value / total, 1.8));
  });

  it('take levels by their counts, not logarithms, in generation', () => {
    const draw = drawConditions(
      40_000,
      empiricalCumulative(skewedSource.frequencies),
      Rng.fromSeed('counts'),
    );
    const shares = sharesOf(draw.codes);
    [0.89, 0.01, 0.1].forEach((share, k) => expect(Math.abs((shares[k] ?? 0) - share)).toBeLessThan(0.008));
  });
});
