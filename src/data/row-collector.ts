import { Rng } from '../math/rng';
import { chooseRows } from './compared-rows';
import { createColumnSharer } from './shared-column';
import type { Column, Table } from './table';

/**
 * Gathers rows of a table that passes by in chunks: all of them, or `nMost` chosen by `seed` when there are more. Takes
 * as much memory as what it gathers, whatever passes by. Chunks must have the same columns and levels; throws
 * RangeError when they do not.
 */
export class RowCollector {
  private readonly chosen: Uint32Array | null;
  private readonly nKept: number;
  private columns: readonly Column[] | null = null;
  private nPassed = 0;
  private nTaken = 0;

  constructor(nRows: number, nMost: number, seed: number) {
    this.chosen = chooseRows(nRows, nMost, Rng.fromSeed(seed).fork('gather'));
    this.nKept = Math.min(nRows, nMost);
  }

  take(chunk: Table): void {
    this.columns ??= this.makeColumns(chunk);
    const start = this.nTaken;
    const end = this.findEnd(this.nPassed + chunk.nRows);
    this.columns.forEach((column, i) => {
      const from = chunk.columns[i];
      checkColumns(column, from);
      const values = valuesOf(from);
      const out = valuesOf(column);
      for (let to = start; to < end; to++) out[to] = values[this.rowAt(to) - this.nPassed] ?? NaN;
    });
    this.nTaken = end;
    this.nPassed += chunk.nRows;
  }

  /** The rows gathered. Throws RangeError before as many rows have passed as were announced. */
  finish(): Table {
    if (this.columns === null || this.nTaken < this.nKept)
      throw new RangeError(`${this.nTaken} of ${this.nKept} rows have been gathered`);
    return { nRows: this.nKept, columns: this.columns };
  }

  private makeColumns(chunk: Table): readonly Column[] {
    const share = createColumnSharer();
    return chunk.columns.map((column) =>
      share(
        column.kind === 'number'
          ? { ...column, values: new Float64Array(this.nKept) }
          : { ...column, codes: new Int32Array(this.nKept) },
      ),
    );
  }

  private rowAt(place: number): number {
    return this.chosen === null ? place : (this.chosen[place] ?? 0);
  }

  /** Place after the last gathered row that lies before `row`. */
  private findEnd(row: number): number {
    let end = this.nTaken;
    while (end < this.nKept && this.rowAt(end) < row) end++;
    return end;
  }
}

function valuesOf(column: Column): Float64Array | Int32Array {
  return column.kind === 'number' ? column.values : column.codes;
}

function checkColumns(column: Column, from: Column | undefined): asserts from is Column {
  const isSame =
    from?.kind === column.kind &&
    from.name === column.name &&
    (from.kind !== 'level' || column.kind !== 'level' || sameLevels(from.levels, column.levels));
  if (!isSame) throw new RangeError(`the chunks differ in column "${column.name}"`);
}

function sameLevels(a: readonly string[], b: readonly string[]): boolean {
  return a === b || (a.length === b.length && a.every((level, i) => level === b[i]));
}
