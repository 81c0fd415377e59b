import { countBelow } from '../bisect';
/** A column as learners take it; a column of a Table is one. NaN and −1 are missing. */
export type FeatureColumn =
  | { readonly kind: 'number'; readonly values: Float64Array }
  | {
      readonly kind: 'level';
      readonly codes: Int32Array;
      readonly levels: { readonly length: number };
    };

/** What a learner predicts: one of a few classes, or a number. */
export type Target =
  | { readonly kind: 'class'; readonly classes: Int32Array; readonly nClasses: number }
  | { readonly kind: 'number'; readonly values: Float64Array };

/** How one column becomes codes: 0 is missing, the others are ranges of numbers or levels. */
export interface Binning {
  readonly isNominal: boolean;
  /** Codes in use lie below this; at most 256. */
  readonly nCodes: number;
  /** Upper ends of all ranges but the last, ascending; empty for levels. */
  readonly cuts: Float64Array;
  /** Code of each level; empty for numbers. */
  readonly codeOfLevel: Uint8Array;
}

/** Columns as codes, side by side. */
export interface CodedFeatures {
  readonly nRows: number;
  readonly binnings: readonly Binning[];
  /** One code a row for each column. */
  readonly codes: readonly Uint8Array[];
}

const MAX_RANGES = 255;
/** Code that the rarest levels share when there are more than 254. */
const POOLED = 255;

/**
 * Learns codes of one column: numbers as at most 255 ranges between quantiles (each distinct value its own where there are
 * few), levels by frequency with the rarest pooled. Source: scikit-learn's HistGradientBoosting, after LightGBM (Ke et al.
 * 2017).
 */
export function fitBinning(column: FeatureColumn): Binning {
  if (column.kind === 'level') return fitLevels(column.codes, column.levels.length);
  const present = column.values.filter((value) => !Number.isNaN(value)).sort();
  const cuts = findCuts(present);
  return { isNominal: false, nCodes: cuts.length + 2, cuts, codeOfLevel: new Uint8Array() };
}

function findCuts(ascending: Float64Array): Float64Array {
  const distinct = ascending.filter((value, i) => i === 0 || value !== ascending[i - 1]);
  const isFew = distinct.length <= MAX_RANGES;
  const source = isFew ? distinct : ascending;
  const nSteps = isFew ? distinct.length : MAX_RANGES;
  const cuts: number[] = [];
  for (let i = 1; i < nSteps; i++) {
    const at = isFew ? i : Math.ceil((i * (ascending.length - 1)) / MAX_RANGES);
    const [below, above] = [source[at - 1] ?? 0, source[at] ?? 0];
    const cut = below + (above - below) / 2;
    if (cut > (cuts.at(-1) ?? -Infinity)) cuts.push(cut);
  }
  return Float64Array.from(cuts);
}

function fitLevels(codes: Int32Array, nLevels: number): Binning {
  const counts = new Float64Array(nLevels);
  for (const code of codes) if (code >= 0) counts[code] = (counts[code] ?? 0) + 1;
  const order = Array.from(counts.keys()).sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0) || a - b);
  const codeOfLevel = new Uint8Array(nLevels);
  order.forEach((level, rank) => (codeOfLevel[level] = rank + 1 < POOLED ? rank + 1 : POOLED));
  const nCodes = Math.min(nLevels, POOLED) + 1;
  return { isNominal: true, nCodes, cuts: new Float64Array(), codeOfLevel };
}

/** The codes of a column under a binning; levels that it does not know are coded as missing. */
export function codeColumn(binning: Binning, column: FeatureColumn): Uint8Array {
  if (column.kind === 'level') {
    const { codes } = column;
    const out = new Uint8Array(codes.length);
    for (let row = 0; row < out.length; row++) out[row] = binning.codeOfLevel[codes[row] ?? -1] ?? 0;
    return out;
  }
  const { values } = column;
  const out = new Uint8Array(values.length);
  for (let row = 0; row < out.length; row++) {
    const value = values[row] ?? NaN;
    out[row] = Number.isNaN(value) ? 0 : 1 + countBelow(binning.cuts, value);
  }
  return out;
}

/** Codes of all columns, by binnings learnt from these rows themselves or given. */
export function codeFeatures(
  columns: readonly FeatureColumn[],
  nRows: number,
  binnings: readonly Binning[] = columns.map(fitBinning),
): CodedFeatures {
  const codes = columns.map((column, i) => codeColumn(binnings[i] ?? fitBinning(column), column));
  return { nRows, binnings, codes };
}
