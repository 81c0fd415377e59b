import type { NetKernel } from './net-kernel';
import { openPlainKernel } from './plain-kernel';
import { openSimdKernel } from './simd-kernel';

/** The fastest kernel that runs here. */
export function openKernel(): NetKernel {
  return openSimdKernel() ?? openPlainKernel();
}
