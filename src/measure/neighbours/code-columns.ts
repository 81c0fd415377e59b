import type { Points } from './points';

/** A column of points in few codes, each of which stands for values that lie together. */
export interface CodedColumn {
  /** Code of each row. */
  readonly codes: Uint16Array;
  readonly nCodes: number;
  /** Writes, for each code, the least that a query's value can be away from the values it stands for; at most 1 is said. */
  readonly bound: (queries: Points, query: number, least: Float64Array) => void;
}

const MAX_LEVEL_CODES = 63;
const MAX_NUMBER_CODES = 31;
/** Numbers lie between 0 and 1, but for those beyond the range of the table that spanned the space. */
const [LOWEST, HIGHEST] = [-1, 2];

/** The most frequent levels have a code each, and the rest share one. */
export function codeLevels({ nRows, nLevels, levels }: Points, place: number): CodedColumn {
  const counts = new Map<number, number>();
  for (let row = 0, at = place; row < nRows; row++, at += nLevels) {
    const level = levels[at] ?? -1;
    counts.set(level, (counts.get(level) ?? 0) + 1);
  }
  const byCount = [...counts].sort(([a, m], [b, n]) => n - m || a - b);
  const codeOf = new Map(byCount.map(([level], i) => [level, Math.min(i, MAX_LEVEL_CODES - 1)]));
  return {
    codes: Uint16Array.from(
      { length: nRows },
      (_, row) => codeOf.get(levels[row * nLevels + place] ?? -1) ?? 0,
    ),
    nCodes: Math.max(1, Math.min(counts.size, MAX_LEVEL_CODES)),
    bound: (queries, query, least) => {
      const own = codeOf.get(queries.levels[query * nLevels + place] ?? -1);
      least.fill(1);
      if (own !== undefined) least[own] = 0;
    },
  };
}

/** Bins of equal width, those without a row left out, each of which knows its smallest and its largest value. */
export function codeNumbers(
  { nRows, nNumbers, numbers }: Points,
  place: number,
  isSquared: boolean,
): CodedColumn {
  const read = (row: number) => numbers[row * nNumbers + place] ?? 0;
  const ends = findEnds(nRows, read);
  const codes = new Uint16Array(nRows);
  const codeOfBin = new Map<number, number>();
  const [lows, highs]: [number[], number[]] = [[], []];
  for (let row = 0; row < nRows; row++) {
    const value = read(row);
    const bin = binOf(value, ends);
    let code = codeOfBin.get(bin);
    if (code === undefined) codeOfBin.set(bin, (code = codeOfBin.size));
    codes[row] = code;
    lows[code] = Math.min(lows[code] ?? Infinity, value);
    highs[code] = Math.max(highs[code] ?? -Infinity, value);
  }
  return {
    codes,
    nCodes: Math.max(1, lows.length),
    bound: (queries, query, least) => {
      const value = queries.numbers[query * nNumbers + place] ?? 0;
      for (let code = 0; code < lows.length; code++) {
        const [low, high] = [lows[code] ?? 0, highs[code] ?? 0];
        const gap = value < low ? low - value : value > high ? value - high : 0;
        least[code] = gap >= 1 ? 1 : isSquared ? gap * gap : gap;
      }
    },
  };
}

interface Ends {
  readonly low: number;
  readonly width: number;
}

function findEnds(nRows: number, read: (row: number) => number): Ends {
  let [low, high] = [Infinity, -Infinity];
  for (let row = 0; row < nRows; row++) {
    const value = read(row);
    if (value > HIGHEST || value < LOWEST) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return { low, width: high > low ? (high - low) / (MAX_NUMBER_CODES - 2) : 1 };
}

/** Values beyond the range, missing ones among them, have the first and the last bin to themselves. */
function binOf(value: number, { low, width }: Ends): number {
  if (value > HIGHEST) return MAX_NUMBER_CODES - 1;
  if (value < LOWEST) return 0;
  return 1 + Math.min(MAX_NUMBER_CODES - 3, Math.floor((value - low) / width));
}
