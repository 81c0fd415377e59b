import type { Column, Table } from '../../data/table';
import type { Rng } from '../../math/rng';
import { SDS_PER_ALPHA } from './encode-rows';
import { alphasOf, blocksOf, type EncodedRows, type Encoding, type NumberEncoding } from './encoding';
import { toValid } from './rounding';

/** The table that encoded rows stand for. Every value is in its levels, or rounded and inside its range. */
export function decodeRows(encoded: EncodedRows, encoding: Encoding): Table {
  let nextAlpha = 0;
  const columns = encoding.columns.map((column, index): Column => {
    const code = encoded.codes[index] ?? new Uint16Array(encoded.nRows);
    if (column.kind === 'level') {
      const nLevels = column.levels.length;
      const codes = Int32Array.from(code, (value) => (value < nLevels ? value : -1));
      return { kind: 'level', name: column.name, codes, levels: column.levels };
    }
    const alpha = column.gaussians.length > 0 ? encoded.alphas[nextAlpha++] : undefined;
    const values = Float64Array.from(code, (mode, row) => decodeNumber(column, mode, alpha?.[row] ?? 0));
    return { kind: 'number', name: column.name, values };
  });
  return { nRows: encoded.nRows, columns };
}

function decodeNumber(column: NumberEncoding, mode: number, alpha: number): number {
  const gaussian = column.gaussians[mode];
  if (gaussian !== undefined) {
    const position = Math.min(Math.max(alpha, -1), 1);
    return toValid(gaussian.mean + SDS_PER_ALPHA * gaussian.sd * position, column);
  }
  return column.atoms[mode - column.gaussians.length] ?? NaN;
}

/** What a network says about rows, before any draw. */
export interface RowLogits {
  readonly nRows: number;
  /** Positions before tanh, then unnormalised log probabilities: [nRows, encoding.width]. */
  readonly values: Float32Array;
  /** Standard deviation of each position about its mean, one an alpha segment; null = positions are exact. */
  readonly sigmas: Float32Array | null;
}

/** Draws one row from each row of logits: levels and modes by their softmax, positions by their normal. */
export function drawRows(logits: RowLogits, encoding: Encoding, rng: Rng): EncodedRows {
  const { nRows, values, sigmas } = logits;
  const blocks = blocksOf(encoding);
  const positions = alphasOf(encoding);
  const codes = blocks.map(() => new Uint16Array(nRows));
  const alphas = positions.map(() => new Float32Array(nRows));
  const widest = blocks.reduce((most, block) => Math.max(most, block.width), 0);
  const weights = new Float64Array(widest);
  for (let row = 0; row < nRows; row++) {
    const start = row * encoding.width;
    alphas.forEach((alpha, j) => {
      const noise = sigmas === null ? 0 : (sigmas[j] ?? 0) * rng.normal();
      alpha[row] = Math.tanh(values[start + j] ?? 0) + noise;
    });
    codes.forEach((code, j) => {
      const block = blocks[j];
      if (block !== undefined) code[row] = drawCode(values, start + block.offset, block.width, weights, rng);
    });
  }
  return { nRows, alphas, codes };
}

function drawCode(
  values: Float32Array,
  offset: number,
  width: number,
  weights: Float64Array,
  rng: Rng,
): number {
  let top = -Infinity;
  for (let k = 0; k < width; k++) top = Math.max(top, values[offset + k] ?? 0);
  let total = 0;
  for (let k = 0; k < width; k++) {
    const weight = Math.exp((values[offset + k] ?? 0) - top);
    weights[k] = weight;
    total += weight;
  }
  let target = rng.float() * total;
  for (let k = 0; k < width - 1; k++) {
    target -= weights[k] ?? 0;
    if (target < 0) return k;
  }
  return width - 1;
}
