import { describe, expect, it } from 'vitest';
import { Rng } from '../../../src/math/rng';
import { fitBoosted } from '../../../src/models/trees/boost';
import { BOOST, LEAST_BOOSTED_ROWS } from '../../../src/models/trees/boost-settings';
import type { TreesState } from '../../../src/models/trees/draw-rows';
import { trees } from '../../../src/models/trees/trees';
import { recordRun } from '../copula-run';
import { makeStays } from './stays';

describe('a boosted target', () => {
  it('learns nothing by levels of few rows: one by one they would tell every row again', () => {
    const rng = Rng.fromSeed('boost');
    const n = 1000;
    const codes = Uint8Array.from({ length: n }, () => 1 + rng.int(200));
    const classes = Int32Array.from({ length: n }, () => rng.int(2));
    const rows = Int32Array.from(classes.keys());
    const countSplits = (minBin: number) => {
      const features = [{ codes, nCodes: 201, isNominal: true }];
      const { feature } = fitBoosted(features, classes, 2, rows, { ...BOOST, minBin, nRounds: 3 });
      return feature.filter((f) => f >= 0).length;
    };
    expect(countSplits(BOOST.minBin)).toBe(0);
    expect(countSplits(1)).toBeGreaterThan(10);
  });

  it.each([
    { nRows: LEAST_BOOSTED_ROWS - 1, isBoosted: false },
    { nRows: LEAST_BOOSTED_ROWS, isBoosted: true },
  ])('of $nRows rows: $isBoosted', async ({ nRows, isBoosted }) => {
    const model = await trees.train(makeStays(nRows), { boostRounds: 2 }, Rng.fromSeed(1), recordRun());
    const { columns } = (await model.state()).payload as TreesState;
    const target = columns.at(-1);
    expect(target?.kind === 'level' && target.boosted !== null).toBe(isBoosted);
  });
});
