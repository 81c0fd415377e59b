import { describe, expect, it } from 'vitest';
import { Rng } from '../../../src/math/rng';
import { LowerBounds } from '../../../src/measure/neighbours/lower-bounds';
import type { Metric, Points } from '../../../src/measure/neighbours/points';
import { sumDistances } from '../../../src/measure/neighbours/single-precision';
import { placeMixed, spanMixedSpace } from '../../../src/measure/fidelity/mixed-space';
import { placeRows, spanSpace } from '../../../src/measure/privacy/gower-space';
import { makeAwkward } from './awkward-tables';

function place(metric: Metric): readonly [Points, Points] {
  const [reference, query] = makeAwkward(Rng.fromSeed(`bounds/${metric}`), 500, 60);
  if (metric === 'clipped') {
    const space = spanSpace(reference);
    return [placeRows(space, reference), placeRows(space, query)];
  }
  const space = spanMixedSpace(reference, [query]);
  return [placeMixed(space, reference), placeMixed(space, query)];
}

function passed(bounds: LowerBounds, nRows: number, sum: number): ReadonlySet<number> {
  const rows = new Set<number>();
  const limit = bounds.limitFor(sum);
  for (let row = bounds.next(0, nRows, limit); row < nRows; row = bounds.next(row + 1, nRows, limit))
    rows.add(row);
  return rows;
}

describe.each(['clipped', 'squared'] as const)('bounds of %s distances', (metric) => {
  const [points, queries] = place(metric);
  const bounds = new LowerBounds(points, metric);

  it('leave out no row that is nearer, and most of those that are farther', () => {
    let [nFar, nLeftOut] = [0, 0];
    for (let query = 0; query < queries.nRows; query++) {
      bounds.open(queries, query);
      const sums = Array.from({ length: points.nRows }, (_, row) =>
        sumDistances(points, row, queries, query, metric),
      );
      for (const quantile of [0, 0.02, 0.3]) {
        const most = sums.slice().sort((a, b) => a - b)[Math.floor(quantile * sums.length)] ?? 0;
        const rows = passed(bounds, points.nRows, most);
        sums.forEach((sum, row) => {
          if (sum <= most) expect(rows).toContain(row);
          else {
            nFar++;
            if (!rows.has(row)) nLeftOut++;
          }
        });
      }
    }
    expect(nLeftOut / nFar).toBeGreaterThan(0.6);
  });

  it('let everything through where nothing is known', () => {
    bounds.open(queries, 0);
    expect(passed(bounds, points.nRows, Infinity).size).toBe(points.nRows);
  });
});

it('bounds of points without columns let everything through', () => {
  const none: Points = {
    nRows: 3,
    nNumbers: 0,
    nLevels: 0,
    numbers: new Float64Array(),
    levels: new Int32Array(),
  };
  const bounds = new LowerBounds(none, 'clipped');
  bounds.open(none, 0);
  expect(passed(bounds, 3, 0).size).toBe(3);
});
