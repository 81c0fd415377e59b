import { countUpTo } from '../math/bisect';
import { getColumn, type Column, type Table } from '../data/table';
import type { LevelMargin, Margin, NumberMargin } from './copula-margins';

/**
 * Log-likelihood of each row where every column is drawn on its own from its margin: the sum over columns of the
 * log-probability of the row's value, with ranges drawn evenly over the values that they can hold. A value that cannot be
 * drawn counts half of the rarest that can, so that no row is minus infinity. Throws TypeError for a column of another kind.
 */
export function scoreMargins(margins: readonly Margin[], table: Table): Float64Array {
  const scores = new Float64Array(table.nRows);
  for (const margin of margins) {
    const shareOf = openShares(margin, getColumn(table, margin.name));
    for (let row = 0; row < scores.length; row++) scores[row] = (scores[row] ?? 0) + Math.log(shareOf(row));
  }
  return scores;
}

/** The probability of the value that a row has. */
type ShareOfRow = (row: number) => number;

/** A number may be a cell of its own and lie in a range as well. */
interface NumberShares {
  readonly singles: ReadonlyMap<number, number>;
  /** In ascending order, each with the probability of any one value in it. */
  readonly ranges: readonly { readonly high: number; readonly each: number }[];
  /** Where each range begins. */
  readonly lows: Float64Array;
}

function openShares(margin: Margin, column: Column): ShareOfRow {
  const { missingShare } = margin;
  const cells = listShares(margin);
  if (margin.kind === 'level' && column.kind === 'level') {
    const shares = shareLevels(margin, cells, column.levels);
    const unseen = halfOfRarest([missingShare, ...cells]);
    return (row) => {
      const code = column.codes[row] ?? -1;
      return (code < 0 ? missingShare : (shares[code] ?? 0)) || unseen;
    };
  }
  if (margin.kind === 'number' && column.kind === 'number') {
    const shares = shareNumbers(margin, cells);
    const unseen = halfOfRarest([
      missingShare,
      ...shares.singles.values(),
      ...shares.ranges.map(({ each }) => each),
    ]);
    return (row) => {
      const value = column.values[row] ?? NaN;
      return (Number.isNaN(value) ? missingShare : shareOfNumber(shares, value)) || unseen;
    };
  }
  throw new TypeError(`column "${margin.name}" is of another kind than in train`);
}

/** The probability of each cell, missing rows counted among all. */
function listShares({ missingShare, cumulative }: Margin): Float64Array {
  const before = (cell: number): number => (cell === 0 ? 0 : (cumulative[cell - 1] ?? 0));
  return cumulative.map((share, cell) => (1 - missingShare) * (share - before(cell)));
}

function halfOfRarest(shares: readonly number[]): number {
  return 0.5 * shares.reduce((least, share) => (share > 0 ? Math.min(least, share) : least), 1);
}

/** Shares of the levels as another table numbers them; 0 for those that the margin lacks. */
function shareLevels(margin: LevelMargin, cells: Float64Array, levels: readonly string[]): Float64Array {
  const known = new Map(Array.from(margin.order, (level, cell) => [margin.levels[level], cells[cell] ?? 0]));
  return Float64Array.from(levels, (level) => known.get(level) ?? 0);
}

function shareNumbers(margin: NumberMargin, cells: Float64Array): NumberShares {
  const { rounding } = margin;
  const step = rounding.kind === 'multiples' ? rounding.step : 10 ** -rounding.decimals;
  const all = Array.from(cells, (share, cell) => {
    const [low, high] = [margin.low[cell] ?? NaN, margin.high[cell] ?? NaN];
    return { low, high, each: share / ((high - low) / step + 1) };
  });
  const ranges = all.filter(({ low, high }) => low < high).sort((a, b) => a.low - b.low);
  return {
    singles: new Map(all.filter(({ low, high }) => low === high).map(({ low, each }) => [low, each])),
    ranges,
    lows: Float64Array.from(ranges, ({ low }) => low),
  };
}

function shareOfNumber({ singles, ranges, lows }: NumberShares, value: number): number {
  const range = ranges[countUpTo(lows, value) - 1];
  const within = range !== undefined && value <= range.high ? range.each : 0;
  return (singles.get(value) ?? 0) + within;
}
