/** Small dense symmetric matrices, row-major in a Float64Array of n². */

export interface Eigen {
  /** In no particular order. */
  readonly values: Float64Array;
  /** Row k is the unit eigenvector of `values[k]`. */
  readonly vectors: Float64Array;
}

const MAX_SWEEPS = 60;

/** All eigenvalues and eigenvectors of a symmetric matrix by cyclic Jacobi rotations (Golub & Van Loan §8.5). */
export function decomposeSymmetric(matrix: Float64Array, n: number): Eigen {
  const a = matrix.slice();
  const vectors = identity(n);
  for (let sweep = 0; sweep < MAX_SWEEPS && offDiagonal(a, n) > 1e-22 * n * n; sweep++) {
    for (let p = 0; p < n - 1; p++) for (let q = p + 1; q < n; q++) rotate(a, vectors, n, p, q);
  }
  return { values: Float64Array.from({ length: n }, (_, i) => a[i * n + i] ?? NaN), vectors };
}

function identity(n: number): Float64Array {
  const matrix = new Float64Array(n * n);
  for (let i = 0; i < n; i++) matrix[i * n + i] = 1;
  return matrix;
}

function offDiagonal(a: Float64Array, n: number): number {
  let sum = 0;
  for (let i = 0; i < n; i++) for (let j = i + 1; j < n; j++) sum += (a[i * n + j] ?? 0) ** 2;
  return sum;
}

/** Zeroes a[p, q] by a plane rotation and carries the rotation into the eigenvectors. */
function rotate(a: Float64Array, vectors: Float64Array, n: number, p: number, q: number): void {
  const apq = a[p * n + q] ?? 0;
  if (Math.abs(apq) < 1e-300) return;
  const theta = ((a[q * n + q] ?? 0) - (a[p * n + p] ?? 0)) / (2 * apq);
  const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const c = 1 / Math.sqrt(t * t + 1);
  const s = t * c;
  for (let k = 0; k < n; k++) turn(a, k * n + p, k * n + q, c, s);
  for (let k = 0; k < n; k++) turn(a, p * n + k, q * n + k, c, s);
  for (let k = 0; k < n; k++) turn(vectors, p * n + k, q * n + k, c, s);
}

function turn(x: Float64Array, i: number, j: number, c: number, s: number): void {
  const xi = x[i] ?? 0;
  const xj = x[j] ?? 0;
  x[i] = c * xi - s * xj;
  x[j] = s * xi + c * xj;
}

/**
 * A positive definite correlation matrix near a symmetric one with unit diagonal: eigenvalues below `floor` are raised
 * to it, then the diagonal is scaled back to 1 (Rebonato & Jäckel 2000, spectral decomposition). A matrix that is
 * positive definite enough comes back unchanged.
 */
export function repairCorrelation(matrix: Float64Array, n: number, floor: number): Float64Array {
  const { values, vectors } = decomposeSymmetric(matrix, n);
  if (values.every((value) => value >= floor)) return matrix.slice();
  const raised = values.map((value) => Math.max(value, floor));
  const repaired = new Float64Array(n * n);
  for (let k = 0; k < n; k++) {
    for (let i = 0; i < n; i++) {
      const weight = (raised[k] ?? 0) * (vectors[k * n + i] ?? 0);
      for (let j = 0; j < n; j++) {
        repaired[i * n + j] = (repaired[i * n + j] ?? 0) + weight * (vectors[k * n + j] ?? 0);
      }
    }
  }
  const scale = Float64Array.from({ length: n }, (_, i) => 1 / Math.sqrt(repaired[i * n + i] ?? 1));
  return repaired.map((value, at) => {
    const i = Math.floor(at / n);
    const j = at % n;
    return i === j ? 1 : value * (scale[i] ?? 1) * (scale[j] ?? 1);
  });
}

/** Lower triangle L with L·Lᵀ = matrix. Throws RangeError when the matrix is not positive definite. */
export function factorCholesky(matrix: Float64Array, n: number): Float64Array {
  const lower = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * n + j] ?? 0;
      for (let k = 0; k < j; k++) sum -= (lower[i * n + k] ?? 0) * (lower[j * n + k] ?? 0);
      if (i !== j) {
        lower[i * n + j] = sum / (lower[j * n + j] ?? 1);
        continue;
      }
      if (!(sum > 0)) throw new RangeError(`matrix is not positive definite at row ${i}`);
      lower[i * n + i] = Math.sqrt(sum);
    }
  }
  return lower;
}
