import type { Table } from '../data/table';
import { normalCdf, normalQuantile } from '../math/normal';
import type { Rng } from '../math/rng';
import type { CopulaState } from './copula-fit';
import { buildColumn, readMargin } from './copula-margins';
import { readPresentShare } from './copula-presence';

/** Rows of a fitted copula: latents by the Cholesky factor, then each column read off its margin, or missing. */
export function sampleCopula(state: CopulaState, nRows: number, rng: Rng): Table {
  const { margins, nLatents, loadings, valueLatents, missingLatents, presentShares } = state;
  const values = margins.map(() => new Float64Array(nRows).fill(NaN));
  const cuts = margins.map(({ missingShare }) => normalQuantile(1 - missingShare));
  const noise = new Float64Array(nLatents);
  const latent = new Float64Array(nLatents);
  for (let row = 0; row < nRows; row++) {
    rng.fillNormal(noise);
    multiplyLower(loadings, noise, latent);
    margins.forEach((margin, i) => {
      const shares = presentShares[i] ?? null;
      const value = valueLatents[i] ?? -1;
      const missing = missingLatents[i] ?? -1;
      if (value < 0 || (missing >= 0 && (latent[missing] ?? 0) > (cuts[i] ?? Infinity))) return;
      const column = values[i];
      const z = latent[value] ?? 0;
      const u = shares === null ? normalCdf(z) : readPresentShare(shares, z);
      if (column !== undefined) column[row] = readMargin(margin, u);
    });
  }
  return {
    nRows,
    columns: margins.map((margin, i) => buildColumn(margin, values[i] ?? new Float64Array(nRows))),
  };
}

function multiplyLower(lower: Float64Array, x: Float64Array, out: Float64Array): void {
  const n = x.length;
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let j = 0; j <= i; j++) sum += (lower[i * n + j] ?? 0) * (x[j] ?? 0);
    out[i] = sum;
  }
}
