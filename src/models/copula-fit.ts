import type { Column, Table } from '../data/table';
import { normalQuantile } from '../math/normal';
import { factorCholesky, repairCorrelation } from '../math/linear-algebra';
import type { Latent } from './copula-dependence';
import { tabulatePresentShares } from './copula-presence';
import { buildLatent, estimateLatentCorrelation } from './copula-dependence';
import { describeCompanions, orderLevels } from './copula-level-order';
import type { FittedMargin, Margin } from './copula-margins';
import { arrangeLevels } from './copula-margins';

/** A fitted Gaussian copula as plain data. */
export interface CopulaState {
  readonly margins: readonly Margin[];
  /** Latent that places each column's value; −1 when it is never present. */
  readonly valueLatents: Int32Array;
  /** Latent that says whether each column is missing (high = missing); −1 when it always or never is. */
  readonly missingLatents: Int32Array;
  readonly nLatents: number;
  /** Lower triangle L, row-major: latents are L times independent standard normals. */
  readonly loadings: Float64Array;
  /** For columns with a missing latent, see {@link tabulatePresentShares}; null for the others. */
  readonly presentShares: readonly (Float64Array | null)[];
}

/** Pairs seen together in fewer rows are taken as unrelated. */
const MIN_PAIR_ROWS = 20;

/** Smallest eigenvalue of the correlation matrix used: keeps rows of L away from exact copies of each other. */
const EIGENVALUE_FLOOR = 1e-5;

/** Level columns in an order fit for one latent dimension each (see {@link orderLevels}); `turn` is awaited between them. */
export async function orderLevelMargins(
  table: Table,
  fitted: readonly FittedMargin[],
  turn: () => Promise<void>,
): Promise<FittedMargin[]> {
  const companions = fitted.map(describeCompanions);
  const ordered: FittedMargin[] = [];
  for (const [i, entry] of fitted.entries()) {
    await turn();
    const column: Column | undefined = table.columns[i];
    const { margin, cells } = entry;
    if (column?.kind !== 'level' || margin.kind !== 'level' || margin.order.length < 3) {
      ordered.push(entry);
      continue;
    }
    const others = companions.filter((_, j) => j !== i).flat();
    const order = orderLevels(cells, margin.order.length, others).map((cell) => margin.order[cell] ?? 0);
    ordered.push(arrangeLevels(column, order));
  }
  return ordered;
}

export interface LatentLayout {
  readonly latents: readonly Latent[];
  readonly valueLatents: Int32Array;
  readonly missingLatents: Int32Array;
}

/** One latent for every column's value, and one for being missing where that varies: the pattern is learned with the values. */
export function layOutLatents(fitted: readonly FittedMargin[]): LatentLayout {
  const latents: Latent[] = [];
  const valueLatents = new Int32Array(fitted.length).fill(-1);
  const missingLatents = new Int32Array(fitted.length).fill(-1);
  fitted.forEach(({ margin, cells }, i) => {
    if (margin.cumulative.length > 0) {
      valueLatents[i] = latents.push(buildLatent(cells, margin.cumulative)) - 1;
    }
    if (margin.missingShare > 0 && margin.missingShare < 1) {
      const isMissing = new Int8Array(cells.length);
      for (let row = 0; row < cells.length; row++) isMissing[row] = (cells[row] ?? -1) < 0 ? 1 : 0;
      const shares = Float64Array.of(1 - margin.missingShare, 1);
      missingLatents[i] = latents.push(buildLatent(isMissing, shares)) - 1;
    }
  });
  return { latents, valueLatents, missingLatents };
}

/** Fills row and column `i` of the correlation matrix for all latents before it. */
export function correlateWithEarlier(latents: readonly Latent[], i: number, matrix: Float64Array): void {
  const n = latents.length;
  const current = latents[i];
  matrix[i * n + i] = 1;
  if (current === undefined) return;
  for (let j = 0; j < i; j++) {
    const earlier = latents[j];
    const rho = earlier === undefined ? 0 : estimateLatentCorrelation(current, earlier, MIN_PAIR_ROWS);
    matrix[i * n + j] = rho;
    matrix[j * n + i] = rho;
  }
}

/**
 * Joins margins and pairwise correlations; these need not fit together, so the nearest usable matrix is factored. The
 * correlation of a column's value with its own missingness cannot be seen and starts at 0; filling it in by what other
 * columns imply was tried and made the pairs of present values worse.
 */
export function assembleCopula(
  margins: readonly Margin[],
  { latents, valueLatents, missingLatents }: LatentLayout,
  correlations: Float64Array,
): CopulaState {
  const nLatents = latents.length;
  const usable = repairCorrelation(correlations, nLatents, EIGENVALUE_FLOOR);
  const presentShares = margins.map(({ missingShare }, i) => {
    const value = valueLatents[i] ?? -1;
    const missing = missingLatents[i] ?? -1;
    if (value < 0 || missing < 0) return null;
    return tabulatePresentShares(usable[value * nLatents + missing] ?? 0, normalQuantile(1 - missingShare));
  });
  const loadings = factorCholesky(usable, nLatents);
  return { margins, valueLatents, missingLatents, nLatents, loadings, presentShares };
}
