import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countHits, measureArea, measureSharedArea } from '../../src/math/roc';
import { Rng } from '../../src/math/rng';
import { hasVectors, loadVectors } from '../reference-vectors';

const of = (...values: number[]): Float64Array => Float64Array.from(values);

describe('area under the ROC curve', () => {
  it('by hand, ties counted half', () => {
    expect(measureArea(of(3, 4), of(1, 2))?.auc).toBe(1);
    expect(measureArea(of(1, 2), of(3, 4))?.auc).toBe(0);
    expect(measureArea(of(1, 1), of(1, 1))?.auc).toBe(0.5);
    // Pairs won: 2 > 1, 2 = 2, 3 > 1, 3 > 2: 3.5 of 4.
    expect(measureArea(of(2, 3), of(1, 2))?.auc).toBe(0.875);
  });

  it('says nothing of an empty side', () => {
    expect(measureArea(of(), of(1))).toBeNull();
    expect(measureArea(of(1), of())).toBeNull();
  });

  it('takes infinite scores as the lowest or highest', () => {
    expect(measureArea(of(0, 1), of(-Infinity, -Infinity))?.auc).toBe(1);
  });

  it("has DeLong's error, by hand", () => {
    // Shares below the positives: 3/4 and 1; above the negatives: 1 and 3/4. Both have variance 1/32.
    expect(measureArea(of(2, 3), of(1, 2))?.error).toBeCloseTo(Math.sqrt(1 / 32 / 2 + 1 / 32 / 2), 12);
  });

  it('equals a count of all pairs', () => {
    const scores = fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(scores, scores, (positives, negatives) => {
        const won = positives.flatMap((p) => negatives.map((n) => (p > n ? 1 : p === n ? 0.5 : 0)));
        const slow = won.reduce<number>((sum, w) => sum + w, 0) / won.length;
        expect(measureArea(of(...positives), of(...negatives))?.auc).toBeCloseTo(slow, 12);
      }),
    );
  });

  it('is the mean over strata that share their positives', () => {
    const first = { positives: of(2, 3), negatives: of(1, 2) };
    const second = { positives: of(0, 5), negatives: of(1, 2) };
    expect(measureSharedArea([first, second])?.auc).toBeCloseTo((0.875 + 0.5) / 2, 12);
    expect(measureSharedArea([first, { positives: of(1), negatives: of(1) }])).toBeNull();
  });
});

/** Standard error of an area from its size alone (Hanley & McNeil 1982). */
function hanleyMcNeil(auc: number, nPositive: number, nNegative: number): number {
  const [q1, q2, square] = [auc / (2 - auc), (2 * auc * auc) / (1 + auc), auc * auc];
  const spread = auc * (1 - auc) + (nPositive - 1) * (q1 - square) + (nNegative - 1) * (q2 - square);
  return Math.sqrt(spread / (nPositive * nNegative));
}

describe("DeLong's error", () => {
  it('is near that of Hanley and McNeil, whose scores are spread alike', () => {
    // Exponential scores, for which theirs is exact.
    const rng = Rng.fromSeed('roc');
    const draw = (n: number, mean: number) =>
      Float64Array.from({ length: n }, () => -mean * Math.log(rng.open()));
    const area = measureArea(draw(3000, 4), draw(5000, 1));
    expect(area?.auc).toBeCloseTo(0.8, 1);
    const expected = hanleyMcNeil(area?.auc ?? 0, 3000, 5000);
    expect(Math.abs((area?.error ?? 0) / expected - 1)).toBeLessThan(0.05);
  });

  it.skipIf(!hasVectors)('is held against the formula of the reference vector', () => {
    const vector = loadVectors<Readonly<Record<'auc' | 'n_pos' | 'n_neg' | 'se', number>>>('hanley_mcneil');
    expect(hanleyMcNeil(vector.auc, vector.n_pos, vector.n_neg)).toBeCloseTo(vector.se, 12);
  });
});

describe('hits at a false-positive rate', () => {
  it('count scores above all but that share of the negatives', () => {
    const negatives = Float64Array.from({ length: 100 }, (_, i) => i);
    expect(countHits(of(98, 98.5, 99, 99.5), negatives, 0.01)).toBe(3);
    expect(countHits(of(98, 99, 99.5), negatives, 0)).toBe(1);
  });
});
