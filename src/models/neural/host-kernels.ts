import * as tf from '@tensorflow/tfjs-core';
import { ADAM_UPDATE } from './adam-kernel';
import { SUM_COLUMNS } from './column-sums';
import { registerHostKernel } from './host-memory';
import { ACTIVATE_ROWS, ACTIVATE_ROWS_GRADIENT } from './row-kernels';
import { DRAW_LATENT, DRAW_LATENT_GRADIENT, RECONSTRUCT_ROWS } from './tvae-kernels';
import { UNPACK_VECTOR } from './unpack-kernel';

/**
 * Registers our kernels once for cpu and wasm. They replace compositions that are slow there: exp and tanh run one
 * element at a time in tfjs-wasm, `gather` takes 20 ms for 300,000 elements, `slice` copies the whole source first, and
 * a matrix product (the other way to sum columns) repacks its right operand at 12 ns a number.
 */
export function registerHostKernels(): void {
  if (tf.getKernel(UNPACK_VECTOR.name, 'cpu') !== undefined) return;
  registerHostKernel(UNPACK_VECTOR);
  registerHostKernel(ACTIVATE_ROWS);
  registerHostKernel(ACTIVATE_ROWS_GRADIENT);
  registerHostKernel(SUM_COLUMNS);
  registerHostKernel(ADAM_UPDATE);
  registerHostKernel(DRAW_LATENT);
  registerHostKernel(DRAW_LATENT_GRADIENT);
  registerHostKernel(RECONSTRUCT_ROWS);
}
