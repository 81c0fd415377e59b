import { countBelow } from '../../math/bisect';
import type { Column, LevelColumn } from '../../data/table';

/** Codes a feature has at most: 0 = missing, then up to 254. */
export const N_FEATURE_CODES = 255;

/** How a column is seen by the trees of the columns after it. Plain data. */
export interface Feature {
  /** Cuts between numbers, ascending; null for levels. */
  readonly cuts: Float64Array | null;
  /** Code of each level; null for numbers. */
  readonly levelCodes: Uint8Array | null;
  /** Number of codes in use. */
  readonly nCodes: number;
}

export function fitFeature(column: Column): Feature {
  return column.kind === 'number' ? fitCuts(column.values) : fitLevelCodes(column);
}

/** Feature codes of rows, those of one row side by side. */
export interface CodedRows {
  readonly nRows: number;
  /** Codes a row. */
  readonly width: number;
  readonly codes: Uint8Array;
}

/** Codes of rows: from 1 in order of value or by level, 0 where the value is missing. */
export function codeFeature(feature: Feature, column: Column): Uint8Array {
  const nRows = column.kind === 'level' ? column.codes.length : column.values.length;
  const codes = new Uint8Array(nRows);
  writeFeature(feature, column, { nRows, width: 1, codes }, 0);
  return codes;
}

/** Writes the codes of a column as entry `at` of each row. */
export function writeFeature(feature: Feature, column: Column, rows: CodedRows, at: number): void {
  const { cuts } = feature;
  if (column.kind === 'level') return writeLevels(column.codes, feature.levelCodes ?? EMPTY, rows, at);
  if (cuts === null) throw new RangeError('a feature of levels cannot code numbers');
  for (let row = 0; row < rows.nRows; row++) {
    const value = column.values[row] ?? NaN;
    rows.codes[row * rows.width + at] = Number.isNaN(value) ? 0 : 1 + countBelow(cuts, value);
  }
}

const EMPTY = new Uint8Array();

function writeLevels(codes: Int32Array, levelCodes: Uint8Array, rows: CodedRows, at: number): void {
  for (let row = 0; row < rows.nRows; row++) {
    const code = codes[row] ?? -1;
    rows.codes[row * rows.width + at] = code < 0 ? 0 : (levelCodes[code] ?? 0);
  }
}

/** Half way between neighbouring values; where there are too many, at evenly spaced ranks. */
function fitCuts(values: Float64Array): Feature {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const distinct = sorted.filter((value, i) => i === 0 || value !== sorted[i - 1]);
  const most = N_FEATURE_CODES - 2;
  const cuts = new Set<number>();
  if (distinct.length <= most + 1)
    for (let i = 1; i < distinct.length; i++) cuts.add(((distinct[i - 1] ?? 0) + (distinct[i] ?? 0)) / 2);
  else
    for (let i = 1; i <= most; i++) {
      const value = sorted[Math.floor((i * sorted.length) / (most + 1))] ?? 0;
      const at = countBelow(distinct, value);
      if (at > 0) cuts.add(((distinct[at - 1] ?? 0) + value) / 2);
    }
  const list = Float64Array.from(cuts).sort();
  return { cuts: list, levelCodes: null, nCodes: list.length + 2 };
}

/** A code a level; where there are too many the most frequent have codes of their own and the others share the last. */
function fitLevelCodes({ codes, levels }: LevelColumn): Feature {
  const most = N_FEATURE_CODES - 1;
  if (levels.length <= most)
    return { cuts: null, levelCodes: Uint8Array.from(levels, (_, i) => i + 1), nCodes: levels.length + 1 };
  const counts = new Int32Array(levels.length);
  for (const code of codes) if (code >= 0) counts[code] = (counts[code] ?? 0) + 1;
  const order = Int32Array.from(counts.keys()).sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0) || a - b);
  const levelCodes = new Uint8Array(levels.length).fill(most);
  for (let i = 0; i < most - 1; i++) levelCodes[order[i] ?? 0] = i + 1;
  return { cuts: null, levelCodes, nCodes: N_FEATURE_CODES };
}
