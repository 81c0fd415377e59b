import { buildLatent } from './copula-dependence';
import type { FittedMargin } from './copula-margins';

/**
 * What another column says about each row, by the row's cell there: a standardised score (NaN = missing), or a code
 * 0 … nCodes − 1. Each is listed at the cell's place + 1, with the one for missing first.
 */
export type Companion =
  | { readonly kind: 'scores'; readonly cells: Int32Array; readonly scoreOf: Float64Array }
  | {
      readonly kind: 'codes';
      readonly cells: Int32Array;
      readonly codeOf: Int32Array;
      readonly nCodes: number;
    };

/** Most rounds of the power iteration, and the squared step below which it has arrived. */
const N_ITERATIONS = 60;
const ARRIVED = 1e-12;

/** A column as company for another: levels as codes; numbers as normal scores, and as missing or not. */
export function describeCompanions({ margin, cells }: FittedMargin): readonly Companion[] {
  const nCells = margin.cumulative.length;
  if (margin.kind === 'level') {
    const codeOf = Int32Array.from({ length: nCells + 1 }, (_, code) => code);
    return [{ kind: 'codes', cells, codeOf, nCodes: nCells + 1 }];
  }
  const companions: Companion[] = [];
  const { scoreOf, sd } = buildLatent(cells, margin.cumulative);
  if (sd > 0) companions.push({ kind: 'scores', cells, scoreOf: scoreOf.map((score) => score / sd) });
  if (margin.missingShare > 0) {
    const codeOf = new Int32Array(nCells + 1).fill(1, 1);
    companions.push({ kind: 'codes', cells, codeOf, nCodes: 2 });
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
      ? averageScores(cells, counts, other)
      : standardiseResiduals(cells, counts, other),
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
function averageScores(
  cells: Int32Array,
  counts: Float64Array,
  other: Extract<Companion, { kind: 'scores' }>,
): Float64Array {
  const { cells: otherCells, scoreOf } = other;
  const sums = new Float64Array(counts.length);
  for (let row = 0; row < cells.length; row++) {
    const cell = cells[row] ?? -1;
    const score = scoreOf[(otherCells[row] ?? -1) + 1] ?? NaN;
    if (cell >= 0 && !Number.isNaN(score)) sums[cell] = (sums[cell] ?? 0) + score;
  }
  return sums.map((sum, cell) => sum / Math.sqrt(counts[cell] ?? 1));
}

/** (observed − expected) / √expected of each combination, row-major [cell, code]. */
function standardiseResiduals(
  cells: Int32Array,
  counts: Float64Array,
  { cells: otherCells, codeOf, nCodes }: Extract<Companion, { kind: 'codes' }>,
): Float64Array {
  const table = new Float64Array(counts.length * nCodes);
  for (let row = 0; row < cells.length; row++) {
    const cell = cells[row] ?? -1;
    if (cell < 0) continue;
    const at = cell * nCodes + (codeOf[(otherCells[row] ?? -1) + 1] ?? 0);
    table[at] = (table[at] ?? 0) + 1;
  }
  const columnSums = new Float64Array(nCodes);
  for (let at = 0; at < table.length; at++)
    columnSums[at % nCodes] = (columnSums[at % nCodes] ?? 0) + (table[at] ?? 0);
  const total = counts.reduce((sum, count) => sum + count, 0);
  for (let cell = 0, at = 0; cell < counts.length; cell++) {
    for (let code = 0; code < nCodes; code++, at++) {
      const expected = ((counts[cell] ?? 0) * (columnSums[code] ?? 0)) / total;
      table[at] = expected > 0 ? ((table[at] ?? 0) - expected) / Math.sqrt(expected) : 0;
    }
  }
  return table;
}

/** Leading left singular vector of the residual tables side by side, by power iteration. */
function findFirstAxis(tables: readonly Float64Array[], counts: Float64Array): Float64Array {
  const n = counts.length;
  // An irregular start, so that no axis that data are likely to have is orthogonal to it.
  let axis = normalise(Float64Array.from({ length: n }, (_, i) => (((i + 1) * 0.618034) % 1) - 0.3));
  for (let round = 0; round < N_ITERATIONS; round++) {
    const next = new Float64Array(n);
    for (const table of tables) multiplyGram(table, axis, next);
    const turned = normalise(next);
    const step = turned.reduce((sum, value, i) => sum + (value - (axis[i] ?? 0)) ** 2, 0);
    axis = turned;
    if (step < ARRIVED) break;
  }
  return axis;
}

/** Adds T·Tᵀ·x to `out`. */
function multiplyGram(table: Float64Array, x: Float64Array, out: Float64Array): void {
  const width = table.length / x.length;
  const across = new Float64Array(width);
  for (let i = 0, at = 0; i < x.length; i++) {
    const weight = x[i] ?? 0;
    for (let j = 0; j < width; j++, at++) across[j] = (across[j] ?? 0) + (table[at] ?? 0) * weight;
  }
  for (let i = 0, at = 0; i < x.length; i++) {
    let sum = out[i] ?? 0;
    for (let j = 0; j < width; j++, at++) sum += (table[at] ?? 0) * (across[j] ?? 0);
    out[i] = sum;
  }
}

function normalise(x: Float64Array): Float64Array {
  const length = Math.sqrt(x.reduce((sum, value) => sum + value * value, 0));
  return length > 0 ? x.map((value) => value / length) : x;
}
