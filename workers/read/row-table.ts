import type { DialectChoice, ReadNotice } from '../../src/api/ingest';
import { chosen, type Reasoned } from '../../src/data/dialect';
import { guessHeader } from '../../src/data/guess-header';
import { makeHeadersUnique, nameColumns } from '../../src/data/headers';
import { NO_SIZE, type TableSize } from '../../src/data/memory-need';
import type { RawTable } from '../../src/data/raw-column';
import { RawTableBuilder } from '../../src/data/raw-table-builder';
import { emptyFile } from './failures';

/** Rows looked at before it is decided whether the first names the columns. */
const N_SAMPLED = 200;

/** Rows of cells in, a table out; whether the first row is a header is chosen or guessed. */
export class RowTable {
  private sample: (readonly string[])[] | null = [];
  private builder: RawTableBuilder | null = null;
  private header: Reasoned<boolean> = { value: true, reason: 'The first row names the columns.' };
  private width = 0;
  private headerNotices: readonly ReadNotice[] = [];

  private nFound = 0;
  private readonly everyNthRow: number;

  /** `isRagged` false = a row that ends early has empty cells there, as in a sheet. */
  constructor(
    private readonly choice: Pick<DialectChoice, 'header' | 'everyNthRow'>,
    private readonly isRagged = true,
  ) {
    this.everyNthRow = choice.everyNthRow ?? 1;
  }

  get nRows(): number {
    return this.builder?.nRows ?? this.sample?.length ?? 0;
  }

  size(): TableSize {
    return this.builder?.size() ?? NO_SIZE;
  }

  push(cells: readonly string[]): void {
    // A lone empty cell is a row here, where in delimited text it would be a blank line.
    const row = cells.length === 1 && cells[0] === '' ? ['', ''] : cells;
    if (this.sample === null) this.pushRow(row);
    else {
      this.sample.push(row);
      if (this.sample.length === N_SAMPLED) this.start(this.sample);
    }
  }

  /** Throws FailureError `file-empty` when there is no row but the header. */
  finish(): {
    readonly table: RawTable;
    readonly notices: readonly ReadNotice[];
    readonly header: Reasoned<boolean>;
  } {
    if (this.sample !== null) this.start(this.sample);
    const built = this.builder?.finish();
    if (built === undefined || built.table.nRows === 0) throw emptyFile();
    return { table: built.table, notices: [...this.headerNotices, ...built.notices], header: this.header };
  }

  private start(rows: readonly (readonly string[])[]): void {
    this.sample = null;
    const width = rows.reduce((most, row) => Math.max(most, lastFilled(row)), rows[0]?.length ?? 0);
    if (width === 0) return;
    this.header = this.choice.header === undefined ? guessHeader(rows) : chosen(this.choice.header);
    const [first = [], ...body] = rows;
    const written = this.header.value ? widen(first, width) : null;
    const named = written === null ? null : makeHeadersUnique(written);
    this.headerNotices = named?.notices ?? [];
    const headers = named?.headers ?? nameColumns(width);
    this.builder = new RawTableBuilder(headers, written ?? headers);
    this.width = width;
    for (const row of named === null ? rows : body) this.pushRow(row);
  }

  private pushRow(row: readonly string[]): void {
    if (this.nFound++ % this.everyNthRow !== 0) return;
    this.builder?.push(this.isRagged ? row : widen(row, this.width));
  }
}

/** A first row that is shorter than the rows below names only some of the columns. */
function widen(row: readonly string[], width: number): readonly string[] {
  return row.length >= width ? row : [...row, ...Array<string>(width - row.length).fill('')];
}

function lastFilled(row: readonly string[]): number {
  let width = row.length;
  while (width > 0 && row[width - 1] === '') width--;
  return width;
}
