import type { Column, LevelColumn, NumberColumn } from '../../data/table';
import { sortPresent } from '../../math/statistics';
import { digitise, findBinEdges, N_BIN_CODES, openEnds } from './bin-codes';

/** A number column with all that its comparisons need, computed once. */
export interface CodedNumbers {
  readonly kind: 'number';
  readonly name: string;
  readonly values: Float64Array;
  /** Present values rounded to 14 decimals, ascending. */
  readonly sorted: Float64Array;
  readonly nCodes: number;
  /** Bins over this column's own range. */
  readonly ownCodes: Int32Array;
  /** Bins over the range of train's column, ends open. */
  readonly trainCodes: Int32Array;
  /** Train's edges, ends open. */
  readonly trainEdges: Float64Array;
}

/** A level column whose codes agree between train and the other table; 0 = missing, level i = i + 1. */
export interface CodedLevels {
  readonly kind: 'level';
  readonly name: string;
  readonly nCodes: number;
  readonly codes: Int32Array;
  /** Rows of each code. */
  readonly counts: Float64Array;
  readonly levels: readonly string[];
}

export type CodedColumn = CodedNumbers | CodedLevels;

export function codeTrainColumn(column: Column): CodedColumn {
  return column.kind === 'number'
    ? codeNumbers(column, openEnds(findBinEdges(column.values)))
    : codeLevels(column, column.levels);
}

/** Codes a column against train's edges or levels; levels that train lacks get codes after train's. */
export function codeOtherColumn(column: Column, train: CodedColumn): CodedColumn {
  if (column.kind === 'number') {
    return codeNumbers(column, train.kind === 'number' ? train.trainEdges : findBinEdges(column.values));
  }
  return codeLevels(column, train.kind === 'level' ? train.levels : []);
}

function codeNumbers(column: NumberColumn, trainEdges: Float64Array): CodedNumbers {
  return {
    kind: 'number',
    name: column.name,
    values: column.values,
    sorted: sortPresent(column.values).map(roundTo14Decimals),
    nCodes: N_BIN_CODES,
    ownCodes: digitise(column.values, findBinEdges(column.values)),
    trainCodes: digitise(column.values, trainEdges),
    trainEdges,
  };
}

function codeLevels(column: LevelColumn, trainLevels: readonly string[]): CodedLevels {
  const known = new Map(trainLevels.map((level, i) => [level, i + 1]));
  const translation = column.levels.map((level) => {
    const code = known.get(level) ?? known.size + 1;
    known.set(level, code);
    return code;
  });
  const counts = new Float64Array(known.size + 1);
  const codes = column.codes.map((code) => (code < 0 ? 0 : (translation[code] ?? 0)));
  for (const code of codes) counts[code] = (counts[code] ?? 0) + 1;
  return {
    kind: 'level',
    name: column.name,
    nCodes: counts.length,
    codes,
    counts,
    levels: [...known.keys()],
  };
}

const ROUNDING = 1.5 * 2 ** 52;

/** Half-to-even at the 14th decimal, as NumPy rounds: adding 1.5·2⁵² leaves no room for a fraction. */
function roundTo14Decimals(value: number): number {
  const scaled = value * 1e14;
  if (Math.abs(scaled) >= 2 ** 51) return value;
  return (scaled + ROUNDING - ROUNDING) / 1e14;
}
