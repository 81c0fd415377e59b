import { describe, expect, it } from 'vitest';
import { chooseColumns, fillMatrix, shadeMatrix } from '../../../src/ui/charts/heatmap';
import { placeMarks } from '../../../src/ui/charts/mark-strip';

const pairs = [
  { columns: ['a', 'b'], train: 0.2, other: 0.5 },
  { columns: ['b', 'c'], train: -0.4, other: -0.5 },
  { columns: ['c', 'd'], train: 0.1, other: 0.1 },
];

describe('fillMatrix', () => {
  it('is symmetric, with an empty diagonal and nothing where there is no figure', () => {
    const matrix = fillMatrix(pairs, ['a', 'b', 'c']);
    expect(matrix.train).toEqual([null, 0.2, null, 0.2, null, -0.4, null, -0.4, null]);
    expect(matrix.difference[1]).toBeCloseTo(0.3);
    expect(matrix.other[5]).toBe(-0.5);
  });
});

describe('chooseColumns', () => {
  it('keeps the order of the file and those with the largest differences', () => {
    expect(chooseColumns(pairs, ['d', 'c', 'b', 'a'], 9)).toEqual(['d', 'c', 'b', 'a']);
    expect(chooseColumns(pairs, ['d', 'c', 'b', 'a'], 2)).toEqual(['b', 'a']);
  });
});

describe('shadeMatrix', () => {
  it('puts cells of one shade into one path, and leaves blank what is next to nothing', () => {
    const shades = shadeMatrix([1, 0.98, -0.5, 0.01], 2, 1, 10);
    expect(shades).toEqual([
      { sign: 'plus', strength: 1, d: 'M0 0h9v9h-9ZM10 0h9v9h-9Z' },
      { sign: 'minus', strength: 0.5, d: 'M0 10h9v9h-9Z' },
    ]);
  });

  it('goes no deeper than the full colour, and draws nothing without a scale', () => {
    expect(shadeMatrix([5], 1, 1, 10)[0]?.strength).toBe(1);
    expect(shadeMatrix([5, null], 1, 0, 10)).toEqual([]);
  });
});

describe('placeMarks', () => {
  const marks = [
    { kind: 'floor', value: 0.5 },
    { kind: 'value', value: 0.8, interval: { low: 0.7, high: 0.9 } },
  ] as const;

  it('keeps intervals inside the line, larger values on the right', () => {
    const { marks: placed, left, right } = placeMarks(marks, false);
    expect(placed.map(({ at }) => at)).toEqual([3, expect.closeTo(73.5, 0)]);
    expect(placed[1]?.to).toBeLessThanOrEqual(97);
    expect([Number(left), Number(right)]).toEqual([0.5, 0.9]);
  });

  it('turns round where small values are good', () => {
    const { marks: placed, left } = placeMarks(marks, true);
    expect(placed[0]?.at).toBe(97);
    expect(placed[1]?.from).toBeLessThan(placed[1]?.to ?? 0);
    expect(Number(left)).toBe(0.9);
  });

  it('draws a single figure in the middle', () => {
    expect(placeMarks([{ kind: 'value', value: 0 }], false).marks[0]?.at).toBe(50);
  });
});
