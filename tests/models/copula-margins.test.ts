import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import type { ColumnSchema } from '../../src/data/schema';
import { fitMargin, readMargin } from '../../src/models/copula-margins';
import type { FittedMargin, NumberMargin } from '../../src/models/copula-margins';
import { levels, numbers, schemaOf, table } from '../measure/tables';

function fit(cells: readonly (number | null)[], k: number, change: Partial<ColumnSchema> = {}): FittedMargin {
  const column = numbers('x', cells);
  const schema = schemaOf(table(column)).columns[0];
  if (schema === undefined) throw new Error('no schema');
  return fitMargin(column, { ...schema, ...change }, k);
}

function asNumbers({ margin }: FittedMargin): NumberMargin {
  if (margin.kind !== 'number') throw new Error('not a number margin');
  return margin;
}

function repeat(value: number, n: number): number[] {
  return new Array<number>(n).fill(value);
}

describe('margin of a number column', () => {
  it('keeps values shared by k rows and cuts the rest into ranges of at least k rows', () => {
    const fitted = fit([...repeat(0, 4), 1, 2, 3, 4, 5, 6, 7, null, null], 3);
    const margin = asNumbers(fitted);
    expect([...margin.low]).toEqual([0, 1, 4]);
    expect([...margin.high]).toEqual([0, 3, 7]);
    expect([...margin.cumulative]).toEqual([4 / 11, 7 / 11, 1]);
    expect(margin.missingShare).toBeCloseTo(2 / 13, 12);
    expect([...fitted.cells]).toEqual([0, 0, 0, 0, 1, 1, 1, 2, 2, 2, 2, -1, -1]);
  });

  it('counts the few rows too rare for a range to the nearest kept value', () => {
    const fitted = fit([...repeat(0, 5), ...repeat(10, 5), 4, 9], 5);
    expect([...asNumbers(fitted).low]).toEqual([0, 10]);
    expect([...fitted.cells].slice(-2)).toEqual([0, 1]);
  });

  it('writes nothing where fewer than k values are present', () => {
    const fitted = fit([1, 2, null, null, null, null], 5);
    expect(fitted.margin.cumulative).toHaveLength(0);
    expect(fitted.margin.missingShare).toBe(1);
  });

  it('takes one value, and every value missing', () => {
    const single = fit(repeat(7, 6), 5);
    expect([0, 0.5, 0.999].map((u) => readMargin(single.margin, u))).toEqual([7, 7, 7]);
    expect(fit([null, null], 1).margin).toMatchObject({ missingShare: 1 });
  });

  it('draws the ends of a range of whole numbers as often as what lies between', () => {
    const { margin } = fit([1, 2, 3, 4], 4, { type: 'integer', decimals: 0 });
    const counts = [0, 0, 0, 0, 0];
    for (let i = 0; i < 4000; i++) {
      const value = readMargin(margin, (i + 0.5) / 4000);
      counts[value] = (counts[value] ?? 0) + 1;
    }
    expect(counts).toEqual([0, 1000, 1000, 1000, 1000]);
  });

  it('keeps datetimes on the step they are written in', () => {
    const day = 86_400_000;
    const { margin } = fit([0, day, 5 * day, 9 * day, 20 * day], 5, { type: 'datetime', decimals: null });
    for (let u = 0; u < 1; u += 0.013) expect(readMargin(margin, u) % day).toBe(0);
  });

  it('is written to its decimals and inside bounds that a person declared', () => {
    const { margin } = fit([0, 1, 2, 3, 4, 5], 5, {
      decimals: 1,
      bounds: { min: 1, max: 4, declared: true },
    });
    const drawn = Array.from({ length: 500 }, (_, i) => readMargin(margin, i / 500));
    expect(Math.min(...drawn)).toBe(1);
    expect(Math.max(...drawn)).toBe(4);
    for (const value of drawn) expect(value).toBe(Number(value.toFixed(1)));
  });

  const anyCells = fc.array(fc.option(fc.integer({ min: -30, max: 30 }), { freq: 6 }), {
    minLength: 1,
    maxLength: 80,
  });

  it('puts every present row in a cell, at least k rows in each, and reads values inside the cells', () => {
    fc.assert(
      fc.property(
        anyCells,
        fc.integer({ min: 1, max: 6 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (cells, k, u) => {
          const fitted = fit(cells, k);
          const margin = asNumbers(fitted);
          const counts = new Map<number, number>();
          for (const cell of fitted.cells) counts.set(cell, (counts.get(cell) ?? 0) + 1);
          const nPresent = cells.filter((cell) => cell !== null).length;
          if (margin.low.length === 0) {
            expect(nPresent).toBeLessThan(Math.max(k, 1) * 61);
            return;
          }
          expect((counts.get(-1) ?? 0) + nPresent).toBe(cells.length);
          margin.low.forEach((_, cell) => expect(counts.get(cell) ?? 0).toBeGreaterThanOrEqual(k));
          const value = readMargin(margin, u);
          const inside = margin.low.some((low, cell) => value >= low && value <= (margin.high[cell] ?? NaN));
          expect(inside).toBe(true);
        },
      ),
    );
  });

  it('rises with u', () => {
    const { margin } = fit(
      Array.from({ length: 200 }, (_, i) => (i * 37) % 101),
      3,
    );
    const drawn = Array.from({ length: 300 }, (_, i) => readMargin(margin, i / 300));
    expect(drawn).toEqual([...drawn].sort((a, b) => a - b));
  });

  it('keeps to some hundreds of ranges however many rows there are', () => {
    const { margin } = fit(
      Array.from({ length: 20_000 }, (_, i) => i + 0.5),
      5,
    );
    expect(margin.cumulative.length).toBeLessThanOrEqual(512);
    expect(margin.cumulative.length).toBeGreaterThan(400);
  });
});

describe('margin of a level column', () => {
  it('draws levels by share and leaves out those that do not occur', () => {
    const column = levels('c', ['a', 'b', 'b', 'b', null]);
    if (column.kind !== 'level') throw new Error('not levels');
    const wide = { ...column, levels: [...column.levels, 'never'] };
    const schema = schemaOf(table(wide)).columns[0];
    if (schema === undefined) throw new Error('no schema');
    const { margin, cells } = fitMargin(wide, schema, 5);
    expect([...margin.cumulative]).toEqual([0.75, 1]);
    expect([0, 0.74, 0.76, 1].map((u) => readMargin(margin, u))).toEqual([1, 1, 0, 0]);
    expect([...cells]).toEqual([1, 0, 0, 0, -1]);
    expect(margin.missingShare).toBeCloseTo(0.2, 12);
  });
});
