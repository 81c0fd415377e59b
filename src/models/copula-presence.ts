import { normalCdf, normalDensity } from '../math/normal';

const REACH = 7;
const N_KNOTS = 701;
const STEP = (2 * REACH) / (N_KNOTS - 1);

/**
 * Distribution function of a latent value among the rows in which it is present, at even steps over ±7: a row is
 * present while a second latent, correlated `rho` with the first, stays below `cut`. Reading a margin by it keeps the
 * column's distribution whatever that correlation is. P(V ≤ v, M ≤ c) = ∫ φ(x) Φ((c − ρx)/√(1 − ρ²)) dx.
 */
export function tabulatePresentShares(rho: number, cut: number): Float64Array {
  const spread = Math.sqrt(1 - rho * rho);
  const shares = new Float64Array(N_KNOTS);
  let sum = 0;
  let before = 0;
  for (let i = 0; i < N_KNOTS; i++) {
    const x = i * STEP - REACH;
    const density = normalDensity(x) * normalCdf((cut - rho * x) / spread);
    sum += (before + density) / 2;
    before = density;
    shares[i] = sum;
  }
  return shares.map((share) => share / sum);
}

/** Share of present rows below `z`, in [0, 1], by straight lines between the knots. */
export function readPresentShare(shares: Float64Array, z: number): number {
  const at = Math.min(N_KNOTS - 1, Math.max(0, (z + REACH) / STEP));
  const knot = Math.min(N_KNOTS - 2, Math.floor(at));
  const low = shares[knot] ?? 0;
  return low + (at - knot) * ((shares[knot + 1] ?? 1) - low);
}
