import { CellScanner, type CellSink, type ScanCounts } from './scan-cells';
import type { TextFormat } from './text-format';
import { decodeUtf8, encodeUtf8 } from './utf8';

export interface SplitText {
  /** Rows with anything in them, cells unquoted. */
  readonly rows: readonly string[][];
  readonly counts: Readonly<ScanCounts>;
}

/** Collects rows as strings; blank lines are left out. */
class RowCollector implements CellSink {
  readonly rows: string[][] = [];
  private row: string[] = [];

  cell(bytes: Uint8Array, start: number, end: number): void {
    this.row.push(decodeUtf8(bytes, start, end));
  }

  endRow(isBlank: boolean): void {
    if (!isBlank) this.rows.push(this.row);
    this.row = [];
  }

  abandonRow(): void {
    this.row = [];
  }
}

/** The rows of a text that may stop in mid-row; the last row is then left out unless it is the only one. */
export function splitRows(text: string, format: TextFormat, isWhole = true): SplitText {
  const sink = new RowCollector();
  const scanner = new CellScanner(format, sink);
  scanner.push(encodeUtf8(text));
  if (isWhole || sink.rows.length === 0) scanner.end();
  return { rows: sink.rows, counts: scanner.counts };
}
