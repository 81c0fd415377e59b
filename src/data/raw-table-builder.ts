import type { TableSize } from './memory-need';
import { RawColumnBuilder, sizeOf, type RawTable } from './raw-column';
import { countLines, RaggedRows } from './row-notices';

/** Something worth telling about the cells that did not stop them from being read. Holds no cell values. */
export interface TableNotice {
  readonly kind: 'ragged' | 'duplicate-header' | 'empty-header' | 'blank-lines' | 'footer' | 'preamble';
  readonly message: string;
  readonly count: number;
}

/** Rows of cells in, dictionary-coded columns out; rows of the wrong length and blank lines are counted, not hidden. */
export class RawTableBuilder {
  nRows = 0;
  private readonly columns: RawColumnBuilder[];
  private readonly ragged: RaggedRows;
  private nBlank = 0;
  private nPendingBlank = 0;

  constructor(
    private readonly headers: readonly string[],
    private readonly written: readonly string[] = headers,
  ) {
    this.columns = headers.map(() => new RawColumnBuilder());
    this.ragged = new RaggedRows(headers.length);
  }

  push(row: readonly string[]): void {
    if (row.length === 1 && row[0] === '') {
      this.nPendingBlank++;
      return;
    }
    this.settleBlank();
    this.pushRow(row);
  }

  size(): TableSize {
    return sizeOf(this.columns, this.nRows);
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
    if (row.length < width) this.ragged.addShort(this.nRows);
    else if (row.slice(width).some((cell) => cell.trim() !== '')) this.ragged.addLong(this.nRows);
    for (let i = 0; i < width; i++) this.columns[i]?.push(row[i] ?? '');
  }

  private notices(): TableNotice[] {
    const notices = this.ragged.notices();
    if (this.nBlank > 0) {
      notices.push({
        kind: 'blank-lines',
        message: `${countLines(this.nBlank, 'blank ')} skipped.`,
        count: this.nBlank,
      });
    }
    return notices;
  }
}
