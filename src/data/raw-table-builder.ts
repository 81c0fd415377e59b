import { RawColumnBuilder, type RawTable } from './raw-column';

/** Something worth telling about the cells that did not stop them from being read. Holds no cell values. */
export interface TableNotice {
  readonly kind: 'ragged' | 'duplicate-header' | 'empty-header' | 'blank-lines';
  readonly message: string;
  readonly count: number;
}

/** Rows named one by one in a notice before it only counts. */
const MAX_NAMED_ROWS = 5;

/** Rows of cells in, dictionary-coded columns out; rows of the wrong length and blank lines are counted, not hidden. */
export class RawTableBuilder {
  nRows = 0;
  private readonly columns: RawColumnBuilder[];
  private readonly short: number[] = [];
  private readonly long: number[] = [];
  private nShort = 0;
  private nLong = 0;
  private nBlank = 0;
  private nPendingBlank = 0;

  constructor(
    private readonly headers: readonly string[],
    private readonly written: readonly string[] = headers,
  ) {
    this.columns = headers.map(() => new RawColumnBuilder());
  }

  push(row: readonly string[]): void {
    if (row.length === 1 && row[0] === '') {
      this.nPendingBlank++;
      return;
    }
    this.settleBlank();
    this.pushRow(row);
  }

  finish(): { readonly table: RawTable; readonly notices: readonly TableNotice[] } {
    this.nBlank += this.nPendingBlank;
    const columns = this.columns.map((column, i) => column.finish(this.headers[i] ?? ''));
    const table = { nRows: this.nRows, columns, writtenHeaders: this.written };
    return { table, notices: this.notices() };
  }

  /** In a one-column file an empty line between others is a row with a missing value; else it is no row at all. */
  private settleBlank(): void {
    if (this.headers.length === 1) for (let i = 0; i < this.nPendingBlank; i++) this.pushRow(['']);
    else this.nBlank += this.nPendingBlank;
    this.nPendingBlank = 0;
  }

  private pushRow(row: readonly string[]): void {
    this.nRows++;
    const width = this.columns.length;
    if (row.length < width) {
      this.nShort++;
      if (this.short.length < MAX_NAMED_ROWS) this.short.push(this.nRows);
    } else if (row.slice(width).some((cell) => cell.trim() !== '')) {
      this.nLong++;
      if (this.long.length < MAX_NAMED_ROWS) this.long.push(this.nRows);
    }
    for (let i = 0; i < width; i++) this.columns[i]?.push(row[i] ?? '');
  }

  private notices(): TableNotice[] {
    const notices: TableNotice[] = [];
    if (this.nShort > 0) {
      const message = `${nameRows(this.short, this.nShort)} fewer cells than the header; the absent cells are read as missing.`;
      notices.push({ kind: 'ragged', message, count: this.nShort });
    }
    if (this.nLong > 0) {
      const message = `${nameRows(this.long, this.nLong)} more cells than the header; the cells beyond column ${this.columns.length} are left out. Check the delimiter and the quotes.`;
      notices.push({ kind: 'ragged', message, count: this.nLong });
    }
    if (this.nBlank > 0) {
      const lines = this.nBlank === 1 ? '1 blank line was' : `${this.nBlank} blank lines were`;
      notices.push({ kind: 'blank-lines', message: `${lines} skipped.`, count: this.nBlank });
    }
    return notices;
  }
}

function nameRows(rows: readonly number[], n: number): string {
  if (n === 1) return `Row ${rows.join('')} has`;
  const more = n > rows.length ? ` and ${n - rows.length} more` : '';
  return `${n} rows (${rows.join(', ')}${more}) have`;
}
