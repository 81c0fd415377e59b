import { describe, expect, it } from 'vitest';
import type { Table } from '../../../src/data/table';
import { CATEGORY_ADHERENCE, RANGE_ADHERENCE } from '../../../src/measure/fidelity/adherence';
import { ASSOCIATION_DIFFERENCE } from '../../../src/measure/fidelity/association-difference';
import type { FidelitySpec } from '../../../src/measure/fidelity/hold-against-train';
import { JENSEN_SHANNON } from '../../../src/measure/fidelity/jensen-shannon';
import { codeMargin, fitMarginRule } from '../../../src/measure/fidelity/margin-codes';
import { MARGINAL_ACCURACY } from '../../../src/measure/fidelity/marginal-accuracy';
import { MISSING_PATTERNS, MISSING_SHARES } from '../../../src/measure/fidelity/missing-patterns';
import {
  distancesToCentre,
  findCentre,
  placeMixed,
  spanMixedSpace,
  squaredDistance,
} from '../../../src/measure/fidelity/mixed-space';
import { spanBalls } from '../../../src/measure/fidelity/neighbours';
import { WASSERSTEIN } from '../../../src/measure/fidelity/wasserstein';
import { makePeople } from '../made-people';
import { levels, numbers, table } from '../tables';
import { estimate } from './judge';

const x = (...cells: readonly (number | null)[]) => numbers('x', cells);
const y = (...cells: readonly (number | null)[]) => numbers('y', cells);
const c = (...cells: readonly (string | null)[]) => levels('c', cells);

const gaps = table(x(1, null, 3, 4), c('a', 'a', 'b', 'b'));
const moreGaps = table(x(null, null, 3, 4), c('a', 'a', 'b', 'b'));

const CASES: readonly (readonly [string, FidelitySpec, Table, Table, number])[] = [
  ['shares of missing values: ¼ against ½, and none', MISSING_SHARES, gaps, moreGaps, (0.75 + 1) / 2],
  [
    'patterns: (none ¾, x ¼) against (none ½, x and y ½)',
    MISSING_PATTERNS,
    table(x(null, 2, 3, 4), y(1, 2, 3, 4)),
    table(x(null, null, 3, 4), y(null, null, 3, 4)),
    0.5,
  ],
  ['range: 2 and 4 of 0, 2, 4, 5', RANGE_ADHERENCE, table(x(1, 2, 3, 4)), table(x(0, 2, 4, 5)), 0.5],
  [
    'range: a missing value is outside where train misses none',
    RANGE_ADHERENCE,
    table(x(1, 2, 3, 4)),
    table(x(1, 2, 4, null)),
    0.75,
  ],
  [
    'range: and is left out where train misses some',
    RANGE_ADHERENCE,
    table(x(1, 2, null, 4)),
    table(x(1, 2, 9, null)),
    2 / 3,
  ],
  [
    'categories: a and b of a, c, b and missing',
    CATEGORY_ADHERENCE,
    table(c('a', 'b', 'b', 'a')),
    table(c('a', 'c', 'b', null)),
    0.5,
  ],
  [
    'categories: missing is left out where train misses some',
    CATEGORY_ADHERENCE,
    table(c('a', 'b', null, 'a')),
    table(c('a', 'c', 'b', null)),
    2 / 3,
  ],
  [
    'Wasserstein: moved by 1 at a standard deviation of √(5/3)',
    WASSERSTEIN,
    table(x(1, 2, 3, 4)),
    table(x(2, 3, 4, 5)),
    1 / Math.sqrt(5 / 3),
  ],
  [
    'Jensen–Shannon: (½, ½) against (1, 0)',
    JENSEN_SHANNON,
    table(c('a', 'a', 'b', 'b')),
    table(c('a', 'a', 'a', 'a')),
    Math.sqrt((0.5 * Math.log2(0.5 / 0.75) + 0.5 * Math.log2(0.5 / 0.25)) / 2 + Math.log2(1 / 0.75) / 2),
  ],
  [
    'association: r = 1 against r = −1',
    ASSOCIATION_DIFFERENCE,
    table(x(1, 2, 3, 4), y(1, 2, 3, 4)),
    table(x(1, 2, 3, 4), y(4, 3, 2, 1)),
    2,
  ],
  [
    'association: η² = 4/5 against 0',
    ASSOCIATION_DIFFERENCE,
    table(x(1, 2, 3, 4), c('a', 'a', 'b', 'b')),
    table(x(1, 4, 2, 3), c('a', 'a', 'b', 'b')),
    Math.sqrt(0.8),
  ],
  [
    'association: V = 1 against 0',
    ASSOCIATION_DIFFERENCE,
    table(c('a', 'a', 'b', 'b'), levels('d', ['u', 'u', 'v', 'v'])),
    table(c('a', 'a', 'b', 'b'), levels('d', ['u', 'v', 'u', 'v'])),
    1,
  ],
  ['1-way accuracy: ¼ of rows agree', MARGINAL_ACCURACY, table(x(1, 2, 3, 4)), table(x(1, 1, 1, 1)), 0.25],
];

describe('fidelity of four rows', () => {
  it.each(CASES)('%s', (_, spec, train, synthetic, value) => {
    expect(estimate(spec, train, synthetic).value).toBeCloseTo(value, 12);
  });

  it('holds both figures of a relation, so that both matrices can be drawn', () => {
    const { parts } = estimate(
      ASSOCIATION_DIFFERENCE,
      table(x(1, 2, 3, 4), y(1, 2, 3, 4)),
      table(x(1, 2, 3, 4), y(4, 3, 2, 1)),
    );
    expect(parts).toMatchObject([{ columns: ['x', 'y'], note: 'Pearson’s r' }]);
    expect(parts?.[0]?.sides?.train).toBeCloseTo(1, 12);
    expect(parts?.[0]?.sides?.other).toBeCloseTo(-1, 12);
  });
});

describe('codes of margins', () => {
  it('cut numbers into ten bins of equal count that hold their upper end', () => {
    const hundred = numbers(
      'x',
      Array.from({ length: 100 }, (_, i) => i + 1),
    );
    const rule = fitMarginRule(hundred);
    expect(rule).toMatchObject({ nCodes: 11 });
    expect([...codeMargin(rule, x(null, -5, 10, 10.5, 100, 1e9))]).toEqual([0, 1, 1, 2, 10, 10]);
  });

  it('keep a value that most rows have in a bin of its own, at either end', () => {
    const low = fitMarginRule(numbers('x', [...Array<number>(99).fill(0), 7]));
    expect([...codeMargin(low, x(0, 7, 3))]).toEqual([1, 2, 2]);
    const high = fitMarginRule(numbers('x', [1, ...Array<number>(99).fill(9)]));
    expect([...codeMargin(high, x(1, 9, 5))]).toEqual([1, 2, 2]);
  });

  it('keep the ten most frequent levels and pool the others with those that train lacks', () => {
    const cells = Array.from({ length: 12 }, (_, i) => Array<string>(20 - i).fill(`l${i}`)).flat();
    const column = levels('c', cells);
    const rule = fitMarginRule(column);
    const codes = codeMargin(rule, column);
    expect(rule.nCodes).toBe(12);
    expect([codes[0], codes[cells.indexOf('l9')], codes[cells.indexOf('l10')], codes.at(-1)]).toEqual([
      2, 11, 1, 1,
    ]);
  });
});

describe('the space of neighbours', () => {
  const train = table(x(1, 2, 3, null), c('a', 'a', 'b', null));
  const points = placeMixed(spanMixedSpace(train, []), train);

  it('takes ranks of numbers, 1 for levels that differ, and 1 for missing beside present', () => {
    expect(squaredDistance(points, 0, points, 1)).toBeCloseTo((1 / 3) ** 2, 14);
    expect(squaredDistance(points, 1, points, 2)).toBeCloseTo((1 / 3) ** 2 + 1, 14);
    expect(squaredDistance(points, 2, points, 3)).toBeCloseTo((1 / 3) ** 2 + 1 + 1, 14);
  });

  it('has its centre where axes of 1/√2 put it', () => {
    const two = table(c('a', 'b'));
    const both = placeMixed(spanMixedSpace(two, []), two);
    expect([...distancesToCentre(both, findCentre(both))]).toEqual([0.5, 0.5]);
  });

  it('finds the same balls as sorting all distances', () => {
    const people = makePeople(120, 'balls');
    const all = placeMixed(spanMixedSpace(people, []), people);
    const { radii, nearest } = spanBalls(all, 3);
    for (let i = 0; i < all.nRows; i++) {
      const sorted = Array.from({ length: all.nRows }, (_, j) => squaredDistance(all, i, all, j))
        .filter((_, j) => j !== i)
        .sort((a, b) => a - b);
      expect([nearest[i], radii[i]]).toEqual([sorted[0], sorted[2]]);
    }
    expect(() => spanBalls(placeMixed(spanMixedSpace(train, []), train), 4)).toThrow(
      'more than 4 rows, got 4',
    );
  });
});
