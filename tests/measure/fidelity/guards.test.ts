import { describe, expect, it } from 'vitest';
import type { Table } from '../../../src/data/table';
import { CATEGORY_ADHERENCE, RANGE_ADHERENCE } from '../../../src/measure/fidelity/adherence';
import { ASSOCIATION_DIFFERENCE } from '../../../src/measure/fidelity/association-difference';
import { chooseSets } from '../../../src/measure/fidelity/column-sets';
import { DETECTION } from '../../../src/measure/fidelity/detection-specs';
import type { AskingFidelitySpec, FidelitySpec } from '../../../src/measure/fidelity/hold-against-train';
import { JENSEN_SHANNON } from '../../../src/measure/fidelity/jensen-shannon';
import { MARGINAL_ACCURACY } from '../../../src/measure/fidelity/marginal-accuracy';
import { MISSING_PATTERNS, MISSING_SHARES } from '../../../src/measure/fidelity/missing-patterns';
import { NEIGHBOURS } from '../../../src/measure/fidelity/neighbour-measures';
import { PROPENSITY } from '../../../src/measure/fidelity/propensity';
import { SDMETRICS_SPEC } from '../../../src/measure/fidelity/sdmetrics-specs';
import { SUBGROUPS } from '../../../src/measure/fidelity/subgroup-accuracy';
import { WASSERSTEIN } from '../../../src/measure/fidelity/wasserstein';
import { Rng } from '../../../src/math/rng';
import { isSkipped, type FinishedMeasure, type Measured } from '../../../src/measure/measure';
import { levels, numbers, table } from '../tables';
import { judge } from './judge';
import { isOne, nameWorst } from '../../../src/measure/fidelity/name-worst';
import { show } from '../../../src/measure/tell';

const N = 60;
const rows = (make: (row: number) => number | null) => Array.from({ length: N }, (_, row) => make(row));
const varied = numbers(
  'x',
  rows((row) => row % 7),
);
const other = numbers(
  'y',
  rows((row) => (row * row) % 11),
);
const constant = numbers(
  'x',
  rows(() => 4),
);
const missing = numbers(
  'x',
  rows(() => null),
);
const oneLevel = levels('c', Array<string>(N).fill('a'));
const twoLevels = levels(
  'c',
  Array.from({ length: N }, (_, row) => (row % 2 === 0 ? 'a' : 'b')),
);
const unseen = levels('c', Array<string>(N).fill('z'));

const reasonOf = (results: readonly Measured<FinishedMeasure>[], at = 0): string => {
  const result = results[at];
  return result !== undefined && isSkipped(result) ? result.reason : 'not skipped';
};
const measureOf = (results: readonly Measured<FinishedMeasure>[], at = 0): FinishedMeasure => {
  const result = results[at];
  if (result === undefined || isSkipped(result)) throw new Error(result?.reason ?? 'no result');
  return result;
};

const ALL: readonly (FidelitySpec | AskingFidelitySpec)[] = [
  SDMETRICS_SPEC,
  MISSING_SHARES,
  MISSING_PATTERNS,
  RANGE_ADHERENCE,
  CATEGORY_ADHERENCE,
  MARGINAL_ACCURACY,
  SUBGROUPS,
  WASSERSTEIN,
  JENSEN_SHANNON,
  ASSOCIATION_DIFFERENCE,
  PROPENSITY,
  NEIGHBOURS,
  ...DETECTION,
];

describe.each(ALL.map((spec) => [spec.titles[0]?.id ?? '', spec] as const))('%s', (_, spec) => {
  it('is skipped for too few rows and without columns, and says so', () => {
    const few: Table = table(numbers('x', []));
    const whole = table(varied);
    for (const [train, synthetic, name] of [
      [whole, few, 'the synthetic table'],
      [few, whole, 'train'],
    ] as const) {
      const results = judge(spec, train, synthetic);
      expect(results.map(({ id }) => id)).toEqual(spec.titles.map(({ id }) => id));
      for (let at = 0; at < results.length; at++)
        expect(reasonOf(results, at)).toBe(`${name} has 0 rows, and this takes at least ${spec.minRows}`);
    }
    expect(reasonOf(judge(spec, whole, whole, { kinds: [] }))).toBe('there is no column to compare');
  });

  it('never turns hopeless columns into a figure that is not finite', () => {
    const hopeless = table(
      missing,
      numbers(
        'k',
        rows(() => 1),
      ),
      oneLevel,
    );
    const made = table(
      numbers(
        'x',
        rows((row) => row),
      ),
      numbers(
        'k',
        rows(() => null),
      ),
      unseen,
    );
    for (const [train, synthetic] of [
      [hopeless, made],
      [made, hopeless],
      [hopeless, hopeless],
    ] as const)
      for (const result of judge(spec, train, synthetic, { holdout: train })) {
        if (isSkipped(result)) {
          expect(result.reason).not.toMatch(/Understudy could not|not a finite/);
          continue;
        }
        expect(Number.isFinite(result.value)).toBe(true);
        expect(result.interval.low).toBeLessThanOrEqual(result.value);
        expect(result.interval.high).toBeGreaterThanOrEqual(result.value);
      }
  });

  it('has no ceiling without a holdout, and none by a holdout that is too small', () => {
    const people = table(
      varied,
      other,
      twoLevels,
      numbers(
        'z',
        rows((row) => (row % 5 === 0 ? null : row)),
      ),
    );
    const tiny = table(numbers('x', [1]), numbers('y', [1]), levels('c', ['a']), numbers('z', [1]));
    const results = [
      judge(spec, people, people),
      ...(spec.minRows > 1 ? [judge(spec, people, people, { holdout: tiny })] : []),
    ];
    for (const result of results.flat()) if (!isSkipped(result)) expect(result.ceiling).toBeNull();
  });
});

describe('guards of single measures', () => {
  it('nothing missing: patterns say nothing', () => {
    const whole = table(varied);
    expect(reasonOf(judge(MISSING_PATTERNS, whole, whole))).toBe('no value is missing in either table');
  });

  it('missing in the synthetic table alone: floor and ceiling are 0', () => {
    const some = numbers(
      'x',
      rows((row) => (row < 15 ? null : row % 7)),
    );
    const found = measureOf(judge(MISSING_PATTERNS, table(varied), table(some), { holdout: table(varied) }));
    expect(found).toMatchObject({ value: 0.25, floor: 0, ceiling: 0 });
    expect(found.noYardstick).toBeUndefined();
  });

  it('a column without a figure is told, and not left out as if it were perfect', () => {
    const own = table(
      varied,
      numbers(
        'gone',
        rows((row) => row % 5),
      ),
    );
    const made = table(
      varied,
      numbers(
        'gone',
        rows(() => null),
      ),
    );
    expect(measureOf(judge(SDMETRICS_SPEC, own, made)).sentence).toBe(
      'Single columns agree with train to 1.000 on average; not counted: gone.',
    );
    expect(measureOf(judge(WASSERSTEIN, own, made)).sentence).toMatch(/; not counted: gone\.$/);
    const trends = judge(SDMETRICS_SPEC, own, made).find(({ id }) => id === 'sdmetrics-overall-all');
    const { parts } = measureOf(trends === undefined ? [] : [trends]);
    expect(parts.map(({ columns, group, value, note }) => [group ?? columns.join(), value, note])).toEqual([
      ['Column Shapes', 1, 'mean of 1, by column'],
      ['Column Pair Trends', null, 'does not count: no pair does'],
      ['x', 1, null],
      ['gone', null, 'no value is present on one side'],
    ]);
  });

  it('of many columns without a figure three are named and the rest counted', () => {
    const part = (name: string, value: number | null) => ({ columns: [name], value, note: null });
    const parts = [
      part('a', 0.5),
      part('b', 1),
      ...['c', 'd', 'e', 'f', 'g'].map((name) => part(name, null)),
    ];
    expect(nameWorst(parts, isOne)).toBe('; furthest off: a (0.500); not counted: c, d, e and 2 more');
    expect(nameWorst(parts.slice(1, 2), isOne)).toBe('');
    expect(nameWorst(parts.slice(1), isOne, ({ columns: [name] }) => name !== 'g')).toBe('; not counted: g');
  });

  it('every value missing is one pattern, and agrees', () => {
    expect(measureOf(judge(MISSING_PATTERNS, table(missing), table(missing))).value).toBeCloseTo(0, 12);
  });

  it('no column of the kind: adherence and Wasserstein are skipped', () => {
    expect(reasonOf(judge(RANGE_ADHERENCE, table(twoLevels), table(twoLevels)))).toContain(
      'no number column',
    );
    expect(reasonOf(judge(RANGE_ADHERENCE, table(missing), table(varied)))).toContain('no number column');
    expect(reasonOf(judge(CATEGORY_ADHERENCE, table(varied), table(varied)))).toContain(
      'no column of categories',
    );
    expect(reasonOf(judge(WASSERSTEIN, table(constant), table(varied)))).toContain('no number column varies');
  });

  it('unseen levels: none adheres, and the distance is the largest there is', () => {
    expect(measureOf(judge(CATEGORY_ADHERENCE, table(twoLevels), table(unseen))).value).toBe(0);
    expect(measureOf(judge(JENSEN_SHANNON, table(twoLevels), table(unseen))).value).toBe(1);
    expect(measureOf(judge(MARGINAL_ACCURACY, table(twoLevels), table(unseen))).value).toBe(0);
  });

  it('fewer columns than a margin has: that one alone is skipped', () => {
    const results = judge(MARGINAL_ACCURACY, table(varied), table(varied));
    expect(isSkipped(results[0] ?? {})).toBe(false);
    expect([reasonOf(results, 1), reasonOf(results, 2)]).toEqual([
      'there are fewer than 2 columns',
      'there are fewer than 3 columns',
    ]);
  });

  it('a constant column has no relation: left out if it is so in train, lost if it became so', () => {
    expect(reasonOf(judge(ASSOCIATION_DIFFERENCE, table(constant, other), table(varied, other)))).toContain(
      'no two columns that vary',
    );
    const three = measureOf(
      judge(ASSOCIATION_DIFFERENCE, table(varied, other, twoLevels), table(constant, other, twoLevels)),
    );
    expect(three.n).toBe(3);
    const lost = three.parts.filter(({ note }) => note?.includes('no relation is left'));
    expect(lost).toHaveLength(2);
    for (const { value, sides } of lost) {
      expect(sides?.other).toBe(0);
      expect(value).toBeCloseTo(Math.abs(sides?.train ?? NaN), 12);
    }
  });

  it('columns that do not vary leave nothing for propensity to learn', () => {
    expect(reasonOf(judge(PROPENSITY, table(constant), table(constant)))).toContain('no column varies');
  });

  it('groups need 50 rows on both sides, and small ones are named without a figure', () => {
    const group = (nB: number) =>
      levels(
        'c',
        Array.from({ length: 200 }, (_, row) => (row < nB ? 'b' : 'a')),
      );
    const value = numbers(
      'x',
      Array.from({ length: 200 }, (_, row) => row % 9),
    );
    const results = judge(SUBGROUPS, table(group(90), value), table(group(10), value));
    const { parts, n } = measureOf(results);
    expect(n).toBe(1);
    expect(parts.map(({ group: name }) => name)).toEqual(['c = a', 'c = b']);
    expect(parts[1]).toMatchObject({
      value: null,
      note: '90 rows of train, fewer than 50 of the other table: too few to compare',
    });
    expect(reasonOf(judge(SUBGROUPS, table(varied), table(varied)))).toContain('no column of categories');
  });

  it('groups are named by what they are ranked by', () => {
    // Both groups miss the same accuracy; the small one is expected to miss more of it by chance.
    const n = 1000;
    const at = Array.from({ length: n }, (_, row) => row);
    const group = levels(
      'g',
      at.map((row) => (row % 10 === 0 ? 'few' : 'many')),
    );
    const shares = (few: number, many: number) =>
      levels(
        'y',
        at.map((row) => ((row * 7919) % 1000 < (row % 10 === 0 ? few : many) ? 'p' : 'q')),
      );
    const own = table(group, shares(500, 500));
    const { parts, sentence } = measureOf(judge(SUBGROUPS, own, table(group, shares(200, 300))));
    const lack = parts.map(({ value, expected }) => (expected ?? NaN) - (value ?? NaN));
    expect(parts.map(({ group: name }) => name)).toEqual(['g = few', 'g = many', 'y = p', 'y = q']);
    expect(lack).toEqual([...lack].sort((a, b) => b - a));
    const named = `g = few by ${show(lack[0] ?? NaN)} (${show(parts[0]?.value ?? NaN)})`;
    expect(sentence).toContain(`; furthest below what chance alone leaves: ${named}, g = many by `);
  });

  it('groups are those of the columns a person chooses', () => {
    const wide = table(
      twoLevels,
      levels(
        'd',
        Array.from({ length: N }, () => 'only'),
      ),
      varied,
    );
    const { parts } = measureOf(judge(SUBGROUPS, wide, wide, { options: { subgroups: ['d'] } }));
    expect(parts.map(({ group }) => group)).toEqual(['d = only']);
  });

  it('more sets of columns than can be compared: some of them, each once, by the seed', () => {
    const choose = (seed: string) => chooseSets(50, 3, 40, Rng.fromSeed(seed)).map((set) => set.join());
    expect(new Set(choose('a')).size).toBe(40);
    expect(choose('a')).toEqual(choose('a'));
    expect(choose('a')).not.toEqual(choose('b'));
    expect(chooseSets(4, 2, 40, Rng.fromSeed('a'))).toHaveLength(6);
    expect(chooseSets(1, 2, 40, Rng.fromSeed('a'))).toEqual([]);
  });
});
