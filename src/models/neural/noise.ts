import { normalQuantile } from '../../math/normal';
import type { Rng } from '../../math/rng';

/**
 * Fast noise for training: quantiles of a distribution at 2^16 equally likely points, looked up by 16 random bits. Ten
 * times faster than exact generators (a step needs 200,000 draws); the tails end at the 1/131072 quantile (4.3 standard
 * deviations of a normal), which training does not notice. Sampling of rows uses exact draws.
 */
const N_POINTS = 65536;

export type NoiseTable = Float32Array;

let normalTable: NoiseTable | null = null;
let gumbelTable: NoiseTable | null = null;

/** Fills `out` with standard normals of 16 bits. */
export function fillNormals(out: Float32Array, rng: Rng): void {
  normalTable ??= tabulate(normalQuantile);
  fillFrom(normalTable, out, rng);
}

/** Fills `out` with standard Gumbel values, −log(−log U), of 16 bits. */
export function fillGumbels(out: Float32Array, rng: Rng): void {
  gumbelTable ??= tabulate((p) => -Math.log(-Math.log(p)));
  fillFrom(gumbelTable, out, rng);
}

/** Fills `out` with 0 (probability `rate`, to 16 bits) and 1/(1 − rate). */
export function fillDropout(out: Float32Array, rate: number, rng: Rng): void {
  const limit = Math.round(rate * N_POINTS);
  const kept = 1 / (1 - rate);
  for (let i = 0; i < out.length; i += 2) {
    const bits = rng.uint32();
    out[i] = bits >>> 16 < limit ? 0 : kept;
    if (i + 1 < out.length) out[i + 1] = (bits & 0xffff) < limit ? 0 : kept;
  }
}

function fillFrom(table: NoiseTable, out: Float32Array, rng: Rng): void {
  for (let i = 0; i < out.length; i += 2) {
    const bits = rng.uint32();
    out[i] = table[bits >>> 16] as number;
    if (i + 1 < out.length) out[i + 1] = table[bits & 0xffff] as number;
  }
}

function tabulate(quantile: (p: number) => number): NoiseTable {
  return Float32Array.from({ length: N_POINTS }, (_, i) => quantile((i + 0.5) / N_POINTS));
}
