import { codeLevels, codeNumbers, type CodedColumn } from './code-columns';
import type { Metric, Points } from './points';

/** Codes of a group of columns at most: a query's table of them fits the nearest cache. */
const TABLE_CODES = 1024;
/** Columns of a group at most: their distances fit 16 bits. */
const GROUP_COLUMNS = 15;
/** Distance 1 in tables. */
const UNIT = 4096;
/** Groups added up between two looks at whether the row is already too far. */
const BLOCK = 4;

/** Columns whose codes are read together. */
interface Group {
  readonly columns: readonly CodedColumn[];
  readonly nCodes: number;
}

/**
 * Leaves rows out that are certainly too far, at a look-up for each group of columns: each row has a code a group, and a
 * query has a table that says how far at least the rows of a code are. What it lets through must still be measured.
 * After Jégou et al. 2011, "Product quantization for nearest neighbor search", with distances rounded down.
 */
export class LowerBounds {
  private readonly groups: readonly Group[];
  private readonly codes: Uint16Array;
  private readonly nGroups: number;
  private readonly tables: Uint16Array;
  private readonly partial = new Uint16Array(TABLE_CODES);
  private readonly least = new Float64Array(TABLE_CODES);

  constructor(points: Points, metric: Metric) {
    this.groups = farthestFirst(groupColumns(codeColumns(points, metric)), points);
    // Whole blocks of groups: the tables of those that fill the last one stay at 0.
    this.nGroups = Math.max(1, Math.ceil(this.groups.length / BLOCK)) * BLOCK;
    this.codes = joinCodes(this.groups, points.nRows, this.nGroups);
    this.tables = new Uint16Array(this.nGroups * TABLE_CODES);
  }

  /** Fills the tables for a row of the queries, which are points of the same space. */
  open(queries: Points, query: number): void {
    this.groups.forEach(({ columns }, g) => {
      const table = this.tables.subarray(g * TABLE_CODES, (g + 1) * TABLE_CODES);
      this.fill(table, columns, queries, query);
    });
  }

  private fill(table: Uint16Array, columns: readonly CodedColumn[], queries: Points, query: number): void {
    const { partial, least } = this;
    table[0] = 0;
    let nFilled = 1;
    for (const { nCodes, bound } of columns) {
      bound(queries, query, least);
      partial.set(table.subarray(0, nFilled));
      for (let code = 0, to = 0; code < nCodes; code++) {
        const adds = Math.floor((least[code] ?? 0) * UNIT);
        for (let i = 0; i < nFilled; i++, to++) table[to] = (partial[i] ?? 0) + adds;
      }
      nFilled *= nCodes;
    }
  }

  /** What {@link next} is given to let every row through that may lie nearer than `sum` of the distances of columns. */
  limitFor(sum: number): number {
    // One unit of room is far more than sums of so many columns can be rounded by.
    return sum < 2 ** 16 ? Math.ceil(sum * UNIT) + 1 : 2 ** 31 - 1;
  }

  /** The first row from `from` on that may lie within the limit; `end` where there is none before it. */
  next(from: number, end: number, limit: number): number {
    const { codes, tables, nGroups } = this;
    for (let row = from; row < end; row++) {
      let at = row * nGroups;
      let sum = 0;
      for (let base = 0; base < tables.length && sum < limit; base += BLOCK * TABLE_CODES, at += BLOCK)
        sum +=
          (tables[base + (codes[at] ?? 0)] ?? 0) +
          (tables[base + TABLE_CODES + (codes[at + 1] ?? 0)] ?? 0) +
          (tables[base + 2 * TABLE_CODES + (codes[at + 2] ?? 0)] ?? 0) +
          (tables[base + 3 * TABLE_CODES + (codes[at + 3] ?? 0)] ?? 0);
      if (sum < limit) return row;
    }
    return end;
  }
}

function codeColumns(points: Points, metric: Metric): readonly CodedColumn[] {
  const levels = Array.from({ length: points.nLevels }, (_, place) => codeLevels(points, place));
  const numbers = Array.from({ length: points.nNumbers }, (_, place) =>
    codeNumbers(points, place, metric === 'squared'),
  );
  return [...levels, ...numbers];
}

/** Columns of many codes first, each into the first group that has room. */
function groupColumns(columns: readonly CodedColumn[]): readonly Group[] {
  const groups: Group[] = [];
  for (const column of [...columns].sort((a, b) => b.nCodes - a.nCodes)) {
    const at = groups.findIndex(
      (group) => group.columns.length < GROUP_COLUMNS && group.nCodes * column.nCodes <= TABLE_CODES,
    );
    const group = groups[at];
    if (group === undefined) groups.push({ columns: [column], nCodes: column.nCodes });
    else groups[at] = { columns: [...group.columns, column], nCodes: group.nCodes * column.nCodes };
  }
  return groups;
}

/** Rows that are tried against each other to see how far apart a group puts them. */
const N_TRIED = 24;

/** Groups that put rows farthest apart come first, so that most rows are given up after a few. */
function farthestFirst(groups: readonly Group[], points: Points): readonly Group[] {
  const rows = Array.from({ length: N_TRIED }, (_, i) => Math.floor((i * points.nRows) / N_TRIED));
  const least = new Float64Array(TABLE_CODES);
  const measureSpread = ({ columns }: Group) =>
    columns.reduce((sum, { codes, bound }) => {
      for (const query of rows) {
        bound(points, query, least);
        for (const row of rows) sum += least[codes[row] ?? 0] ?? 0;
      }
      return sum;
    }, 0);
  const spreads = new Map(groups.map((group) => [group, measureSpread(group)]));
  return [...groups].sort((a, b) => (spreads.get(b) ?? 0) - (spreads.get(a) ?? 0));
}

function joinCodes(groups: readonly Group[], nRows: number, nGroups: number): Uint16Array {
  const joined = new Uint16Array(nRows * nGroups);
  groups.forEach(({ columns }, g) => {
    let factor = 1;
    for (const { codes, nCodes } of columns) {
      for (let row = 0, at = g; row < nRows; row++, at += nGroups)
        joined[at] = (joined[at] ?? 0) + factor * (codes[row] ?? 0);
      factor *= nCodes;
    }
  });
  return joined;
}
