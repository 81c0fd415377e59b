import { expect } from 'vitest';
import { Rng } from '../../../src/math/rng';

/**
 * Compares a gradient with central differences of the loss along a few random directions. float32 losses of size L
 * carry errors of about 1e-7 · L, so the step is chosen as a compromise and the tolerance is relative to the largest
 * directional slope seen.
 */
export async function expectGradient(
  at: Float32Array,
  gradient: Float32Array,
  lossAt: (point: Float32Array) => Promise<number>,
  { step = 2e-3, tolerance = 1e-2, nDirections = 4 } = {},
): Promise<void> {
  const rng = Rng.fromSeed('directions');
  const slopes: [number, number][] = [];
  for (let d = 0; d < nDirections; d++) {
    const direction = new Float32Array(at.length);
    rng.fillNormal(direction);
    // Half of each direction is the gradient itself, so that slopes are not lost in noise.
    const norm = Math.hypot(...direction);
    const size = Math.hypot(...gradient);
    const mixed = direction.map((value, i) => value / norm + (d % 2 === 0 ? (gradient[i] ?? 0) / size : 0));
    const moved = (sign: number) => at.map((value, i) => value + sign * step * (mixed[i] ?? 0));
    const numeric = ((await lossAt(moved(1))) - (await lossAt(moved(-1)))) / (2 * step);
    const analytic = mixed.reduce((sum, value, i) => sum + value * (gradient[i] ?? 0), 0);
    slopes.push([analytic, numeric]);
  }
  const scale = Math.max(...slopes.map(([analytic]) => Math.abs(analytic)));
  expect(scale).toBeGreaterThan(0);
  for (const [analytic, numeric] of slopes)
    expect(Math.abs(analytic - numeric) / scale).toBeLessThan(tolerance);
}
