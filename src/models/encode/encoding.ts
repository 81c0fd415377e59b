import type { MixtureComponent } from '../../math/gaussian-mixture';
import type { NumberCodes } from '../trees/value-codes';

/**
 * How a table becomes a matrix and back. Plain data: it travels in checkpoints and fitted models.
 *
 * A level column is one block of indicators (missing is its last level when it occurs). A number is either a block of
 * indicators over values that many rows share and bins of many rows, or, as Xu et al. 2019 have it (section 4.2,
 * mode-specific normalisation), over the modes of its distribution, plus one position inside the mode when Gaussian
 * modes exist.
 */
export interface Encoding {
  /** One entry a column of the table, in the same order. */
  readonly columns: readonly ColumnEncoding[];
  /** All positions first, then all blocks, so that each kind is one contiguous range of the matrix. */
  readonly segments: readonly Segment[];
  /** Number of positions: matrix columns 0 … nAlpha − 1. */
  readonly nAlpha: number;
  /** Matrix columns altogether. */
  readonly width: number;
}

/** A run of matrix columns that belongs to one table column. */
export interface Segment {
  readonly column: number;
  readonly kind: 'alpha' | 'onehot';
  readonly offset: number;
  readonly width: number;
}

export type ColumnEncoding = NumberEncoding | BinnedEncoding | LevelEncoding;

export interface LevelEncoding {
  readonly kind: 'level';
  readonly name: string;
  readonly levels: readonly string[];
  readonly hasMissing: boolean;
}

/**
 * A number by groups of codes (see {@link NumberCodes}): missing first when it occurs, then runs of neighbouring codes.
 * The networks know the groups; within one, codes are drawn by their frequency in train.
 */
export interface BinnedEncoding {
  readonly kind: 'binned';
  readonly name: string;
  readonly hasMissing: boolean;
  readonly codes: NumberCodes;
  /** Group of each code, the one for missing included. */
  readonly groupOf: Uint16Array;
  /** Rows behind each code. */
  readonly counts: Uint32Array;
  readonly nGroups: number;
  /** True when every group is one value: a short scale. */
  readonly isScale: boolean;
}

/** Modes in the order of the indicator block: Gaussian components, single values, missing. */
export interface NumberEncoding {
  readonly kind: 'number';
  readonly name: string;
  readonly gaussians: readonly MixtureComponent[];
  /** Values so frequent that they are modes of their own (spikes, short integer scales), ascending. */
  readonly atoms: readonly number[];
  readonly hasMissing: boolean;
  readonly rounding: Rounding;
  readonly min: number;
  readonly max: number;
}

/** Decimals for numbers; multiples of a step in ms for datetimes. */
export type Rounding =
  | { readonly kind: 'decimals'; readonly decimals: number }
  | { readonly kind: 'multiples'; readonly step: number };

/** Rows as numbers instead of a full matrix: 4 bytes a position and 2 a block. */
export interface EncodedRows {
  readonly nRows: number;
  /** One array an alpha segment, in [−0.99, 0.99]; 0 where the mode is not Gaussian. */
  readonly alphas: readonly Float32Array[];
  /** One array an onehot segment: index of the set indicator. */
  readonly codes: readonly Uint16Array[];
}

/** Number of indicators of a column. */
export function blockWidth(column: ColumnEncoding): number {
  const nMissing = column.hasMissing ? 1 : 0;
  if (column.kind === 'binned') return column.nGroups;
  return column.kind === 'level'
    ? column.levels.length + nMissing
    : column.gaussians.length + column.atoms.length + nMissing;
}

/** Lays the columns out in the matrix. */
export function layOut(columns: readonly ColumnEncoding[]): Encoding {
  const segments: Segment[] = [];
  let offset = 0;
  columns.forEach((column, index) => {
    if (column.kind !== 'number' || column.gaussians.length === 0) return;
    segments.push({ column: index, kind: 'alpha', offset, width: 1 });
    offset += 1;
  });
  const nAlpha = offset;
  columns.forEach((column, index) => {
    const width = blockWidth(column);
    segments.push({ column: index, kind: 'onehot', offset, width });
    offset += width;
  });
  return { columns, segments, nAlpha, width: offset };
}

/** The indicator blocks, one a table column, in column order. */
export function blocksOf(encoding: Encoding): Segment[] {
  return encoding.segments.filter((segment) => segment.kind === 'onehot');
}

/** The positions, in matrix order. */
export function alphasOf(encoding: Encoding): Segment[] {
  return encoding.segments.filter((segment) => segment.kind === 'alpha');
}
