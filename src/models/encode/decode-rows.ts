import type { Column, Table } from '../../data/table';
import type { Rng } from '../../math/rng';
import { SDS_PER_ALPHA } from './encode-rows';
import { MISSING } from '../trees/value-codes';
import { drawCoded } from './draw-coded';
import {
  alphasOf,
  blocksOf,
  type BinnedEncoding,
  type EncodedRows,
  type Encoding,
  type NumberEncoding,
} from './encoding';
import { toValid } from './rounding';

/**
 * The table that encoded rows stand for. Every value is in its levels, or rounded and inside its range. `rng` draws
 * values within bins.
 */
export function decodeRows(encoded: EncodedRows, encoding: Encoding, rng: Rng): Table {
  let nextAlpha = 0;
  const columns = encoding.columns.map((column, index): Column => {
    const code = encoded.codes[index] ?? new Uint16Array(encoded.nRows);
    if (column.kind === 'level') {
      const nLevels = column.levels.length;
      const codes = Int32Array.from(code, (value) => (value < nLevels ? value : -1));
      return { kind: 'level', name: column.name, codes, levels: column.levels };
    }
    if (column.kind === 'binned') {
      const values = decodeBinned(column, code, rng.fork(column.name));
      return { kind: 'number', name: column.name, values };
    }
    const alpha = column.gaussians.length > 0 ? encoded.alphas[nextAlpha++] : undefined;
    const values = Float64Array.from(code, (mode, row) => decodeNumber(column, mode, alpha?.[row] ?? 0));
    return { kind: 'number', name: column.name, values };
  });
  return { nRows: encoded.nRows, columns };
}

function decodeBinned(column: BinnedEncoding, groups: Uint16Array, rng: Rng): Float64Array {
  const { codes, groupOf, counts, nGroups } = column;
  const members: { readonly code: number[]; readonly cumulative: number[] }[] = Array.from(
    { length: nGroups },
    () => ({ code: [], cumulative: [] }),
  );
  groupOf.forEach((group, code) => {
    const count = counts[code] ?? 0;
    const list = members[group];
    if (count === 0 || list === undefined) return;
    list.code.push(code);
    list.cumulative.push((list.cumulative.at(-1) ?? 0) + count);
  });
  const within = rng.fork('within');
  const drawn = Int32Array.from(groups, (group) => {
    const list = members[group];
    if (list === undefined || list.code.length < 2) return list?.code[0] ?? MISSING;
    return list.code[within.pick(list.cumulative)] ?? MISSING;
  });
  const values = new Float64Array(groups.length);
  drawCoded(codes, drawn, values, rng);
  return values;
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
  /** How an indicator is chosen: drawn by the softmax, or always the likeliest. */
  readonly choice: Choice;
}

export type Choice = 'softmax' | 'argmax';

/** Draws one row from each row of logits: levels and modes by their softmax, positions by their normal. */
export function drawRows(logits: RowLogits, encoding: Encoding, rng: Rng): EncodedRows {
  const { nRows, values, sigmas, choice } = logits;
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
      if (block === undefined) return;
      const from = start + block.offset;
      code[row] =
        choice === 'argmax'
          ? likeliest(values, from, block.width)
          : drawCode(values, from, block.width, weights, rng);
    });
  }
  return { nRows, alphas, codes };
}

function likeliest(values: Float32Array, offset: number, width: number): number {
  let best = 0;
  for (let k = 1; k < width; k++) if ((values[offset + k] ?? 0) > (values[offset + best] ?? 0)) best = k;
  return best;
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
