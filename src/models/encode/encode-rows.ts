import { getColumn, type Table } from '../../data/table';
import type { Rng } from '../../math/rng';
import { codeNumbers } from '../trees/fit-codes';
import type { BinnedEncoding, EncodedRows, Encoding, NumberEncoding } from './encoding';

/** Positions are clipped to ± this (Xu et al. 2019's code). */
export const ALPHA_LIMIT = 0.99;
/** A position of 1 is this many standard deviations from the mean of its mode. */
export const SDS_PER_ALPHA = 4;
/** Added to each mode's probability before one is drawn, so that none is ever impossible. */
const PROBABILITY_FLOOR = 1e-6;

/** Rows of `table` as positions and indicator indices. Gaussian modes are drawn by their posterior probability. */
export function encodeRows(table: Table, encoding: Encoding, rng: Rng): EncodedRows {
  const alphas: Float32Array[] = [];
  const codes: Uint16Array[] = [];
  for (const column of encoding.columns) {
    const source = getColumn(table, column.name);
    const code = new Uint16Array(table.nRows);
    if (column.kind === 'level') {
      if (source.kind !== 'level') throw new RangeError(`column "${column.name}" is not made of levels`);
      for (let row = 0; row < table.nRows; row++) {
        const index = source.codes[row] ?? -1;
        code[row] = index < 0 ? column.levels.length : index;
      }
    } else {
      if (source.kind !== 'number') throw new RangeError(`column "${column.name}" is not made of numbers`);
      if (column.kind === 'binned') encodeBinned(source.values, column, code);
      else {
        const alpha = new Float32Array(table.nRows);
        encodeNumbers(source.values, column, rng.fork(column.name), alpha, code);
        if (column.gaussians.length > 0) alphas.push(alpha);
      }
    }
    codes.push(code);
  }
  return { nRows: table.nRows, alphas, codes };
}

function encodeBinned(values: Float64Array, { codes, groupOf }: BinnedEncoding, out: Uint16Array): void {
  codeNumbers(codes, values).forEach((code, row) => (out[row] = groupOf[code] ?? 0));
}

function encodeNumbers(
  values: Float64Array,
  column: NumberEncoding,
  rng: Rng,
  alpha: Float32Array,
  code: Uint16Array,
): void {
  const { gaussians, atoms } = column;
  const exact = new Map(atoms.map((value, index) => [value, gaussians.length + index]));
  const cumulative = new Float64Array(gaussians.length);
  for (let row = 0; row < values.length; row++) {
    const value = values[row] ?? NaN;
    const atom = exact.get(value);
    if (Number.isNaN(value)) code[row] = gaussians.length + atoms.length;
    else if (atom !== undefined) code[row] = atom;
    else if (gaussians.length === 0) code[row] = nearestAtom(atoms, value);
    else {
      const k = drawMode(value, column, cumulative, rng);
      const mode = gaussians[k];
      if (mode === undefined) throw new RangeError('mode out of range');
      code[row] = k;
      alpha[row] = clip((value - mode.mean) / (SDS_PER_ALPHA * mode.sd));
    }
  }
}

function drawMode(value: number, column: NumberEncoding, cumulative: Float64Array, rng: Rng): number {
  let top = -Infinity;
  column.gaussians.forEach((mode, k) => {
    const z = (value - mode.mean) / mode.sd;
    cumulative[k] = Math.log(mode.weight / mode.sd) - 0.5 * z * z;
    top = Math.max(top, cumulative[k] ?? 0);
  });
  let total = 0;
  for (let k = 0; k < cumulative.length; k++) total += Math.exp((cumulative[k] ?? 0) - top);
  let sum = 0;
  for (let k = 0; k < cumulative.length; k++) {
    sum += Math.exp((cumulative[k] ?? 0) - top) / total + PROBABILITY_FLOOR;
    cumulative[k] = sum;
  }
  return rng.pick(cumulative);
}

function nearestAtom(atoms: readonly number[], value: number): number {
  let best = 0;
  atoms.forEach((atom, index) => {
    if (Math.abs(atom - value) < Math.abs((atoms[best] ?? 0) - value)) best = index;
  });
  return best;
}

function clip(x: number): number {
  return Math.min(Math.max(x, -ALPHA_LIMIT), ALPHA_LIMIT);
}

/** Writes the given rows as a dense matrix [rows.length, encoding.width] into `out`, which is overwritten. */
export function writeMatrix(
  encoded: EncodedRows,
  encoding: Encoding,
  rows: ArrayLike<number>,
  out: Float32Array,
): void {
  out.fill(0);
  let nextAlpha = 0;
  let nextBlock = 0;
  for (const segment of encoding.segments) {
    if (segment.kind === 'alpha') {
      const alpha = encoded.alphas[nextAlpha++];
      for (let i = 0; i < rows.length; i++) {
        out[i * encoding.width + segment.offset] = alpha?.[rows[i] ?? 0] ?? 0;
      }
    } else {
      const code = encoded.codes[nextBlock++];
      for (let i = 0; i < rows.length; i++) {
        out[i * encoding.width + segment.offset + (code?.[rows[i] ?? 0] ?? 0)] = 1;
      }
    }
  }
}

/** 1 where the row's mode is Gaussian and its position means something, else 0: [rows.length, encoding.nAlpha]. */
export function writeAlphaMask(
  encoded: EncodedRows,
  encoding: Encoding,
  rows: ArrayLike<number>,
  out: Float32Array,
): void {
  let j = 0;
  encoding.columns.forEach((column, index) => {
    if (column.kind !== 'number' || column.gaussians.length === 0) return;
    const code = encoded.codes[index];
    for (let i = 0; i < rows.length; i++) {
      out[i * encoding.nAlpha + j] = (code?.[rows[i] ?? 0] ?? 0) < column.gaussians.length ? 1 : 0;
    }
    j++;
  });
}
