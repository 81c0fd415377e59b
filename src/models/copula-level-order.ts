import { buildLatent } from './copula-dependence';
import type { FittedMargin } from './copula-margins';

/** What the other columns say about each row: a standardised score (NaN = missing), or a code 0 … nCodes − 1. */
export type Companion =
  | { readonly kind: 'scores'; readonly scores: Float64Array }
  | { readonly kind: 'codes'; readonly codes: Int32Array; readonly nCodes: number };

const N_ITERATIONS = 60;

/** A column as company for another: levels as codes; numbers as normal scores, and as missing or not. */
export function describeCompanions({ margin, cells }: FittedMargin): readonly Companion[] {
  if (margin.kind === 'level') {
    return [{ kind: 'codes', codes: cells.map((cell) => cell + 1), nCodes: margin.order.length + 1 }];
  }
  const companions: Companion[] = [];
  const { scores, sd } = buildLatent(cells, margin.cumulative);
  if (sd > 0) companions.push({ kind: 'scores', scores: scores.map((score) => score / sd) });
  if (margin.missingShare > 0) {
    companions.push({ kind: 'codes', codes: cells.map((cell) => (cell < 0 ? 0 : 1)), nCodes: 2 });
  }
  return companions;
}

/**
 * An order of the cells of a level column in which neighbours have similar company in all other columns: the first
 * axis of a correspondence analysis of the column against the others (Greenacre 2017), a number counting
 * as one column of scores. One latent dimension then
 * carries as much of the dependence as one dimension can. Levels without an axis keep their order.
 */
export function orderLevels(cells: Int32Array, nCells: number, others: readonly Companion[]): Int32Array {
  const counts = countCodes(cells, nCells);
  const residuals = others.map((other) =>
    other.kind === 'scores'
      ? averageScores(cells, counts, other.scores)
      : standardiseResiduals(cells, counts, other.codes, other.nCodes),
  );
  const axis = findFirstAxis(residuals, counts);
  const scores = axis.map((value, cell) => value / Math.sqrt(counts[cell] ?? 1));
  return Int32Array.from(scores.keys()).sort((a, b) => (scores[a] ?? 0) - (scores[b] ?? 0) || a - b);
}

function countCodes(codes: Int32Array, nCodes: number): Float64Array {
  const counts = new Float64Array(nCodes);
  for (const code of codes) if (code >= 0) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
}

/** Mean score of each cell times √(its rows): on the scale of the residuals below, so that both weigh alike. */
function averageScores(cells: Int32Array, counts: Float64Array, scores: Float64Array): Float64Array {
  const sums = new Float64Array(counts.length);
  cells.forEach((cell, row) => {
    const score = scores[row] ?? NaN;
    if (cell >= 0 && !Number.isNaN(score)) sums[cell] = (sums[cell] ?? 0) + score;
  });
  return sums.map((sum, cell) => sum / Math.sqrt(counts[cell] ?? 1));
}

/** (observed − expected) / √expected of each combination, row-major [cell, code]. */
function standardiseResiduals(
  cells: Int32Array,
  counts: Float64Array,
  codes: Int32Array,
  nCodes: number,
): Float64Array {
  const table = new Float64Array(counts.length * nCodes);
  const columnSums = new Float64Array(nCodes);
  let total = 0;
  cells.forEach((cell, row) => {
    if (cell < 0) return;
    const code = codes[row] ?? 0;
    table[cell * nCodes + code] = (table[cell * nCodes + code] ?? 0) + 1;
    columnSums[code] = (columnSums[code] ?? 0) + 1;
    total += 1;
  });
  return table.map((observed, at) => {
    const expected = ((counts[Math.floor(at / nCodes)] ?? 0) * (columnSums[at % nCodes] ?? 0)) / total;
    return expected > 0 ? (observed - expected) / Math.sqrt(expected) : 0;
  });
}

/** Leading left singular vector of the residual tables side by side, by power iteration. */
function findFirstAxis(tables: readonly Float64Array[], counts: Float64Array): Float64Array {
  const n = counts.length;
  // An irregular start, so that no axis that data are likely to have is orthogonal to it.
  let axis = normalise(Float64Array.from({ length: n }, (_, i) => (((i + 1) * 0.618034) % 1) - 0.3));
  for (let step = 0; step < N_ITERATIONS; step++) {
    const next = new Float64Array(n);
    for (const table of tables) multiplyGram(table, axis, next);
    axis = normalise(next);
  }
  return axis;
}

/** Adds T·Tᵀ·x to `out`. */
function multiplyGram(table: Float64Array, x: Float64Array, out: Float64Array): void {
  const width = table.length / x.length;
  const across = new Float64Array(width);
  table.forEach((value, at) => {
    across[at % width] = (across[at % width] ?? 0) + value * (x[Math.floor(at / width)] ?? 0);
  });
  table.forEach((value, at) => {
    const i = Math.floor(at / width);
    out[i] = (out[i] ?? 0) + value * (across[at % width] ?? 0);
  });
}

function normalise(x: Float64Array): Float64Array {
  const length = Math.sqrt(x.reduce((sum, value) => sum + value * value, 0));
  return length > 0 ? x.map((value) => value / length) : x;
}
