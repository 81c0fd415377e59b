import type { TableNotice } from './raw-table-builder';

/** Rows named one by one in a notice before it only counts. */
const MAX_NAMED_ROWS = 5;

/** Rows that have fewer or more cells than the header, the first of each by number (from 1 after the header). */
export class RaggedRows {
  private readonly short: number[] = [];
  private readonly long: number[] = [];
  private nShort = 0;
  private nLong = 0;

  constructor(private readonly width: number) {}

  addShort(row: number): void {
    this.nShort++;
    if (this.short.length < MAX_NAMED_ROWS) this.short.push(row);
  }

  addLong(row: number): void {
    this.nLong++;
    if (this.long.length < MAX_NAMED_ROWS) this.long.push(row);
  }

  /** Forgets the last `n` rows, all of them short, of which `nRows` are left. */
  cut(nRows: number, n: number): void {
    this.nShort -= n;
    while ((this.short.at(-1) ?? 0) > nRows) this.short.pop();
  }

  notices(): TableNotice[] {
    const notices: TableNotice[] = [];
    if (this.nShort > 0) {
      const message = `${nameRows(this.short, this.nShort)} fewer cells than the header; the absent cells are read as missing.`;
      notices.push({ kind: 'ragged', message, count: this.nShort });
    }
    if (this.nLong > 0) {
      const message = `${nameRows(this.long, this.nLong)} more cells than the header; the cells beyond column ${this.width} are left out. Check the delimiter and the quotes.`;
      notices.push({ kind: 'ragged', message, count: this.nLong });
    }
    return notices;
  }
}

/** `1 blank line was`, `3 lines were`. */
export function countLines(n: number, what = ''): string {
  return n === 1 ? `1 ${what}line was` : `${n} ${what}lines were`;
}

function nameRows(rows: readonly number[], n: number): string {
  if (n === 1) return `Row ${rows.join('')} has`;
  const more = n > rows.length ? ` and ${n - rows.length} more` : '';
  return `${n} rows (${rows.join(', ')}${more}) have`;
}
