import { describe, expect, it } from 'vitest';
import { chanceOfOne } from '../../../src/math/proportions';
import { isSkipped } from '../../../src/measure/measure';
import { measureClosest } from '../../../src/measure/privacy/closest-records';
import { hasVectors, loadVectors } from '../../reference-vectors';
import { numbers, table } from '../tables';

interface Integral {
  readonly n: number;
  readonly w_min: number;
  readonly w_max: number;
  readonly value: number;
}

/** Mean over w_min … w_max of the chance that one of `n` rows is met, drawn from `nRows` of which the share w is met. */
function integrateChance({ n, w_min, w_max }: Integral, nRows: number): number {
  const [from, to] = [Math.round(w_min * nRows), Math.round(w_max * nRows)];
  let sum = 0;
  for (let nMet = from; nMet <= to; nMet++)
    sum += chanceOfOne(nRows, n, nMet) * (nMet === from || nMet === to ? 0.5 : 1);
  return sum / nRows;
}

describe.skipIf(!hasVectors)('privacy agrees with the reference vectors', () => {
  it('singling out in equal samples, which are those of Anonymeter where tables are endless', () => {
    const cases = loadVectors<readonly Integral[]>('singling_out_integral');
    expect(cases).toHaveLength(4);
    for (const each of cases) {
      const { n, w_min, w_max, value } = each;
      const nRows = n * (w_max - w_min > 0.1 ? 2 : 400);
      const [some, twice] = [integrateChance(each, nRows), integrateChance(each, 2 * nRows)];
      // A sample of a table is a little likelier to hold a row once; that falls with 1 / rows, and is taken off here.
      expect(some, `${n}, ${w_max}`).toBeGreaterThan(value);
      expect((2 * twice - some) / value, `${n}, ${w_max}`).toBeCloseTo(1, 5);
    }
  });
});

/** Rows of either table for each synthetic row; those that are nobody's nearest lie far away. */
const N_EACH = 4;

/** A share of synthetic rows that equal rows of train; the others equal rows of the holdout. `nVotes` rows share one. */
function measureShare(n: number, share: number, nVotes = 1) {
  const places = Array.from({ length: n }, (_, row) => 1000 + 10 * Math.floor(row / nVotes));
  const nTrain = Math.round(n * share);
  const fill = (near: readonly number[]) => {
    const own = [...new Set(near)];
    const far = Array.from({ length: N_EACH * n - own.length }, (_, row) => -10 * n - row);
    return table(numbers('x', [...own, ...far]));
  };
  const [train, holdout] = [fill(places.slice(0, nTrain)), fill(places.slice(nTrain))];
  const kinds = [{ name: 'x', kind: 'numerical' }] as const;
  const found = measureClosest(train, holdout, table(numbers('x', places)), kinds);
  if (isSkipped(found)) throw new Error(found.reason);
  const { share: value, interval } = found.closer;
  return { value, reach: (interval.high - interval.low) / 2 };
}

describe.skipIf(!hasVectors)('the interval of the share closer to train', () => {
  const cases = hasVectors
    ? loadVectors<readonly { n: number; share: number; wald95: number }[]>('dcr_share_ci')
    : [];

  it.each(cases)("is Wald's for $n rows with a nearest record of their own", ({ n, share, wald95 }) => {
    const { value, reach } = measureShare(n, share);
    expect(value).toBeCloseTo(share, 12);
    // Wald takes either table as endless: of one that is not, a row that is taken cannot be taken again.
    const nRows = N_EACH * n;
    const taken = (1 - share) * (1 - (share * n) / nRows) + share * (1 - ((1 - share) * n) / nRows);
    expect(reach).toBeCloseTo(wald95 * Math.sqrt((taken * nRows) / (nRows - 1)), 6);
  });

  it('is √2 as wide where two rows share one', () => {
    const [alone, shared] = [measureShare(1000, 0.5), measureShare(1000, 0.5, 2)];
    expect(shared.value).toBe(alone.value);
    expect(shared.reach / alone.reach).toBeGreaterThan(Math.SQRT2);
    expect(shared.reach / alone.reach).toBeLessThan(1.5);
  });
});
