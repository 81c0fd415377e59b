import { readCells, type OutputColumn } from './output-columns';
import type { Table } from './table';
import type { CellValue } from './write-cell';

/**
 * Synthetic rows as newline-delimited JSON: an object a row, the columns' names as keys, numbers and booleans as such,
 * dates and identifiers as text, missing values as null.
 */
export class NdjsonWriter {
  private readonly keys: readonly string[];

  constructor(private readonly columns: readonly OutputColumn[]) {
    this.keys = columns.map(({ schema }, i) => `${i === 0 ? '{' : ','}${JSON.stringify(schema.name)}:`);
  }

  /** Lines of the next rows. Surrogates go on where the last call ended. */
  rows(modelled: Table): string {
    const cells = readCells(this.columns, modelled);
    const lines: string[] = [];
    for (let row = 0; row < modelled.nRows; row++) {
      let line = '';
      for (let i = 0; i < cells.length; i++)
        line += (this.keys[i] ?? '') + spell(cells[i]?.value(row) ?? null);
      lines.push(`${line}}\n`);
    }
    return lines.join('');
  }
}

/** JSON of a value; numbers are finite. */
function spell(value: CellValue): string {
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}
