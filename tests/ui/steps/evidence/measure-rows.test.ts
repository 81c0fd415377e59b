import { describe, expect, it } from 'vitest';
import {
  filterMeasures,
  filterParts,
  namePart,
  nextOrder,
  sortMeasures,
  type SortKey,
} from '../../../../src/ui/steps/evidence/measure-rows';
import { makeMeasure } from './made-measure';

const parts = [
  { columns: ['age', 'sex'], value: 0.4, note: 'correlation ratio' },
  { columns: ['ward'], value: null, note: 'empty' },
];
const measures = [
  makeMeasure('density', { value: 0.7, n: 5, floor: null }),
  makeMeasure('coverage', { value: 0.9, n: 7, sentence: 'Rows of train are met.' }),
  makeMeasure('association-difference', {
    value: 0.1,
    n: 6,
    direction: 'lower-is-better',
    floor: 0.4,
    parts,
  }),
];
const sorted = (key: SortKey, descending: boolean) =>
  sortMeasures(measures, { key, descending }).map(({ id }) => id);

describe('sortMeasures', () => {
  it('leaves them as they come without an order', () => {
    expect(sortMeasures(measures, null)).toBe(measures);
  });

  it('sorts by figure and by title, both ways', () => {
    expect(sorted('value', true)).toEqual(['coverage', 'density', 'association-difference']);
    expect(sorted('value', false)).toEqual(['association-difference', 'density', 'coverage']);
    expect(sorted('title', false)).toEqual(['coverage', 'density', 'association-difference']);
  });

  it('puts what has no figure last, both ways', () => {
    expect(sorted('floor', true).at(-1)).toBe('density');
    expect(sorted('floor', false).at(-1)).toBe('density');
    expect(sorted('shortfall', true).at(-1)).toBe('density');
  });
});

describe('nextOrder', () => {
  it('begins with the largest figure or the first name, and turns round', () => {
    expect(nextOrder(null, 'value')).toEqual({ key: 'value', descending: true });
    expect(nextOrder(null, 'title')).toEqual({ key: 'title', descending: false });
    expect(nextOrder({ key: 'value', descending: true }, 'value').descending).toBe(false);
    expect(nextOrder({ key: 'value', descending: true }, 'n').descending).toBe(true);
  });
});

describe('filters', () => {
  const found = (text: string) => filterMeasures(measures, text).map(({ id }) => id);

  it('find measures by title, id, sentence and part, all words in any case', () => {
    expect(found('')).toHaveLength(3);
    expect(found('Difference ASSOC')).toEqual(['association-difference']);
    expect(found('rows met')).toEqual(['coverage']);
    expect(found('sex')).toEqual(['association-difference']);
    expect(found('sex ward')).toEqual([]);
  });

  it('find parts by column and note', () => {
    expect(filterParts(parts, 'ratio age')).toEqual([parts[0]]);
    expect(filterParts(parts, 'nothing')).toEqual([]);
  });
});

describe('namePart', () => {
  it.each([
    [{ columns: ['age', 'sex'] }, 'age with sex'],
    [{ columns: ['sex'], group: 'sex = f' }, 'sex = f'],
    [{ columns: ['stage'], group: 'III' }, 'stage: III'],
    [{ columns: [] }, 'all rows'],
  ])('calls %j %s', (part, name) => {
    expect(namePart({ ...part, value: 1, note: null })).toBe(name);
  });
});
