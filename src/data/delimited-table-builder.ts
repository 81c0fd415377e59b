import { ByteDictionary, HASH_START } from './byte-dictionary';
import { CodeBuffer } from './code-buffer';
import type { TableSize } from './memory-need';
import { dropUnusedLevels, type RawColumn, type RawTable } from './raw-column';
import type { TableNotice } from './raw-table-builder';
import { countLines, RaggedRows } from './row-notices';
import type { CellSink } from './scan-cells';

/** Codes held row by row before they are dealt out to the columns. */
const STAGED_CODES = 1 << 16;

/** Lines of one cell at the end that may be a footer; where there are more, all are rows. */
const MAX_FOOTER = 5;

/** Columns from which a line of one cell is no row cut short. */
const MIN_FOOTER_WIDTH = 3;

/** What closes a table: words with spaces, or `(3 rows)`, `Total`, `EOF` and the like. */
const FOOTER = /\s|^\(|^(?:total|sum|end|eof|source|notes?)\b/i;

const NOTHING = new Uint8Array();

export interface DelimitedPlan {
  readonly headers: readonly string[];
  /** Headers as they stand in the source. */
  readonly written: readonly string[];
  /** Rows before the first row of data: titles and the header. */
  readonly nSkipped: number;
  /** Every n-th row is kept, the first among them; 1 = all. */
  readonly everyNthRow: number;
}

/**
 * Cells in, dictionary-coded columns out. Rows of the wrong length, blank lines and lines after the table are counted,
 * not hidden. In a one-column file an empty line between others is a row with a missing value.
 */
export class DelimitedTableBuilder implements CellSink {
  /** Rows of data found so far, kept or not. */
  nFound = 0;
  private nKept = 0;
  private readonly width: number;
  private readonly dictionaries: readonly ByteDictionary[];
  private readonly codes: readonly CodeBuffer[];
  private readonly staged: Uint32Array;
  private base = 0;
  private nCells = 0;
  private isKept: boolean;
  private isLong = false;
  private nToSkip: number;
  private nBlank = 0;
  private nPendingBlank = 0;
  /** Rows of one cell since the last other row. */
  private nTrailing = 0;
  private hasUnusedLevels = false;
  private readonly ragged: RaggedRows;

  constructor(private readonly plan: DelimitedPlan) {
    this.width = plan.headers.length;
    this.nToSkip = plan.nSkipped;
    this.isKept = plan.nSkipped === 0;
    this.dictionaries = plan.headers.map(() => new ByteDictionary());
    this.codes = plan.headers.map(() => new CodeBuffer());
    this.staged = new Uint32Array(Math.max(1, Math.floor(STAGED_CODES / this.width)) * this.width);
    this.ragged = new RaggedRows(this.width);
  }

  /** Bytes held now. */
  get nBytes(): number {
    let n = this.staged.byteLength;
    for (const dictionary of this.dictionaries) n += dictionary.nBytes;
    for (const codes of this.codes) n += codes.nBytes;
    return n;
  }

  /** What is kept so far. */
  size(): TableSize {
    let nDistinct = 0;
    let nTextBytes = 0;
    for (const dictionary of this.dictionaries) {
      nDistinct += dictionary.size;
      nTextBytes += dictionary.nTextBytes;
    }
    return { nRows: this.nKept, nColumns: this.width, nDistinct, nTextBytes };
  }

  cell(bytes: Uint8Array, start: number, end: number, hash: number): void {
    const place = this.nCells++;
    if (!this.isKept) return;
    if (place < this.width) {
      this.staged[this.base + place] = this.dictionaries[place]?.codeOf(bytes, start, end, hash) ?? 0;
    } else if (!this.isLong) {
      this.isLong = hasText(bytes, start, end);
    }
  }

  abandonRow(): void {
    this.nCells = 0;
    this.isLong = false;
  }

  endRow(isBlank: boolean): void {
    if (isBlank || this.isSpaces()) {
      this.skipBlank(isBlank);
    } else if (this.nToSkip > 0) {
      this.nToSkip--;
    } else {
      if (this.nPendingBlank > 0) this.settleBlank();
      this.endDataRow();
    }
    this.abandonRow();
    this.isKept = this.keepsNext();
  }

  /** The columns so far, whose memory is handed over: call nothing afterwards. */
  finish(): { readonly table: RawTable; readonly notices: readonly TableNotice[] } {
    this.nBlank += this.nPendingBlank;
    this.flush();
    const nFooter = this.countFooter();
    const nRows = this.nKept - nFooter;
    this.nFound -= nFooter;
    this.ragged.cut(nRows, nFooter);
    const columns = this.plan.headers.map((name, i) => this.finishColumn(name, i, nRows));
    const writtenHeaders = this.plan.written;
    return { table: { nRows, columns, writtenHeaders }, notices: this.notices(nFooter) };
  }

  private keepsNext(): boolean {
    return this.nToSkip === 0 && this.nFound % this.plan.everyNthRow === 0;
  }

  /** True when the row is one cell of nothing but spaces in a table of several columns. */
  private isSpaces(): boolean {
    if (this.nCells !== 1 || this.width === 1 || !this.isKept) return false;
    return this.dictionaries[0]?.isBlank(this.staged[this.base] ?? 0) ?? false;
  }

  private skipBlank(isEmpty: boolean): void {
    if (!isEmpty) this.hasUnusedLevels = true;
    const isInTable = this.nToSkip === 0 && (this.plan.nSkipped > 0 || this.nFound > 0);
    if (this.width === 1 && isInTable) this.nPendingBlank++;
    else this.nBlank++;
  }

  private settleBlank(): void {
    const own = this.staged.slice(this.base, this.base + this.width);
    const { nCells, isKept } = this;
    this.nCells = 0;
    for (; this.nPendingBlank > 0; this.nPendingBlank--) {
      this.isKept = this.keepsNext();
      this.endDataRow();
    }
    this.staged.set(own, this.base);
    this.nCells = nCells;
    this.isKept = isKept;
  }

  private endDataRow(): void {
    this.nFound++;
    if (!this.isKept) return;
    const { width, base, nCells } = this;
    this.nKept++;
    if (nCells < width) {
      for (let i = nCells; i < width; i++)
        this.staged[base + i] = this.dictionaries[i]?.codeOf(NOTHING, 0, 0, HASH_START) ?? 0;
      if (width > 1) this.ragged.addShort(this.nKept);
    } else if (this.isLong) {
      this.ragged.addLong(this.nKept);
    }
    this.nTrailing = nCells === 1 ? this.nTrailing + 1 : 0;
    this.base += width;
    if (this.base === this.staged.length) this.flush();
  }

  private flush(): void {
    const nRows = this.base / this.width;
    this.codes.forEach((codes, i) =>
      codes.append(this.staged, i, this.width, nRows, this.dictionaries[i]?.size ?? 0),
    );
    this.base = 0;
  }

  private countFooter(): number {
    if (this.width < MIN_FOOTER_WIDTH || this.nTrailing > MAX_FOOTER || this.nTrailing === this.nKept)
      return 0;
    let n = 0;
    while (n < this.nTrailing) {
      const code = this.codes[0]?.at(this.nKept - 1 - n) ?? 0;
      if (!FOOTER.test(this.dictionaries[0]?.textOf(code).trim() ?? '')) break;
      n++;
    }
    return n;
  }

  private finishColumn(name: string, place: number, nRows: number): RawColumn {
    const levels = this.dictionaries[place]?.takeTexts() ?? [];
    const codes = this.codes[place]?.finish(nRows) ?? new Uint8Array();
    const column = { name, codes, levels };
    return this.hasUnusedLevels || nRows < this.nKept ? dropUnusedLevels(column) : column;
  }

  private notices(nFooter: number): TableNotice[] {
    const notices = this.ragged.notices();
    if (this.nBlank > 0) {
      notices.push({
        kind: 'blank-lines',
        message: `${countLines(this.nBlank, 'blank ')} skipped.`,
        count: this.nBlank,
      });
    }
    if (nFooter > 0) {
      const lines = nFooter === 1 ? 'line of one cell was' : `${nFooter} lines of one cell were`;
      const message = `The last ${lines} taken for a remark below the table and left out.`;
      notices.push({ kind: 'footer', message, count: nFooter });
    }
    return notices;
  }
}

function hasText(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if ((bytes[at] ?? 0) > 0x20) return true;
  return false;
}
