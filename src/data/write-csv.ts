import { Rng } from '../math/rng';
import type { RawTable } from './raw-column';
import type { ColumnSchema, Schema } from './schema';
import type { Table } from './table';
import type { ReadingRules } from './tally';
import { findRaw } from './to-table';
import { makeCellWriter, type CellWriter } from './write-cell';

export interface WriteInput {
  readonly schema: Schema;
  readonly dialect: {
    readonly delimiter: { readonly value: string };
    readonly header: { readonly value: boolean };
  };
  readonly seed: number;
  /** Rows that will be written in all. */
  readonly nRows: number;
}

/**
 * Synthetic rows as delimited text in the source's own delimiter and spelling: all included columns but free text, in
 * source order, lines ended by LF, quotes only where needed. Text that a spreadsheet would take for a formula is left
 * as it is: guarding it would change values.
 */
export class CsvWriter {
  private readonly columns: readonly ColumnSchema[];
  private readonly cells: readonly CellWriter[];
  private readonly delimiter: string;

  constructor(
    raw: RawTable,
    private readonly input: WriteInput,
    rules: ReadingRules,
  ) {
    this.delimiter = input.dialect.delimiter.value;
    this.columns = input.schema.columns.filter((column) => column.included && column.type !== 'text');
    const rng = Rng.fromSeed(input.seed).fork('write');
    this.cells = this.columns.map((column) =>
      makeCellWriter(findRaw(raw, column.name), column, rules, {
        nRows: input.nRows,
        rng: rng.fork(column.name),
      }),
    );
  }

  /** The header line, or nothing when the source had none. */
  header(): string {
    if (!this.input.dialect.header.value) return '';
    return this.line(this.columns.map((column) => column.name));
  }

  /** Lines of the next rows. Surrogates go on where the last call ended. */
  rows(modelled: Table): string {
    const columnOf = new Map(modelled.columns.map((column) => [column.name, column]));
    const read = this.cells.map((cell, i) => cell(columnOf.get(this.columns[i]?.name ?? '') ?? null));
    const lines: string[] = [];
    for (let row = 0; row < modelled.nRows; row++) lines.push(this.line(read.map((cell) => cell(row))));
    return lines.join('');
  }

  private line(cells: readonly string[]): string {
    if (cells.length === 1 && cells[0] === '') return '""\n';
    return cells.map((cell) => this.quote(cell)).join(this.delimiter) + '\n';
  }

  private quote(cell: string): string {
    const isPlain =
      !cell.includes(this.delimiter) && !cell.includes('"') && !cell.includes('\n') && !cell.includes('\r');
    return isPlain ? cell : `"${cell.replaceAll('"', '""')}"`;
  }
}
