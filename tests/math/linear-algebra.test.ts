import { describe, expect, it } from 'vitest';
import { decomposeSymmetric, factorCholesky, repairCorrelation } from '../../src/math/linear-algebra';
import { Rng } from '../../src/math/rng';

function multiply(a: Float64Array, b: Float64Array, n: number, transposeB: boolean): Float64Array {
  return Float64Array.from({ length: n * n }, (_, at) => {
    const [i, j] = [Math.floor(at / n), at % n];
    let sum = 0;
    for (let k = 0; k < n; k++) sum += (a[i * n + k] ?? 0) * (b[transposeB ? j * n + k : k * n + j] ?? 0);
    return sum;
  });
}

function expectClose(actual: Float64Array, expected: Float64Array, digits: number): void {
  actual.forEach((value, i) => expect(value).toBeCloseTo(expected[i] ?? NaN, digits));
}

/** A random symmetric matrix with unit diagonal and entries in (−1, 1): usually not positive definite. */
function drawUnitDiagonal(n: number): Float64Array {
  const rng = Rng.fromSeed(`matrix/${n}`);
  const matrix = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    matrix[i * n + i] = 1;
    for (let j = 0; j < i; j++) matrix[i * n + j] = matrix[j * n + i] = 2 * rng.open() - 1;
  }
  return matrix;
}

describe('eigenvalues', () => {
  it('by hand', () => {
    const { values } = decomposeSymmetric(Float64Array.of(2, 1, 1, 2), 2);
    expect([...values].sort((a, b) => a - b).map((value) => Math.round(value * 1e12) / 1e12)).toEqual([1, 3]);
  });

  it.each([1, 2, 5, 30])('put the matrix together again, n = %d', (n) => {
    const matrix = drawUnitDiagonal(n);
    const { values, vectors } = decomposeSymmetric(matrix, n);
    const scaled = vectors.map((value, at) => value * (values[Math.floor(at / n)] ?? 0));
    const transposed = Float64Array.from(
      { length: n * n },
      (_, at) => vectors[(at % n) * n + Math.floor(at / n)] ?? 0,
    );
    expectClose(multiply(transposed, scaled, n, false), matrix, 10);
  });
});

describe('repair of a correlation matrix', () => {
  it('leaves a usable one alone', () => {
    const matrix = Float64Array.of(1, 0.5, 0.5, 1);
    expect(repairCorrelation(matrix, 2, 1e-4)).toEqual(matrix);
  });

  it('makes an impossible one usable and stays near', () => {
    const matrix = Float64Array.of(1, 0.9, -0.9, 0.9, 1, 0.9, -0.9, 0.9, 1);
    const repaired = repairCorrelation(matrix, 3, 1e-4);
    expect([repaired[0], repaired[4], repaired[8]]).toEqual([1, 1, 1]);
    // Symmetry leaves one solution: ±½ everywhere.
    expect(repaired[1]).toBeCloseTo(0.5, 3);
    expect(repaired[2]).toBeCloseTo(-0.5, 3);
    expect(() => factorCholesky(repaired, 3)).not.toThrow();
  });

  it.each([2, 8, 40])('gives a matrix that can be factored, n = %d', (n) => {
    const repaired = repairCorrelation(drawUnitDiagonal(n), n, 1e-5);
    const lower = factorCholesky(repaired, n);
    expectClose(multiply(lower, lower, n, true), repaired, 10);
  });
});

describe('Cholesky', () => {
  it('by hand', () => {
    expect([...factorCholesky(Float64Array.of(4, 2, 2, 5), 2)]).toEqual([2, 0, 1, 2]);
  });

  it('refuses a matrix that is not positive definite', () => {
    expect(() => factorCholesky(Float64Array.of(1, 2, 2, 1), 2)).toThrow(RangeError);
    expect(() => factorCholesky(Float64Array.of(NaN), 1)).toThrow(RangeError);
  });
});
