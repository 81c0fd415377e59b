import { describe, expect, it } from 'vitest';
import { Rng } from '../../../src/math/rng';
import { layOut, type EncodedRows } from '../../../src/models/encode/encoding';
import { calibrate, measureShares } from '../../../src/models/neural/calibrate';

const encoding = layOut([
  { kind: 'level', name: 'a', levels: ['x', 'y', 'z'], hasMissing: false },
  { kind: 'level', name: 'b', levels: ['no', 'yes'], hasMissing: false },
]);

/** Rows in which `a` is x, y, z as often as given, and `b` is no. */
function rowsOf(counts: readonly number[]): EncodedRows {
  const a = Uint16Array.from(counts.flatMap((n, code) => Array.from({ length: n }, () => code)));
  return { nRows: a.length, alphas: [], codes: [a, new Uint16Array(a.length)] };
}

describe('shares of train', () => {
  it('are not known of what fewer than five rows have', () => {
    expect([...measureShares(rowsOf([12, 4, 4]), encoding)]).toEqual([0.6, NaN, NaN, 1, NaN]);
  });
});

describe('the correction of the last bias', () => {
  it('is the logarithm of the ratio of the shares where all rows are alike', () => {
    const shift = calibrate(new Float32Array(5 * 10), encoding, Float64Array.of(0.8, 0.1, 0.1, 0.5, 0.5));
    expect((shift[0] ?? 0) - (shift[1] ?? 0)).toBeCloseTo(Math.log(8), 4);
    expect((shift[3] ?? 0) - (shift[4] ?? 0)).toBeCloseTo(0, 6);
  });

  it.each([1, 2, 5])(
    'brings the mean softmax of rows of sharpness %d to the shares of train',
    (sharpness) => {
      const rng = Rng.fromSeed('logits');
      // Every third row is all but decided, as rows under a condition are.
      const logits = Float32Array.from(
        { length: 5 * 2000 },
        (_, i) => (Math.floor(i / 5) % 3 === 0 ? 20 : sharpness) * rng.normal(),
      );
      const wanted = Float64Array.of(0.45, 0.3, 0.25, 0.45, 0.55);
      const shift = calibrate(logits, encoding, wanted);
      const means = new Float64Array(3);
      for (let row = 0; row < 2000; row++) {
        const weights = [0, 1, 2].map((k) => Math.exp((logits[row * 5 + k] ?? 0) + (shift[k] ?? 0)));
        const total = weights.reduce((sum, weight) => sum + weight, 0);
        weights.forEach((weight, k) => (means[k] = (means[k] ?? 0) + weight / total / 2000));
      }
      means.forEach((mean, k) => expect(Math.abs(mean - (wanted[k] ?? 0))).toBeLessThan(0.005));
    },
  );

  it('leaves alone what too few rows have', () => {
    const shift = calibrate(new Float32Array(5 * 10), encoding, Float64Array.of(0.6, NaN, NaN, NaN, NaN));
    expect([...shift.subarray(1)]).toEqual([0, 0, 0, 0]);
  });
});
