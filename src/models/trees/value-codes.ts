import { countBelow } from '../../math/bisect';
import { toValid } from '../encode/rounding';
import type { Rounding } from '../encode/encoding';

/** Code of a missing value in every column. */
export const MISSING = 0;

/**
 * What the values of a number column become before they are learnt: atoms (values that many rows share, written as they
 * are) and bins (the other values, sorted, in groups of many rows, of which only ends and mean are kept). Codes: 0 =
 * missing, then atoms, then bins. Plain data: it holds no value of fewer than `atomRows` rows.
 */
export interface NumberCodes {
  readonly kind: 'number';
  /** Ascending; codes from 1. */
  readonly atoms: Float64Array;
  /** Ends of each bin, in positions: places on the lattice where there is one, else values. */
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** Where a bin's mean lies between its ends, 0–1. */
  readonly tilt: Float64Array;
  readonly lattice: Lattice | null;
  readonly rounding: Rounding;
  readonly min: number;
  readonly max: number;
}

/** The evenly spaced values a column can take, those of atoms left out, numbered from 0. */
export interface Lattice {
  readonly origin: number;
  readonly step: number;
  /** Places of the atoms among all values, ascending. */
  readonly taken: Float64Array;
}

/** Levels as codes from 1, in the order of the column's levels; levels of too few rows have code −1 and are never drawn. */
export interface LevelCodes {
  readonly kind: 'level';
  readonly levels: readonly string[];
  /** Level of each code from 1. */
  readonly kept: Int32Array;
}

export type ValueCodes = NumberCodes | LevelCodes;

export function countCodes(codes: ValueCodes): number {
  return 1 + (codes.kind === 'level' ? codes.kept.length : codes.atoms.length + codes.low.length);
}

/** Place of a value on the lattice, atoms not counted; between two places for an atom. */
export function toPosition({ origin, step, taken }: Lattice, value: number): number {
  const place = Math.round((value - origin) / step);
  const below = countBelow(taken, place);
  return taken[below] === place ? place - below - 0.5 : place - below;
}

/** The value at the place nearest to a position. */
export function fromPosition({ origin, step, taken }: Lattice, position: number): number {
  const wanted = Math.round(position);
  let low = 0;
  let high = taken.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((taken[middle] ?? 0) - middle <= wanted) low = middle + 1;
    else high = middle;
  }
  return origin + (wanted + low) * step;
}

/** The value at quantile `u` of a code: an atom itself, within a bin by a power law with the bin's mean. */
export function valueOfCode(codes: NumberCodes, code: number, u: number): number {
  if (code === MISSING) return NaN;
  const bin = code - 1 - codes.atoms.length;
  return bin < 0 ? (codes.atoms[code - 1] ?? NaN) : valueAt(codes, bin, u);
}

/**
 * Probability with which a code is drawn as `value`, 0–1; values are told apart as finely as the column is written. A value
 * beyond the ends of its bin counts as half of an even spread.
 */
export function shareOfValue(codes: NumberCodes, code: number, value: number): number {
  const bin = code - 1 - codes.atoms.length;
  if (code === MISSING || bin < 0) return 1;
  const low = codes.low[bin] ?? 0;
  const width = (codes.high[bin] ?? 0) - low;
  const step = codes.lattice === null ? stepOf(codes.rounding) : 1;
  if (!(width > step)) return 1;
  const tilt = codes.tilt[bin] ?? 0.5;
  const place = ((codes.lattice === null ? value : toPosition(codes.lattice, value)) - low) / width;
  const half = step / (2 * width);
  const share = quantileOf(tilt, place + half) - quantileOf(tilt, place - half);
  return Math.max(share, step / (2 * width));
}

/** Distance between neighbouring values of a column. */
export function stepOf(rounding: Rounding): number {
  return rounding.kind === 'multiples' ? rounding.step : 10 ** -rounding.decimals;
}

/** Quantile of a place within a bin, 0–1: what {@link valueAt} turns round. */
function quantileOf(tilt: number, place: number): number {
  const inside = Math.min(Math.max(place, 0), 1);
  return tilt <= 0.5 ? inside ** (tilt / (1 - tilt)) : 1 - (1 - inside) ** ((1 - tilt) / tilt);
}

/** The value at quantile `u` of a bin. */
function valueAt(codes: NumberCodes, bin: number, u: number): number {
  const low = codes.low[bin] ?? 0;
  const width = (codes.high[bin] ?? 0) - low;
  const tilt = codes.tilt[bin] ?? 0.5;
  const share = tilt <= 0.5 ? u ** (1 / tilt - 1) : 1 - (1 - u) ** (1 / (1 - tilt) - 1);
  const position = low + width * share;
  if (codes.lattice === null) return toValid(position, codes);
  const inside = Math.min(Math.max(Math.round(position), Math.ceil(low)), Math.floor(low + width));
  return toValid(fromPosition(codes.lattice, inside), codes);
}
