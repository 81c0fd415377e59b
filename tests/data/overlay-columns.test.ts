import { describe, expect, it } from 'vitest';
import { countOtherLevels, overlayColumns, type ColumnOverlay } from '../../src/data/overlay-columns';
import type { ColumnType } from '../../src/data/schema';
import type { Column } from '../../src/data/table';
import { makeColumnSchema } from '../column-schema';

function overlayOf(
  type: ColumnType,
  train: Column,
  synthetic: Column,
  decimals = 0,
  holdout: Column | null = null,
): ColumnOverlay {
  const column = makeColumnSchema('x', type, { decimals });
  const nRows = (one: Column): number => (one.kind === 'number' ? one.values : one.codes).length;
  const [overlay] = overlayColumns(
    { nRows: nRows(train), columns: [train] },
    { nRows: nRows(synthetic), columns: [synthetic] },
    { version: 1, columns: [column] },
    holdout && { nRows: nRows(holdout), columns: [holdout] },
  );
  if (overlay === undefined) throw new Error('no overlay');
  return overlay;
}

const numbers = (...values: number[]): Column => ({
  kind: 'number',
  name: 'x',
  values: Float64Array.from(values),
});
const levels = (names: readonly string[], ...codes: number[]): Column => ({
  kind: 'level',
  name: 'x',
  levels: names,
  codes: Int32Array.from(codes),
});
const sum = (shares: readonly number[]): number => shares.reduce((total, share) => total + share, 0);

describe('overlayColumns', () => {
  it('gives each whole number of a short range a slot', () => {
    const overlay = overlayOf('integer', numbers(1, 2, 2, 3), numbers(3, 3, NaN, 1));
    expect(overlay).toEqual({
      column: 'x',
      labels: ['1', '2', '3'],
      train: [0.25, 0.5, 0.25],
      synthetic: [0.25, 0, 0.5],
      trainMissing: 0,
      syntheticMissing: 0.25,
    });
  });

  it('puts values outside train into the outer bins', () => {
    const overlay = overlayOf('continuous', numbers(0, 1, 2, 10), numbers(-5, 99), 1);
    expect(overlay.labels).toHaveLength(20);
    expect(overlay.labels[0]).toBe('0.0 to 0.5');
    expect([overlay.synthetic[0], overlay.synthetic[19]]).toEqual([0.5, 0.5]);
    expect(sum(overlay.train)).toBe(1);
  });

  it('ends the last bin of whole numbers where train ends', () => {
    const values = Array.from({ length: 26 }, (_, i) => 75 + i);
    const { labels } = overlayOf('integer', numbers(...values), numbers(...values));
    expect([labels[0], labels.at(-1)]).toEqual(['75 to 76', '99 to 100']);
    expect(overlayOf('integer', numbers(...values, 101), numbers(75)).labels.at(-1)).toBe('101');
  });

  it('begins and ends at the value of no single row where there are fifty', () => {
    const values = Array.from({ length: 60 }, (_, i) => i + 0.137);
    const { labels, train } = overlayOf('continuous', numbers(...values), numbers(5), 3);
    expect([labels[0]?.slice(0, 2), labels.at(-1)?.slice(0, 2)]).toEqual(['≤ ', '≥ ']);
    const step = (55.137 - 4.137) / 20;
    expect(labels[1]).toBe(`${(4.137 + step).toFixed(1)} to ${(4.137 + 2 * step).toFixed(1)}`);
    expect(sum(train)).toBeCloseTo(1);
    const few = overlayOf('continuous', numbers(...values.slice(0, 49)), numbers(5), 3);
    expect(few.labels[0]?.startsWith('0.1 to')).toBe(true);
    const flat = [...Array.from({ length: 56 }, () => 0), 1, 2, 3, 4];
    expect(overlayOf('continuous', numbers(...flat), numbers(5), 3).labels).toHaveLength(20);
  });

  it('is not flattened by one extreme', () => {
    const many = Array.from({ length: 1000 }, (_, i) => i / 10);
    const overlay = overlayOf('continuous', numbers(...many, 1e9), numbers(...many), 1);
    expect(Math.max(...overlay.train)).toBeLessThan(0.1);
    expect(overlay.labels.at(-1)).toMatch(/^≥ 9\d/);
  });

  it('shows a constant and a column that train never has', () => {
    expect(overlayOf('continuous', numbers(7, 7), numbers(7, 8))).toMatchObject({
      labels: ['7'],
      train: [1],
    });
    expect(overlayOf('integer', numbers(NaN), numbers(NaN, 1))).toMatchObject({
      train: [0],
      trainMissing: 1,
      synthetic: [0.5],
      syntheticMissing: 0.5,
    });
  });

  it('matches levels by name, most frequent first, with those that only synthetic has', () => {
    const overlay = overlayOf(
      'categorical',
      levels(['a', 'b'], 0, 1, 1, -1),
      levels(['Other', 'b', 'a'], 0, 1, 2, 2),
    );
    expect(overlay).toMatchObject({
      labels: ['b', 'a', 'Other'],
      train: [0.5, 0.25, 0],
      synthetic: [0.25, 0.5, 0.25],
      trainMissing: 0.25,
    });
  });

  it('pools what does not fit into twelve slots', () => {
    const names = Array.from({ length: 30 }, (_, i) => `level ${i}`);
    const overlay = overlayOf('categorical', levels(names, ...names.keys()), levels(names, 29, 28));
    expect(overlay.labels).toHaveLength(12);
    expect(overlay.labels.at(-1)).toBe('19 other levels');
    expect(countOtherLevels(overlay.labels)).toBe(19);
    expect(countOtherLevels(overlay.labels.slice(0, -1))).toBe(0);
    expect(countOtherLevels([...overlay.labels.slice(0, -1), 'no other levels'])).toBe(0);
    expect(countOtherLevels([])).toBe(0);
    expect(overlay.synthetic.at(-1)).toBe(1);
    expect(sum(overlay.train)).toBeCloseTo(1, 12);
  });

  it('puts the holdout into the slots of train, and levels that it alone has into a slot of their own', () => {
    const bins = overlayOf('integer', numbers(1, 2, 2, 3), numbers(3), 0, numbers(9, 1, NaN, NaN));
    expect(bins.holdout).toEqual({ shares: [0.25, 0, 0.25], missing: 0.5 });
    const named = overlayOf('categorical', levels(['a'], 0), levels(['a'], 0), 0, levels(['new', 'a'], 0, 1));
    expect([named.labels, named.holdout]).toEqual([['a', 'new'], { shares: [0.5, 0.5], missing: 0 }]);
  });

  it('has no shares of a holdout without rows', () => {
    expect(overlayOf('integer', numbers(1, 2), numbers(2), 0, numbers())).not.toHaveProperty('holdout');
  });

  it('writes dates as dates', () => {
    const day = 86_400_000;
    const overlay = overlayOf('datetime', numbers(0, 40 * day), numbers(0, 40 * day));
    expect(overlay.labels[0]).toBe('1970-01-01 to 1970-01-03');
  });

  it('refuses a column that is numbers on one side and levels on the other', () => {
    expect(() => overlayOf('integer', numbers(1), levels(['1'], 0))).toThrow(RangeError);
    expect(() => overlayOf('categorical', levels(['1'], 0), numbers(1))).toThrow(RangeError);
  });
});
