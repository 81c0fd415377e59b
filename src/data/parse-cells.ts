// eslint-disable-next-line @typescript-eslint/triple-slash-reference -- the ambient type must follow this file into every program
/// <reference path="./papaparse-parser.d.ts" />
import Papa from 'papaparse/papaparse.js';

/** Delimiters that the parser cannot tell from its own marks. */
const RESERVED = ['\r', '\n', '"', '\ufeff'];

/** A delimiter is exactly one UTF-16 unit that is no quote, line end or byte order mark. */
export function isDelimiter(text: string): boolean {
  return text.length === 1 && !RESERVED.includes(text);
}

export interface CellChunk {
  /** Complete rows, cells unquoted. */
  readonly rows: readonly string[][];
  /** Places where a quote did not follow the rules. */
  readonly nQuoteFaults: number;
}

/** How often an unclosed quote may be given up before quotes are no longer believed at all. */
const MAX_GIVEN_UP = 200;

/**
 * Text in, cells out, a chunk at a time (RFC 4180 with any one-character delimiter; rows end with LF, CRLF, or CR when
 * the text has no LF at all). A quote that never closes costs only its own row its quoting: the row is taken
 * literally and reading goes on after it.
 */
export class CellParser {
  private rest = '';
  private parseAt = 0;

  constructor(
    private readonly delimiter: string,
    private readonly newline: '\n' | '\r',
  ) {}

  push(text: string): CellChunk {
    this.rest += text;
    // An open quote makes the same text be read again: doing so only after it doubled keeps the work linear.
    if (this.rest.length < this.parseAt) return { rows: [], nQuoteFaults: 0 };
    const chunk = this.take(this.rest, true, '"');
    this.rest = this.rest.slice(chunk.cursor);
    this.parseAt = this.rest.length * 2;
    return chunk;
  }

  /** Rows still held when the text has ended. */
  end(): CellChunk {
    const rows: string[][] = [];
    let nQuoteFaults = 0;
    let text = this.rest;
    this.rest = '';
    for (let nGivenUp = 0; text !== ''; nGivenUp++) {
      const chunk = this.take(text, false, '"');
      if (!chunk.unclosed) {
        append(rows, chunk.rows);
        nQuoteFaults += chunk.nQuoteFaults;
        break;
      }
      append(rows, chunk.rows.slice(0, -1));
      nQuoteFaults += chunk.nQuoteFaults + 1;
      const open = text.slice(chunk.lastRowStart);
      const lineEnd = nGivenUp < MAX_GIVEN_UP ? open.indexOf(this.newline) + 1 : open.length;
      const literal = lineEnd === 0 ? open : open.slice(0, lineEnd);
      append(rows, this.take(literal.replace(/[\r\n]+$/, ''), false, '\u0000').rows);
      text = open.slice(literal.length);
    }
    return { rows, nQuoteFaults };
  }

  private take(text: string, ignoreLastRow: boolean, quoteChar: string) {
    const input = !ignoreLastRow && text.endsWith(this.newline) ? text.slice(0, -1) : text;
    const config = { delimiter: this.delimiter, newline: this.newline, quoteChar };
    const result = new Papa.Parser(config).parse(input, 0, ignoreLastRow);
    const rows = result.data;
    for (const row of rows) dropCarriageReturn(row);
    const faults = result.errors.filter((error) => (error.row ?? 0) < rows.length);
    const unclosed = faults.some((error) => error.code === 'MissingQuotes');
    return {
      rows,
      nQuoteFaults: faults.filter((error) => error.code === 'InvalidQuotes').length,
      cursor: result.meta.cursor,
      unclosed,
      lastRowStart: unclosed ? this.findLastRowStart(text, rows.length - 1) : 0,
    };
  }

  /** Offset of row `nBefore`, found by reading the rows before it once more. */
  private findLastRowStart(text: string, nBefore: number): number {
    if (nBefore === 0) return 0;
    const config = { delimiter: this.delimiter, newline: this.newline, quoteChar: '"', fastMode: false };
    return new Papa.Parser({ ...config, preview: nBefore }).parse(text, 0, false).meta.cursor;
  }
}

function append(rows: string[][], more: readonly string[][]): void {
  for (const row of more) rows.push(row);
}

function dropCarriageReturn(row: string[]): void {
  const last = row.length - 1;
  const cell = row[last];
  if (cell?.endsWith('\r') === true) row[last] = cell.slice(0, -1);
}
