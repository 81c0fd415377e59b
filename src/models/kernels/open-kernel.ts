import type { NetKernel } from './net-kernel';
import { openPlainKernel } from './plain-kernel';

/** The fastest kernel that runs here. */
export function openKernel(): NetKernel {
  return openPlainKernel();
}
