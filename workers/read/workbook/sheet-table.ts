import type { DialectChoice, ReadNotice } from '../../../src/api/ingest';
import type { Reasoned } from '../../../src/data/dialect';
import type { TableSize } from '../../../src/data/memory-need';
import { mapLevels } from '../../../src/data/map-levels';
import { listWrittenHeaders, type RawColumn, type RawTable } from '../../../src/data/raw-column';
import { countFractionDigits, cutFraction } from '../../../src/data/value-text';
import { refuse } from '../../../src/data/failure';
import { RowTable } from '../row-table';
import type { SheetCell } from './sheet-cells';

/** Rows looked at before it is decided where the table starts. */
const N_SAMPLED = 200;
/** Filled cells of a usual row from which a row with one cell above the table is a title. */
const WIDE = 3;
/** Cells beyond which the codes alone take two gigabytes. */
const MAX_CELLS = 500_000_000;

/** Rows of a sheet in, a table out: titles above the table and empty rows left out, dates in one style a column. */
export class SheetTable {
  private readonly rows: RowTable;
  private sample: (readonly string[])[] | null = [];
  private readonly times = new Map<number, Set<string>>();
  private lastRow = -1;
  private nBlank = 0;
  private nTitles = 0;
  private width = 0;

  constructor(choice: Pick<DialectChoice, 'header' | 'everyNthRow'>) {
    this.rows = new RowTable(choice, false);
  }

  size(): TableSize {
    return this.rows.size();
  }

  get nRows(): number {
    return this.rows.nRows + (this.sample?.length ?? 0);
  }

  push(row: number, cells: readonly SheetCell[]): void {
    if (this.lastRow >= 0) this.nBlank += row - this.lastRow - 1;
    this.lastRow = row;
    const texts = Array<string>((cells.at(-1)?.column ?? -1) + 1).fill('');
    for (const { column, text, isTime } of cells) {
      texts[column] = text;
      if (isTime) this.noteTime(column, text);
    }
    this.width = Math.max(this.width, texts.length);
    if (this.width * this.nRows > MAX_CELLS) {
      refuse(
        'file-too-large',
        'The sheet has more than 500 million cells up to its last filled column; delete stray cells far to the right, save it and open that.',
      );
    }
    if (this.sample === null) this.rows.push(texts);
    else if (this.sample.push(texts) === N_SAMPLED) this.start(this.sample);
  }

  /** Throws FailureError `file-empty` when the sheet has no row but the header. */
  finish(): {
    readonly table: RawTable;
    readonly notices: readonly ReadNotice[];
    readonly header: Reasoned<boolean>;
  } {
    if (this.sample !== null) this.start(this.sample);
    const { table, notices, header } = this.rows.finish();
    const columns = table.columns.map((column, i) => this.settleTimes(column, i));
    const isKept = columns.map((column, i) => !isBare(column, i));
    const kept = columns.filter((_, i) => isKept[i]);
    const writtenHeaders = listWrittenHeaders(table).filter((_, i) => isKept[i]);
    const nBare = columns.length - kept.length;
    return {
      table: { ...table, columns: kept, writtenHeaders },
      notices: [
        ...this.notices(nBare),
        ...notices.filter(({ kind }) => nBare === 0 || kind !== 'empty-header'),
      ],
      header,
    };
  }

  private noteTime(column: number, text: string): void {
    const known = this.times.get(column);
    if (known === undefined) this.times.set(column, new Set([text]));
    else known.add(text);
  }

  /** Rows with one filled cell above a wide table are its title. */
  private start(sample: readonly (readonly string[])[]): void {
    this.sample = null;
    const filled = sample.map((row) => row.filter((text) => text !== '').length);
    const usual = [...filled].sort((a, b) => a - b)[filled.length >> 1] ?? 0;
    const first = usual < WIDE ? 0 : filled.findIndex((n) => n > 1);
    this.nTitles = Math.max(0, first);
    for (const row of sample.slice(this.nTitles)) this.rows.push(row);
  }

  /** Times of a column all with as many digits as the finest needs, and days alone where all are midnights. */
  private settleTimes(column: RawColumn, index: number): RawColumn {
    const times = this.times.get(index);
    if (times === undefined) return column;
    const texts = [...times];
    const isDays = texts.every((text) => text.endsWith(' 00:00:00.000'));
    const nDigits = countFractionDigits(texts);
    return mapLevels(column, (text) => {
      if (!times.has(text)) return text;
      return isDays ? text.slice(0, 10) : cutFraction(text, nDigits);
    });
  }

  private notices(nBare: number): ReadNotice[] {
    const notices: ReadNotice[] = [];
    if (this.nTitles > 0) {
      const rows =
        this.nTitles === 1 ? 'The first row is a title' : `The first ${this.nTitles} rows are titles`;
      const message = `${rows} above the table, with one filled cell each, and left out.`;
      notices.push({ kind: 'comment', message, count: this.nTitles });
    }
    if (this.nBlank > 0) {
      const rows = this.nBlank === 1 ? '1 empty row was' : `${this.nBlank} empty rows were`;
      notices.push({ kind: 'blank-lines', message: `${rows} skipped.`, count: this.nBlank });
    }
    if (nBare > 0) {
      const columns = nBare === 1 ? '1 column' : `${nBare} columns`;
      const message = `${columns} without a header and without any value ${nBare === 1 ? 'is' : 'are'} left out.`;
      notices.push({ kind: 'empty-header', message, count: nBare });
    }
    return notices;
  }
}

/** True for a column that is named only by its place and holds nothing. */
function isBare(column: RawColumn, index: number): boolean {
  return column.name === `column_${index + 1}` && column.levels.every((text) => text === '');
}
