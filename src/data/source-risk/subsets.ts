import type { RowGroups } from '../row-groups';
import { countPersons, oneClass, refineClasses, smallest, type Classes } from './classes';
import type { CodedColumn } from './code-cells';

/** How unique people are by some of the columns alone. */
export interface SubsetRisk {
  readonly columns: readonly string[];
  readonly nClasses: number;
  /** Persons in the smallest class. */
  readonly k: number;
  /** Persons whom these columns single out. */
  readonly nUnique: number;
}

export interface SubsetTable {
  /** The subset that singles out most first. */
  readonly subsets: readonly SubsetRisk[];
  /** Columns in the largest subsets that were tried. */
  readonly nLargest: number;
  /** True where larger subsets, up to three columns, were left out for time. */
  readonly isCut: boolean;
}

const MAX_COLUMNS = 3;
/** Rows times subsets that are gone through: some seconds. */
export const MAX_PASSES = 6e7;

/** Single columns, pairs and triples, as far as `maxPasses` rows go; persons who are unique in any row count once. */
export function tabulateSubsets(
  columns: readonly CodedColumn[],
  nRows: number,
  persons: RowGroups | null,
  maxPasses = MAX_PASSES,
): SubsetTable {
  const subsets: SubsetRisk[] = [];
  let frontier: readonly Partial[] = [{ at: [], classes: oneClass(nRows) }];
  let nPasses = 0;
  let nLargest = 0;
  const nMost = Math.min(MAX_COLUMNS, columns.length);
  for (let size = 1; size <= nMost; size++) {
    nPasses += nRows * countSets(columns.length, size);
    if (size > 1 && nPasses > maxPasses) break;
    nLargest = size;
    const isLast = size === nMost || nPasses + nRows * countSets(columns.length, size + 1) > maxPasses;
    frontier = grow(frontier, columns, isLast, (at, classes) =>
      subsets.push(judge(at, classes, columns, persons)),
    );
  }
  subsets.sort(
    (a, b) =>
      b.nUnique - a.nUnique ||
      a.columns.length - b.columns.length ||
      (a.columns.join('\n') < b.columns.join('\n') ? -1 : 1),
  );
  return { subsets, nLargest, isCut: nLargest < nMost };
}

interface Partial {
  readonly at: readonly number[];
  readonly classes: Classes;
}

function grow(
  frontier: readonly Partial[],
  columns: readonly CodedColumn[],
  isLast: boolean,
  take: (at: readonly number[], classes: Classes) => void,
): readonly Partial[] {
  const next: Partial[] = [];
  for (const { at, classes } of frontier)
    for (const [i, column] of columns.entries()) {
      if (i <= (at.at(-1) ?? -1)) continue;
      const grown = { at: [...at, i], classes: refineClasses(classes, column) };
      take(grown.at, grown.classes);
      if (!isLast) next.push(grown);
    }
  return next;
}

function judge(
  at: readonly number[],
  classes: Classes,
  columns: readonly CodedColumn[],
  persons: RowGroups | null,
): SubsetRisk {
  const sizes = countPersons(classes, persons);
  return {
    columns: at.map((i) => columns[i]?.name ?? ''),
    nClasses: classes.nClasses,
    k: smallest(sizes),
    nUnique: countUnique(classes, sizes, persons),
  };
}

/** Persons with a row in a class of their own. */
export function countUnique({ classOf }: Classes, sizes: Uint32Array, persons: RowGroups | null): number {
  if (persons === null) return sizes.reduce((n, size) => (size === 1 ? n + 1 : n), 0);
  const isUnique = new Uint8Array(persons.nGroups);
  for (let row = 0; row < classOf.length; row++)
    if (sizes[classOf[row] ?? 0] === 1) isUnique[persons.groupOf[row] ?? 0] = 1;
  return isUnique.reduce((n, flag) => n + flag, 0);
}

function countSets(n: number, size: number): number {
  let count = 1;
  for (let i = 0; i < size; i++) count = (count * (n - i)) / (i + 1);
  return Math.round(count);
}
