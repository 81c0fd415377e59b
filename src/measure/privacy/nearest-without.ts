import type { Table } from '../../data/table';
import { placeRows, spanSpace, type GowerRows, type GowerSpace } from './gower-space';

/** Some columns of a table, in a space of their own. */
interface Side {
  readonly has: (name: string) => boolean;
  readonly space: GowerSpace;
  readonly rows: GowerRows;
}

/**
 * The nearest row of a table over all columns but one, for each of several columns in one pass: what the columns that are
 * never left out add to a distance is added up once for all. Distances as in {@link GowerSpace}; of rows equally near, the
 * first counts.
 */
export class NearestWithout {
  private readonly kept: Side;
  private readonly left: Side;
  /** Columns that are left out in turn, in the order of their space. */
  private readonly names: readonly string[];

  /** @param names columns of the table that are left out in turn */
  constructor(
    private readonly table: Table,
    names: readonly string[],
  ) {
    this.kept = openSide(table, (name) => !names.includes(name));
    this.left = openSide(table, (name) => names.includes(name));
    this.names = nameAxes(table, this.left);
  }

  /** For each of the columns, the row of the table that is nearest to each row of `asked`, which is aligned with it. */
  find(asked: Table): ReadonlyMap<string, Int32Array> {
    const { nRows } = this.table;
    const search = new Search(this.kept, this.left, asked);
    for (let from = 0; from < nRows; from += ROWS_AT_HAND)
      for (let query = 0; query < asked.nRows; query++)
        search.run(query, from, Math.min(nRows, from + ROWS_AT_HAND));
    const found = (column: number) =>
      Int32Array.from(
        { length: asked.nRows },
        (_, query) => search.rows[query * this.names.length + column] ?? -1,
      );
    return new Map(this.names.map((name, column) => [name, found(column)]));
  }
}

/** Rows that all who ask are held against before the next ones, so that they stay near the processor. */
const ROWS_AT_HAND = 512;

function openSide(table: Table, has: (name: string) => boolean): Side {
  const columns = select(table, has);
  const space = spanSpace(columns);
  return { has, space, rows: placeRows(space, columns) };
}

function select({ nRows, columns }: Table, has: (name: string) => boolean): Table {
  return { nRows, columns: columns.filter(({ name }) => has(name)) };
}

/** Names of a side's columns as its rows have them: numbers, then levels. */
function nameAxes(table: Table, { has, space }: Side): readonly string[] {
  const { columns } = select(table, has);
  const numbers = columns.filter(({ kind }) => kind === 'number');
  const levels = columns.filter(({ kind }) => kind === 'level');
  return [...space.numbers.flatMap(({ at }) => numbers[at] ?? []), ...levels].map(({ name }) => name);
}

/** More than sums of column distances can be off by, whatever their order. */
const SLACK = 1e-9;

class Search {
  /** For each row that asks, the nearest row so far without each column. */
  readonly rows: Int32Array;
  /** Their sums of column distances. */
  private readonly sums: Float64Array;
  /** What each column that is left out adds for the two rows at hand. */
  private readonly adds: Float64Array;
  private readonly ofKept: GowerRows;
  private readonly ofLeft: GowerRows;

  constructor(
    private readonly kept: Side,
    private readonly left: Side,
    asked: Table,
  ) {
    const nColumns = left.space.nNumbers + left.space.nLevels;
    this.rows = new Int32Array(asked.nRows * nColumns).fill(-1);
    this.sums = new Float64Array(asked.nRows * nColumns).fill(Infinity);
    this.adds = new Float64Array(nColumns);
    this.ofKept = placeRows(kept.space, select(asked, kept.has));
    this.ofLeft = placeRows(left.space, select(asked, left.has));
  }

  /** Holds a row that asks against some rows of the table. */
  run(query: number, from: number, to: number): void {
    const ownKept = takeRow(this.ofKept, this.kept.space, query);
    const ownLeft = takeRow(this.ofLeft, this.left.space, query);
    const first = query * this.adds.length;
    let most = this.findMost(first);
    for (let row = from; row < to; row++) {
      const ofKept = addUp(this.kept, ownKept, row, most);
      if (ofKept >= most) continue;
      const ofLeft = this.addLeft(ownLeft, row, most - ofKept);
      if (ofKept + ofLeft < most && this.keep(row, ofKept, ofLeft, first)) most = this.findMost(first);
    }
  }

  /** A sum over all columns from which on none of them can be left out to good effect: it takes off 1 at most. */
  private findMost(first: number): number {
    let most = 0;
    for (let column = 0; column < this.adds.length; column++)
      most = Math.max(most, this.sums[first + column] ?? 0);
    return most + 1 + SLACK;
  }

  /** Notes what each column that is left out adds and answers their sum, or at least `most` where it is more than that. */
  private addLeft(own: OwnRow, row: number, most: number): number {
    const { space, rows } = this.left;
    const { nNumbers, nLevels } = space;
    const { adds } = this;
    let sum = 0;
    for (let l = 0, at = row * nLevels; l < nLevels && sum < most; l++, at++)
      sum += adds[nNumbers + l] = rows.levels[at] === own.levels[l] ? 0 : 1;
    for (let n = 0, at = row * nNumbers; n < nNumbers && sum < most; n++, at++) {
      const far = Math.abs((own.numbers[n] ?? 0) - (rows.numbers[at] ?? 0));
      sum += adds[n] = far < 1 ? far : 1;
    }
    return sum;
  }

  /** Answers whether the row is the nearest so far without any of the columns. */
  private keep(row: number, ofKept: number, ofLeft: number, first: number): boolean {
    const { adds, sums } = this;
    let isKept = false;
    for (let column = 0; column < adds.length; column++) {
      const best = sums[first + column] ?? 0;
      if (ofKept + ofLeft - (adds[column] ?? 0) >= best + SLACK) continue;
      let sum = ofKept;
      for (let other = 0; other < adds.length; other++) if (other !== column) sum += adds[other] ?? 0;
      if (sum >= best) continue;
      sums[first + column] = sum;
      this.rows[first + column] = row;
      isKept = true;
    }
    return isKept;
  }
}

interface OwnRow {
  readonly numbers: Float64Array;
  readonly levels: Int32Array;
}

function takeRow({ numbers, levels }: GowerRows, { nNumbers, nLevels }: GowerSpace, row: number): OwnRow {
  return {
    numbers: numbers.slice(row * nNumbers, (row + 1) * nNumbers),
    levels: levels.slice(row * nLevels, (row + 1) * nLevels),
  };
}

/** Columns added up between two looks at whether the row is already too far. */
const BLOCK = 4;

/** Sum of column distances of two rows, or at least `most` where it is more than that. */
function addUp({ space, rows }: Side, own: OwnRow, row: number, most: number): number {
  const { nNumbers, nLevels } = space;
  let sum = 0;
  let at = row * nLevels;
  for (let l = 0; l < nLevels; l++, at++) if (rows.levels[at] !== own.levels[l]) sum++;
  at = row * nNumbers;
  for (let n = 0; n < nNumbers && sum < most;) {
    const end = Math.min(nNumbers, n + BLOCK);
    for (; n < end; n++, at++) {
      const far = Math.abs((own.numbers[n] ?? 0) - (rows.numbers[at] ?? 0));
      sum += far < 1 ? far : 1;
    }
  }
  return sum;
}
