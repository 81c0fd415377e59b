import * as tf from '@tensorflow/tfjs-core';
import { hasHostKernel, runHostKernel, type HostKernel } from './host-memory';

/** Sums of each column of a matrix, times a factor. */
export const SUM_COLUMNS: HostKernel<{ readonly factor: number }> = {
  name: 'SumColumns',
  shapes: (shapeOf) => [[1, shapeOf('matrix')[1] ?? 1]],
  compute(view, [result = new Float32Array()], { factor }) {
    const matrix = view('matrix');
    const width = result.length;
    const sums = new Float64Array(width);
    let row = 0;
    for (; row + 4 * width <= matrix.length; row += 4 * width) {
      for (let j = 0; j < width; j++) {
        const at = row + j;
        const lower = (matrix[at] as number) + (matrix[at + width] as number);
        const upper = (matrix[at + 2 * width] as number) + (matrix[at + 3 * width] as number);
        sums[j] = (sums[j] as number) + (lower + upper);
      }
    }
    for (; row < matrix.length; row += width) {
      for (let j = 0; j < width; j++) sums[j] = (sums[j] as number) + (matrix[row + j] as number);
    }
    for (let j = 0; j < width; j++) result[j] = (sums[j] as number) * factor;
  },
};

/** Sums of each column, [n, p] → [1, p], times `factor`. */
export function sumColumns(matrix: tf.Tensor2D, factor = 1): tf.Tensor2D {
  if (hasHostKernel(SUM_COLUMNS.name)) {
    return runHostKernel(SUM_COLUMNS, { matrix }, { factor })[0] as tf.Tensor2D;
  }
  return tf.matMul(tf.fill([1, matrix.shape[0]], factor), matrix);
}
