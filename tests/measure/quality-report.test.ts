import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { FailureError } from '../../src/data/failure';
import { takeRows } from '../../src/data/table';
import type { Table } from '../../src/data/table';
import { Rng } from '../../src/math/rng';
import type { ColumnKind } from '../../src/measure/fidelity/column-kinds';
import type { Thresholds } from '../../src/measure/fidelity/quality-report';
import { compareWithTrain, isAboveThreshold, qualityReport } from '../../src/measure/fidelity/quality-report';
import golden from './golden/quality-report-tiny.json';
import { levels, numbers, table } from './tables';

function kindsOf(source: Table): readonly ColumnKind[] {
  return source.columns.map(({ name, kind }) => ({
    name,
    kind: kind === 'number' ? 'numerical' : 'categorical',
  }));
}

function report(train: Table, other: Table): ReturnType<typeof qualityReport> {
  return qualityReport(train, other, kindsOf(train));
}

describe('golden: twelve rows scored by SDMetrics', () => {
  const build = (side: 'train' | 'synthetic'): Table => {
    const { n, m, c, d } = golden[side];
    return table(numbers('n', n), numbers('m', m), levels('c', c), levels('d', d));
  };
  const ours = report(build('train'), build('synthetic'));

  it.each(golden.reports)('thresholds $thresholds', ({ thresholds, overall, shapes, pairs }) => {
    shapes.forEach((shape, i) => {
      expect(ours.shapes[i]?.column).toBe(shape.column);
      expect(ours.shapes[i]?.score).toBeCloseTo(shape.score, 9);
    });
    pairs.forEach((pair, i) => {
      const mine = ours.pairs[i];
      expect(mine?.columns).toEqual(pair.columns);
      expect(mine?.score).toBeCloseTo(pair.score, 9);
      if (pair.strength !== null) expect(mine?.trainStrength).toBeCloseTo(pair.strength, 9);
    });
    const every: Thresholds = { correlation: 0, association: 0 };
    const mine = thresholds.correlation === every.correlation ? ours.overallAll : ours.overall;
    expect(mine).toBeCloseTo(overall, 9);
  });
});

describe('four rows by hand', () => {
  it('scores a number column by 1 − the largest step between the two distributions, missing left out', () => {
    const train = table(numbers('x', [1, 2, 3, null]));
    const other = table(numbers('x', [1, 1, 3, 4]));
    // F(1) = 1/3 against 2/4, F(2) = 2/3 against 2/4, F(3) = 1 against 3/4.
    expect(report(train, other).shapes[0]?.score).toBeCloseTo(0.75, 12);
  });

  it('does not see a difference beyond the 14th decimal', () => {
    const train = table(numbers('x', [0.1, 0.2, 0.3, 0.4]));
    const other = table(numbers('x', [0.1 + 1e-16, 0.2, 0.1 + 0.2, 0.4]));
    expect(report(train, other).shapes[0]?.score).toBe(1);
  });

  it('scores a level column by 1 − half the summed differences of shares', () => {
    const train = table(levels('x', ['a', 'a', 'b', null]));
    const other = table(levels('x', ['a', 'b', 'b', 'b']));
    expect(report(train, other).shapes[0]?.score).toBeCloseTo(1 - (2 / 3 - 1 / 4), 12);
  });

  it('gives a category that train lacks a count of a millionth of a row', () => {
    const train = table(levels('x', ['a', 'a', 'a', 'a']));
    const other = table(levels('x', ['a', 'a', 'b', 'b']));
    const p = 4 / (4 + 1e-6);
    expect(report(train, other).shapes[0]?.score).toBeCloseTo(1 - (p - 0.5), 14);
    expect(report(train, other).shapes[0]?.score).not.toBe(0.5);
  });

  it('counts a missing level as a category of a pair', () => {
    const train = table(levels('x', ['a', 'a', null, null]), levels('y', ['u', 'v', 'u', 'v']));
    const other = table(levels('x', ['a', 'a', 'a', null]), levels('y', ['u', 'v', 'u', 'v']));
    // Shares of (a,u) (a,v) (–,u) (–,v): ¼ each against ½, ¼, 0, ¼.
    expect(report(train, other).pairs[0]?.score).toBeCloseTo(0.75, 12);
  });

  it('halves the difference of two correlations', () => {
    const train = table(numbers('x', [1, 2, 3, 4]), numbers('y', [1, 2, 3, 4]));
    const other = table(numbers('x', [1, 2, 3, 4]), numbers('y', [4, 3, 2, 1]));
    expect(report(train, other).pairs[0]?.score).toBeCloseTo(0, 12);
    expect(report(train, other).pairs[0]?.trainStrength).toBeCloseTo(1, 12);
  });

  it('bins each table over its own range, so that a shift alone is not seen; train’s edges see it', () => {
    const label = levels('y', ['u', 'u', 'v', 'v']);
    const train = table(numbers('x', [0, 1, 9, 10]), label);
    const other = table(numbers('x', [100, 101, 109, 110]), label);
    const pair = report(train, other).pairs[0];
    expect(pair?.score).toBe(1);
    expect(pair?.trainEdgesScore).toBe(0.5);
  });

  it('gives the maximum the code of a missing number; train’s edges tell them apart', () => {
    const label = levels('y', ['u', 'u', 'u', 'u']);
    const train = table(numbers('x', [0, 1, 10, 10]), label);
    const other = table(numbers('x', [0, 1, 10, null]), label);
    expect(report(train, other).pairs[0]?.score).toBe(1);
    expect(report(train, other).pairs[0]?.trainEdgesScore).toBe(0.75);
  });

  it('leaves weak pairs out of the default mean and keeps them in the mean of all', () => {
    const train = table(
      levels('x', ['a', 'a', 'b', 'b']),
      levels('y', ['u', 'v', 'u', 'v']),
      levels('z', ['p', 'p', 'q', 'q']),
    );
    const other = takeRows(train, [0, 1, 0, 1]);
    const { pairs, pairTrends, pairTrendsAll } = report(train, other);
    expect(pairs.map((pair) => pair.trainStrength)).toEqual([0, 1, 0]);
    expect(pairs.map((pair) => isAboveThreshold(pair, { correlation: 0.5, association: 0.3 }))).toEqual([
      false,
      true,
      false,
    ]);
    expect(pairTrends).toBe(0.5);
    expect(pairTrendsAll).toBe(0.5);
  });
});

describe('guards', () => {
  it('gives null, not a score, where a column has no value', () => {
    const train = table(numbers('x', [1, 2, 3, 4]), levels('y', ['a', 'b', 'a', 'b']));
    const other = table(numbers('x', [null, null, null, null]), levels('y', [null, null, null, null]));
    const result = report(train, other);
    expect(result.shapes.map((shape) => shape.score)).toEqual([null, null]);
    expect(result.shapes[0]?.note).toContain('no value');
    expect(result.columnShapes).toBeNull();
    expect(result.overall).toBe(result.pairTrends);
  });

  it('does not average a pair with a constant number', () => {
    const train = table(numbers('x', [5, 5, 5, 5]), numbers('y', [1, 2, 3, 4]));
    const result = report(train, train);
    expect(result.pairs[0]).toMatchObject({ score: null, trainStrength: null });
    expect(result.pairs[0]?.note).toContain('constant');
    expect(result.pairTrendsAll).toBeNull();
    expect(result.overallAll).toBe(1);
  });

  it('takes a constant number beside a category', () => {
    const train = table(numbers('x', [5, 5, 5, 5]), levels('y', ['a', 'b', 'a', 'b']));
    expect(report(train, train).pairs[0]).toMatchObject({ score: 1, trainStrength: null });
  });

  it('takes one row and no row', () => {
    const train = table(numbers('x', [1, 2]), numbers('y', [1, 2]), levels('z', ['a', 'b']));
    const one = report(train, takeRows(train, [0]));
    expect(one.shapes.map((shape) => shape.score)).toEqual([0.5, 0.5, 0.5]);
    expect(one.pairs[0]?.score).toBeNull();
    const none = report(train, takeRows(train, []));
    expect(none.overall).toBeNull();
    expect(none.pairs.every((pair) => pair.score === null)).toBe(true);
  });

  it('names the column that a table lacks or holds otherwise', () => {
    const train = table(numbers('age', [1, 2]));
    expect(() => report(train, table(numbers('size', [1, 2])))).toThrow(
      /"age" of the compared table is missing/,
    );
    expect(() => report(train, table(levels('age', ['1', '2'])))).toThrow(FailureError);
  });
});

describe('properties', () => {
  const cells = fc.array(
    fc.record({
      x: fc.option(fc.integer({ min: -1e9, max: 1e9 }), { freq: 5 }),
      y: fc.option(fc.constantFrom(1, 2, 2.5, 40), { freq: 5 }),
      c: fc.option(fc.constantFrom('a', 'b', 'c'), { freq: 5 }),
    }),
    { minLength: 2, maxLength: 30 },
  );
  const build = (rows: readonly { x: number | null; y: number | null; c: string | null }[]): Table =>
    table(
      numbers(
        'x',
        rows.map((row) => row.x),
      ),
      numbers(
        'y',
        rows.map((row) => row.y),
      ),
      levels(
        'c',
        rows.map((row) => row.c),
      ),
    );

  it('a table agrees with itself wherever a score exists, whatever the order of rows', () => {
    fc.assert(
      fc.property(cells, fc.integer(), (rows, seed) => {
        const train = build(rows);
        const shuffled = takeRows(train, Rng.fromSeed(seed).permutation(train.nRows));
        const { shapes, pairs } = report(train, shuffled);
        for (const { score } of [...shapes, ...pairs]) if (score !== null) expect(score).toBeCloseTo(1, 9);
      }),
    );
  });

  it('scores stay in [0, 1]', () => {
    fc.assert(
      fc.property(cells, cells, (a, b) => {
        const { shapes, pairs } = report(build(a), build(b));
        const scores = [
          ...shapes.map((shape) => shape.score),
          ...pairs.flatMap((p) => [p.score, p.trainEdgesScore]),
        ];
        for (const score of scores) {
          if (score === null) continue;
          expect(score).toBeGreaterThanOrEqual(-1e-12);
          expect(score).toBeLessThanOrEqual(1 + 1e-12);
        }
      }),
    );
  });

  it('counts many levels sparsely to the same score as few', () => {
    const n = 1500;
    const wide = table(
      levels(
        'a',
        Array.from({ length: n }, (_, i) => `a${i}`),
      ),
      levels(
        'b',
        Array.from({ length: n }, (_, i) => `b${i}`),
      ),
    );
    const half = takeRows(
      wide,
      Array.from({ length: n }, (_, i) => i % (n / 2)),
    );
    expect(report(wide, half).pairs[0]?.score).toBeCloseTo(0.5, 12);
    expect(report(wide, half).pairs[0]?.trainStrength).toBeCloseTo(1, 12);
  });

  it('compares several tables as it compares each alone', () => {
    fc.assert(
      fc.property(cells, cells, cells, (a, b, c) => {
        const [train, ...others] = [build(a), build(b), build(c)] as const;
        expect(compareWithTrain(train, others, kindsOf(train))).toEqual(
          others.map((other) => report(train, other)),
        );
      }),
    );
  });

  it('tells progress column by column', () => {
    const train = table(numbers('x', [1, 2]), numbers('y', [1, 2]));
    const seen: number[] = [];
    compareWithTrain(train, [train], kindsOf(train), (done, total) => seen.push(done / total));
    expect(seen).toEqual([0.5, 1]);
  });
});
