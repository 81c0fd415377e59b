import { countBelow, countUpTo } from '../../math/bisect';
import type { Column, Table } from '../../data/table';
import { sortPresent } from '../../math/statistics';
import type { Points } from '../neighbours/points';

/**
 * Rows as points: a number is its rank among train's (0–1, ties in their middle), each level an axis of its own at 1/√2, so
 * that two levels lie 1 apart, and a missing number lies in the middle and 1 away on an axis of its own. Levels are codes, or
 * whether the number is missing: two that differ add 1 to the squared distance.
 */
export type MixedPoints = Points;

/** How each column becomes places of a point. */
export type MixedSpace = readonly MixedAxis[];

interface MixedAxis {
  /** Train's present values, ascending; null for levels. */
  readonly ascending: Float64Array | null;
  /** Whether the column has a place for levels, or for being missing. */
  readonly isMarked: boolean;
}

/** The space of train's ranks; `others` are the tables that will be placed in it, which may miss what train has. */
export function spanMixedSpace(train: Table, others: readonly Table[]): MixedSpace {
  return train.columns.map((column, at) => {
    if (column.kind === 'level') return { ascending: null, isMarked: true };
    const isMarked = [train, ...others].some(({ columns }) => hasGap(columns[at]));
    return { ascending: sortPresent(column.values), isMarked };
  });
}

function hasGap(column: Column | undefined): boolean {
  return column?.kind === 'number' && column.values.some((value) => Number.isNaN(value));
}

/** The rows of a table that is aligned with the space's. */
export function placeMixed(space: MixedSpace, { nRows, columns }: Table): MixedPoints {
  const nNumbers = space.filter(({ ascending }) => ascending !== null).length;
  const nLevels = space.filter(({ isMarked }) => isMarked).length;
  const numbers = new Float64Array(nRows * nNumbers);
  const levels = new Int32Array(nRows * nLevels);
  let [number, level] = [0, 0];
  space.forEach(({ ascending, isMarked }, at) => {
    const column = columns[at];
    if (column === undefined) return;
    if (isMarked) {
      for (let row = 0; row < nRows; row++) levels[row * nLevels + level] = markOf(column, row);
      level++;
    }
    if (ascending === null || column.kind !== 'number') return;
    for (let row = 0; row < nRows; row++)
      numbers[row * nNumbers + number] = rankAmong(ascending, column.values[row] ?? NaN);
    number++;
  });
  return { nRows, nNumbers, nLevels, numbers, levels };
}

function markOf(column: Column, row: number): number {
  if (column.kind === 'level') return column.codes[row] ?? -1;
  return Number.isNaN(column.values[row] ?? NaN) ? 1 : 0;
}

/** Share of train below the value, ties counted half; the middle for a missing one. */
function rankAmong(ascending: Float64Array, value: number): number {
  if (Number.isNaN(value) || ascending.length === 0) return 0.5;
  return (countBelow(ascending, value) + countUpTo(ascending, value)) / 2 / ascending.length;
}

/** Squared distance of a row of one set of points to a row of another; where it exceeds `most`, a part of it that does too. */
export function squaredDistance(
  a: MixedPoints,
  i: number,
  b: MixedPoints,
  j: number,
  most = Infinity,
): number {
  const { nNumbers, nLevels } = a;
  let sum = 0;
  let [x, y] = [i * nLevels, j * nLevels];
  for (let l = 0; l < nLevels; l++, x++, y++) if (a.levels[x] !== b.levels[y]) sum++;
  if (sum > most) return sum;
  [x, y] = [i * nNumbers, j * nNumbers];
  for (let n = 0; n < nNumbers; n++, x++, y++) {
    const step = (a.numbers[x] ?? 0) - (b.numbers[y] ?? 0);
    sum += step * step;
  }
  return sum;
}

/** Mean of points, as shares of marks and means of numbers; distances to it are those of the axes of levels. */
export interface MixedCentre {
  readonly numbers: Float64Array;
  /** For each place of levels, the share of each mark. */
  readonly shares: readonly ReadonlyMap<number, number>[];
  /** For each place of levels, Σ share². */
  readonly squares: Float64Array;
}

export function findCentre({ nRows, nNumbers, nLevels, numbers, levels }: MixedPoints): MixedCentre {
  const means = new Float64Array(nNumbers);
  const shares = Array.from({ length: nLevels }, () => new Map<number, number>());
  for (let row = 0; row < nRows; row++) {
    for (let n = 0; n < nNumbers; n++)
      means[n] = (means[n] ?? 0) + (numbers[row * nNumbers + n] ?? 0) / nRows;
    shares.forEach((share, l) => {
      const mark = levels[row * nLevels + l] ?? 0;
      share.set(mark, (share.get(mark) ?? 0) + 1 / nRows);
    });
  }
  const squares = Float64Array.from(shares, (share) =>
    [...share.values()].reduce((sum, each) => sum + each * each, 0),
  );
  return { numbers: means, shares, squares };
}

/** Distance of each point to a centre: on the axes of levels, ½ (1 − 2 s + Σ s²) with s the centre's share of the own mark. */
export function distancesToCentre(points: MixedPoints, centre: MixedCentre): Float64Array {
  const { nRows, nNumbers, nLevels, numbers, levels } = points;
  return Float64Array.from({ length: nRows }, (_, row) => {
    let sum = 0;
    for (let n = 0; n < nNumbers; n++)
      sum += ((numbers[row * nNumbers + n] ?? 0) - (centre.numbers[n] ?? 0)) ** 2;
    for (let l = 0; l < nLevels; l++) {
      const share = centre.shares[l]?.get(levels[row * nLevels + l] ?? 0) ?? 0;
      sum += (1 - 2 * share + (centre.squares[l] ?? 0)) / 2;
    }
    return Math.sqrt(Math.max(0, sum));
  });
}
