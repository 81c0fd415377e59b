import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ColumnOverlay } from '../../../src/data/overlay-columns';
import { overlayColumns } from '../../../src/data/overlay-columns';
import { coarsenOverlay } from '../../../src/platform/projects/file/coarsen-overlay';
import { cumulate, describeEcdf, drawEcdf, ecdfRows, tellDistance } from '../../../src/ui/charts/ecdf';
import { makeColumnSchema } from '../../column-schema';

const age: ColumnOverlay = {
  column: 'age',
  labels: ['≤ 29', '30 to 49', '50 to 69', '≥ 70'],
  train: [0.2, 0.2, 0.2, 0.2],
  synthetic: [0.1, 0.2, 0.3, 0.4],
  trainMissing: 0.2,
  syntheticMissing: 0,
};
const withHoldout = { ...age, holdout: { shares: [0.3, 0.1, 0.05, 0.05], missing: 0.5 } };

function curveOf(overlay: ColumnOverlay) {
  const ecdf = cumulate(overlay);
  if (ecdf === null) throw new Error('no curve');
  return ecdf;
}

const round = (value: number | null): number | null => value && Math.round(value * 1000) / 1000;

describe('cumulate', () => {
  it('adds the bins up as shares of the values that are not missing', () => {
    const { edges } = curveOf(withHoldout);
    expect(edges.map(({ label }) => label)).toEqual(['29', '49', '69', '70']);
    expect(edges.map(({ train }) => round(train))).toEqual([0.25, 0.5, 0.75, 1]);
    expect(edges.map(({ synthetic }) => round(synthetic))).toEqual([0.1, 0.3, 0.6, 1]);
    expect(edges.map(({ holdout }) => round(holdout))).toEqual([0.6, 0.8, 0.9, 1]);
  });

  it('finds where train and synthetic are furthest apart', () => {
    const ecdf = curveOf(age);
    expect([ecdf.widest, round(ecdf.distance)]).toEqual([1, 0.2]);
    expect(tellDistance(ecdf, 30)).toBe('0.200 apart at 49');
    expect(tellDistance(ecdf, 12)).toBe('0.200 at 49');
    expect(describeEcdf(ecdf)).toMatch(
      /at 49, by 0\.200: up to there lie 50\s% of train and 30\s% of synthetic/,
    );
  });

  it('says so where the curves lie on each other', () => {
    const ecdf = curveOf({ ...age, synthetic: age.train, syntheticMissing: 0.2 });
    expect(tellDistance(ecdf, 30)).toBe('not apart');
    expect(describeEcdf(ecdf)).toContain('lie on each other');
  });

  it('is not there for a single bin, nor where a side has missing values only', () => {
    expect(cumulate({ ...age, labels: ['29'], train: [0.8], synthetic: [1] })).toBeNull();
    expect(cumulate({ ...age, train: [0, 0, 0, 0], trainMissing: 1 })).toBeNull();
    expect(cumulate({ ...age, synthetic: [0, 0, 0, 0], syntheticMissing: 1 })).toBeNull();
    expect(curveOf({ ...age, holdout: { shares: [0, 0, 0, 0], missing: 1 } }).edges[0]?.holdout).toBeNull();
  });
});

/** The distance over all values, by brute force. */
function distanceOfValues(a: readonly number[], b: readonly number[]): number {
  const upTo = (values: readonly number[], x: number) =>
    values.filter((value) => value <= x).length / values.length;
  return Math.max(...[...a, ...b].map((x) => Math.abs(upTo(a, x) - upTo(b, x))));
}

function overlayOf(train: readonly number[], synthetic: readonly number[]): ColumnOverlay {
  const table = (values: readonly number[]) => ({
    nRows: values.length,
    columns: [{ kind: 'number' as const, name: 'x', values: Float64Array.from(values) }],
  });
  const columns = [makeColumnSchema('x', 'integer', { decimals: 0 })];
  const [overlay] = overlayColumns(table(train), table(synthetic), { version: 1, columns });
  if (overlay === undefined) throw new Error('no overlay');
  return overlay;
}

describe('the distance that is marked', () => {
  const values = (max: number) => fc.array(fc.integer({ min: 0, max }), { minLength: 2, maxLength: 60 });

  it('is that of all values where each has a bin of its own and none lies outside train', () => {
    fc.assert(
      fc.property(values(15), values(15), (train, synthetic) => {
        const wide = [...train, 0, 15];
        const ecdf = curveOf(overlayOf(wide, synthetic));
        expect(ecdf.distance).toBeCloseTo(distanceOfValues(wide, synthetic), 12);
      }),
    );
  });

  it('is never above that of all values, also in bins put together for a file without source', () => {
    fc.assert(
      fc.property(values(400), values(400), (train, synthetic) => {
        const overlay = overlayOf(train, synthetic);
        const whole = distanceOfValues(train, synthetic) + 1e-12;
        for (const one of [overlay, ...coarsenOverlay(overlay, train.length, true)])
          expect(cumulate(one)?.distance ?? 0).toBeLessThanOrEqual(whole);
      }),
    );
  });
});

describe('drawEcdf', () => {
  it('runs from the foot of the left end to the top of the right, with the mark between the curves', () => {
    const picture = drawEcdf(curveOf(age), age, 132, 100);
    expect(picture.train).toBe('M0 100L25 75L50 50L75 25L100 0');
    expect(picture.mark).toEqual({ x: 50, top: 50, bottom: 70 });
    expect([picture.end, picture.holdout]).toEqual([100, null]);
    expect(picture.missing?.train).toContain('V80H');
    expect(drawEcdf(curveOf(withHoldout), withHoldout, 132, 100).holdout).toBe(
      'M0 100L25 40L50 20L75 10L100 0',
    );
  });
});

describe('ecdfRows', () => {
  it('lists every edge with its distance, and the holdout where there is one', () => {
    expect(ecdfRows(curveOf(age), false).map((row) => [row[0], row.at(-1)])).toEqual([
      ['age: up to 29', '0.150'],
      ['age: up to 49', '0.200'],
      ['age: up to 69', '0.150'],
      ['age: to the end', '0.000'],
    ]);
    const [withIt, without] = [withHoldout, age].map((overlay) => ecdfRows(curveOf(overlay), true)[0]?.[3]);
    expect(withIt).toMatch(/^60/);
    expect(without).toBe('–');
  });
});
