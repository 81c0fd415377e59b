import { describe, expect, it } from 'vitest';
import type { Table } from '../../../src/data/table';
import { countAsked, tellAsked } from '../../../src/measure/privacy/count-asked';

const wide = (nRows: number, nColumns: number): Table => ({
  nRows,
  columns: Array.from({ length: nColumns }, (_, c) => ({
    kind: 'number',
    name: `x${c}`,
    values: new Float64Array(),
  })),
});

describe('rows asked about', () => {
  it('are thirty thousand at most, two thousand at least, and fewer the longer and wider the table', () => {
    expect(countAsked(wide(26_049, 15))).toBe(30_000);
    expect(countAsked(wide(100_000, 50))).toBe(2400);
    expect(countAsked(wide(200_000, 300))).toBe(2000);
    expect(countAsked(wide(0, 0))).toBe(30_000);
  });

  it('are named where they are not all', () => {
    expect(tellAsked('train', 2400, 80_000)).toBe(
      ' Asked about 2400 of 80\u202f000 rows of train, drawn at random.',
    );
    expect(tellAsked('train', 2400, 2400)).toBe('');
  });
});
