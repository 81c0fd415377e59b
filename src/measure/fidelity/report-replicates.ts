import { countBelow } from '../../math/bisect';
import type { Table } from '../../data/table';
import { correlateSums } from '../../math/association';
import { correlate, meanOfPresent, measureSpread, mergeDistinct } from '../../math/statistics';
import { groupOf, GroupedCounts, N_GROUPS, type Replicates } from '../group-jackknife';
import {
  codeOtherColumn,
  codeTrainColumn,
  type CodedColumn,
  type CodedLevels,
  type CodedNumbers,
} from './coded-column';
import { measureAccuracy } from './margin-shares';
import { recodeMoved, type MovedCodes } from './moved-edges';
import { sumPairs } from './pair-sums';

/** The scores of a quality report with each group of the other table's rows left out, in the order of the report. */
export interface ReportReplicates {
  readonly shapes: readonly Replicates[];
  readonly pairs: readonly Replicates[];
  readonly pairsTrainEdges: readonly Replicates[];
}

/** How sure a quality report is of its scores: rows are left out group by group. */
export function replicateReport(train: Table, other: Table): ReportReplicates {
  const sides = train.columns.flatMap((column, at): Side[] => {
    const [own, counterpart] = [codeTrainColumn(column), other.columns[at]];
    if (counterpart === undefined) return [];
    const made = codeOtherColumn(counterpart, own);
    return [{ own, made, moved: recodeMoved(made), near: standardise(own, made) }];
  });
  const pairs: Replicates[] = [];
  const pairsTrainEdges: Replicates[] = [];
  sides.forEach((first, i) => {
    for (const second of sides.slice(i + 1)) {
      const numbers = asNumbers(first, second);
      if (numbers !== null) {
        pairs.push(numbers);
        pairsTrainEdges.push(numbers);
        continue;
      }
      const own = replicatePair(first, second, 'own');
      pairs.push(own);
      const isBinned = first.own.kind === 'number' || second.own.kind === 'number';
      pairsTrainEdges.push(isBinned ? replicatePair(first, second, 'train') : own);
    }
  });
  return { shapes: sides.map(replicateShape), pairs, pairsTrainEdges };
}

interface Side {
  readonly own: CodedColumn;
  readonly made: CodedColumn;
  readonly moved: MovedCodes;
  /** The other table's numbers near 0; null for levels. */
  readonly near: Float64Array | null;
}

function undefinedReplicates(): Replicates {
  return new Float64Array(N_GROUPS + 1).fill(NaN);
}

function replicateShape({ own, made }: Side): Replicates {
  if (own.kind === 'number' && made.kind === 'number') return replicateKs(own, made);
  if (own.kind === 'level' && made.kind === 'level') return replicateLevels(own, made);
  return undefinedReplicates();
}

function replicateKs(own: CodedNumbers, made: CodedNumbers): Replicates {
  if (own.sorted.length === 0) return undefinedReplicates();
  const grid = mergeDistinct(own.sorted, made.sorted);
  let nBelow = 0;
  const below = grid.map((value) => {
    while (nBelow < own.sorted.length && (own.sorted[nBelow] ?? 0) <= value) nBelow++;
    return nBelow / own.sorted.length;
  });
  const counts = new GroupedCounts(grid.length);
  made.values.forEach((value, row) => {
    if (!Number.isNaN(value)) counts.add(row, Math.min(grid.length - 1, countBelow(grid, value)));
  });
  return counts.replicate((cells) => {
    let n = 0;
    for (const count of cells) n += count;
    let [sum, largest] = [0, 0];
    for (let at = 0; at < cells.length; at++) {
      sum += cells[at] ?? 0;
      largest = Math.max(largest, Math.abs((below[at] ?? 0) - sum / n));
    }
    return n === 0 ? NaN : 1 - largest;
  });
}

function replicateLevels(own: CodedLevels, made: CodedLevels): Replicates {
  const nOwn = own.counts.subarray(1).reduce((sum, count) => sum + count, 0);
  const share = Float64Array.from({ length: made.nCodes - 1 }, (_, at) => (own.counts[at + 1] ?? 0) / nOwn);
  const counts = new GroupedCounts(share.length);
  made.codes.forEach((code, row) => {
    if (code > 0) counts.add(row, code - 1);
  });
  return counts.replicate((cells) => measureAccuracy(share, cells));
}

/** Two numbers, brought near 0 by train's mean and spread so that sums keep their digits; null for other pairs. */
function asNumbers(first: Side, second: Side): Replicates | null {
  if (first.near === null || second.near === null) return null;
  if (first.own.kind !== 'number' || second.own.kind !== 'number') return null;
  const r = correlate(first.own.values, second.own.values) ?? NaN;
  const made = sumPairs(first.near, second.near).replicate(correlateSums);
  return made.map((other) => 1 - Math.abs(r - other) / 2);
}

function standardise(own: CodedColumn, made: CodedColumn): Float64Array | null {
  if (own.kind !== 'number' || made.kind !== 'number') return null;
  const [mean, spread] = [meanOfPresent(own.values) ?? 0, measureSpread(own.values)];
  return made.values.map((value) => (value - mean) / (spread > 0 ? spread : 1));
}

type Edges = 'own' | 'train';

function codesOf(column: CodedColumn, edges: Edges): Int32Array {
  if (column.kind === 'level') return column.codes;
  return edges === 'own' ? column.ownCodes : column.trainCodes;
}

/**
 * Combinations are numbered as they come up, so that columns of many levels take no more room than they have rows. Where
 * leaving a group out moves the other table's own edges, its rows are coded and counted anew.
 */
function replicatePair(first: Side, second: Side, edges: Edges): Replicates {
  const width = Math.max(second.own.nCodes, second.made.nCodes);
  const places = new CellPlaces(Math.max(first.own.nCodes, first.made.nCodes) * width);
  const read = (a: Int32Array, b: Int32Array) =>
    a.map((code, row) => places.find(code * width + (b[row] ?? 0)));
  const own = read(codesOf(first.own, edges), codesOf(second.own, edges));
  const [codes, otherCodes] = [codesOf(first.made, edges), codesOf(second.made, edges)];
  const made = read(codes, otherCodes);
  const moves = edges === 'own' ? [...new Set([...first.moved.keys(), ...second.moved.keys()])] : [];
  const recoded = moves.map((group) => ({
    group,
    cells: read(first.moved.get(group) ?? codes, second.moved.get(group) ?? otherCodes),
  }));
  const share = new Float64Array(places.size);
  for (const cell of own) share[cell] = (share[cell] ?? 0) + 1 / own.length;
  const counts = new GroupedCounts(places.size);
  made.forEach((cell, row) => counts.add(row, cell));
  const replicates = counts.replicate((cells) => measureAccuracy(share, cells));
  for (const { group, cells } of recoded) {
    const rest = new Float64Array(places.size);
    cells.forEach((cell, row) => {
      if (groupOf(row) !== group) rest[cell] = (rest[cell] ?? 0) + 1;
    });
    replicates[group + 1] = measureAccuracy(share, rest);
  }
  return replicates;
}

/** Tables of more cells are numbered by a map. */
const MAX_FLAT_CELLS = 1 << 16;

/** Numbers the cells of a table in the order in which they come up. */
class CellPlaces {
  size = 0;
  private readonly flat: Int32Array | null;
  private readonly sparse = new Map<number, number>();

  constructor(nCells: number) {
    this.flat = nCells > MAX_FLAT_CELLS ? null : new Int32Array(nCells).fill(-1);
  }

  find(key: number): number {
    const known = this.flat === null ? (this.sparse.get(key) ?? -1) : (this.flat[key] ?? -1);
    if (known >= 0) return known;
    if (this.flat === null) this.sparse.set(key, this.size);
    else this.flat[key] = this.size;
    return this.size++;
  }
}
