import type { Table } from '../../data/table';
import { correlateSums } from '../../math/association';
import { meanOfPresent, measureSpread, mergeDistinct } from '../../math/statistics';
import { countUpTo } from '../../math/roc';
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
    return [{ own, made, moved: recodeMoved(made) }];
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
  const below = grid.map((value) => countUpTo(own.sorted, value, true) / own.sorted.length);
  const counts = new GroupedCounts(grid.length);
  made.values.forEach((value, row) => {
    if (!Number.isNaN(value)) counts.add(row, Math.min(grid.length - 1, countUpTo(grid, value, false)));
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

function asNumbers(first: Side, second: Side): Replicates | null {
  const { own: a, made: c } = first;
  const { own: b, made: d } = second;
  if (a.kind !== 'number' || b.kind !== 'number' || c.kind !== 'number' || d.kind !== 'number') return null;
  const [toX, toY] = [standardise(a), standardise(b)];
  const r = sumPairs(a.values.map(toX), b.values.map(toY)).replicate(correlateSums)[0] ?? NaN;
  const made = sumPairs(c.values.map(toX), d.values.map(toY));
  return made.replicate(correlateSums).map((other) => 1 - Math.abs(r - other) / 2);
}

function standardise({ values }: CodedNumbers): (value: number) => number {
  const [mean, spread] = [meanOfPresent(values) ?? 0, measureSpread(values)];
  return (value) => (value - mean) / (spread > 0 ? spread : 1);
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
  const places = new Map<number, number>();
  const read = (a: Int32Array, b: Int32Array) =>
    a.map((code, row) => place(places, code * width + (b[row] ?? 0)));
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

function place(places: Map<number, number>, key: number): number {
  const known = places.get(key);
  if (known !== undefined) return known;
  places.set(key, places.size);
  return places.size - 1;
}
