import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { overlayColumns, type ColumnOverlay } from '../../../src/data/overlay-columns';
import type { Column } from '../../../src/data/table';
import { coarsenOverlay, MIN_ROWS } from '../../../src/platform/projects/file/coarsen-overlay';
import { makeColumnSchema } from '../../column-schema';

const N = 100;

/** A picture of so many rows of train, of N in all. */
function picture(labels: readonly string[], nRows: readonly number[], nMissing = 0): ColumnOverlay {
  const share = (n: number) => n / N;
  return {
    column: 'x',
    labels,
    train: nRows.map(share),
    synthetic: nRows.map(() => 1 / nRows.length),
    trainMissing: share(nMissing),
    syntheticMissing: 0,
  };
}

const rowsOf = ({ train, trainMissing }: ColumnOverlay, n = N) =>
  [...train, trainMissing].map((share) => Math.round(share * n));
const told = (overlay: ColumnOverlay, isNumeric = false) =>
  coarsenOverlay(overlay, N, isNumeric).map((each) => [each.labels, rowsOf(each)]);

describe('a picture of levels that leaves without its source', () => {
  it('is left as it is where every level has five rows', () => {
    const overlay = picture(['a', 'b', 'c'], [60, 35, 5]);
    expect(coarsenOverlay(overlay, N, false)).toEqual([overlay]);
  });

  it('puts rare levels together, with the rest that has no name already', () => {
    expect(told(picture(['a', 'b', 'c', 'd'], [60, 34, 3, 3]))).toEqual([
      [
        ['a', 'b', 'other levels'],
        [60, 34, 6, 0],
      ],
    ]);
    const many = Array.from({ length: 11 }, (_, i) => `l${i}`);
    const [pooled] = coarsenOverlay(
      picture([...many, '7 other levels'], [30, 20, 5, 5, 5, 5, 5, 5, 5, 5, 3, 7]),
      N,
      false,
    );
    expect(pooled?.labels.slice(-2)).toEqual(['l9', 'other levels']);
    expect(pooled && rowsOf(pooled).slice(-2)).toEqual([10, 0]);
  });

  it('takes the next rarest level in where the rare ones are too few together', () => {
    expect(told(picture(['a', 'b', 'c', 'd'], [60, 28, 10, 2]))).toEqual([
      [
        ['a', 'b', 'other levels'],
        [60, 28, 12, 0],
      ],
    ]);
    expect(told(picture(['a', 'b'], [97, 3]))).toEqual([]);
  });

  it('names no level without a row of train', () => {
    expect(told(picture(['a', 'b', 'only in the holdout'], [60, 40, 0]))).toEqual([
      [
        ['a', 'b', 'other levels'],
        [60, 40, 0, 0],
      ],
    ]);
  });

  it('tells a few missing values with a slot, never by themselves', () => {
    expect(told(picture(['a', 'b'], [60, 37], 3))).toEqual([
      [
        ['a', 'b, or missing'],
        [60, 40, 0],
      ],
    ]);
    expect(told(picture(['a', 'b'], [60, 35], 5))[0]?.[1]).toEqual([60, 35, 5]);
    expect(told(picture([], [], 3))).toEqual([]);
  });
});

describe('a picture of numbers that leaves without its source', () => {
  const bins = Array.from({ length: 8 }, (_, i) => `${i * 10} to ${i * 10 + 9}`);

  it('puts inner slots of few rows together with those after them, and keeps slots without any', () => {
    expect(told(picture(bins, [10, 10, 3, 1, 30, 0, 26, 20]), true)).toEqual([
      [
        ['≤ 19', '20 to 49', '50 to 59', '≥ 60'],
        [20, 34, 0, 46, 0],
      ],
    ]);
  });

  it('puts those that are left at the end together with the last', () => {
    expect(told(picture(bins, [10, 10, 30, 24, 2, 1, 3, 20]), true)).toEqual([
      [
        ['≤ 19', '20 to 29', '30 to 39', '≥ 40'],
        [20, 30, 24, 26, 0],
      ],
    ]);
  });

  it('tells a few missing values with a slot', () => {
    const [each] = coarsenOverlay(picture(bins, [10, 10, 30, 27, 0, 0, 10, 10], 3), N, true);
    expect(each?.labels.filter((label) => label.endsWith(', or missing'))).toHaveLength(1);
    expect(each?.trainMissing).toBe(0);
  });

  it('is left out where its ends would be values of single rows', () => {
    expect(coarsenOverlay(picture(bins, [6, 6, 6, 6, 6, 6, 6, 7]), N, true)).toEqual([]);
  });
});

describe('whatever a small table holds', () => {
  const levels = fc.array(fc.option(fc.nat(14), { nil: -1, freq: 8 }), { minLength: 1, maxLength: 60 });
  const numbers = fc.array(
    fc.option(fc.oneof(fc.nat(30), fc.double({ min: -1e3, max: 1e3, noNaN: true })), { nil: NaN, freq: 8 }),
    { minLength: 1, maxLength: 120 },
  );
  const check = (overlay: ColumnOverlay | undefined, nRows: number, isNumeric: boolean) => {
    if (overlay === undefined) throw new Error('no picture');
    for (const each of coarsenOverlay(overlay, nRows, isNumeric)) {
      const counts = rowsOf(each, nRows);
      expect(counts.filter((n) => n > 0 && n < MIN_ROWS)).toEqual([]);
      expect(counts.reduce((sum, n) => sum + n, 0)).toBe(nRows);
      expect(new Set(each.labels).size).toBe(each.labels.length);
    }
  };

  it('no level, slot or missing value is told of one to four rows, and none is left to be worked out', () => {
    fc.assert(
      fc.property(levels, (codes) => {
        const names = Array.from({ length: 15 }, (_, i) => `level ${i}`);
        const column: Column = { kind: 'level', name: 'x', levels: names, codes: Int32Array.from(codes) };
        const table = { nRows: codes.length, columns: [column] };
        const schema = { version: 1, columns: [makeColumnSchema('x', 'categorical', {})] } as const;
        check(overlayColumns(table, table, schema)[0], codes.length, false);
      }),
      { numRuns: 300, seed: 4 },
    );
  });

  it('nor of numbers', () => {
    fc.assert(
      fc.property(numbers, fc.boolean(), (values, isWhole) => {
        const held = Float64Array.from(values, (value) => (isWhole ? Math.round(value) : value));
        const table = {
          nRows: held.length,
          columns: [{ kind: 'number', name: 'x', values: held } as Column],
        };
        const type = isWhole ? 'integer' : 'continuous';
        const columns = [makeColumnSchema('x', type, { decimals: isWhole ? 0 : 3 })];
        check(overlayColumns(table, table, { version: 1, columns })[0], held.length, true);
      }),
      { numRuns: 300, seed: 4 },
    );
  });
});
