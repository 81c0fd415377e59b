import type { Quoting } from './guess-quoting';
import { isNumberText, type NumberNotation } from './number-text';
import { readCells, type OutputColumn } from './output-columns';
import type { Table } from './table';

/** How lines of delimited text are put together. */
export interface LineStyle {
  /** One character or a few. */
  readonly delimiter: string;
  readonly newline: '\n' | '\r\n' | '\r';
  readonly header: boolean;
  readonly quoting: Quoting;
  /** What a line starts with that is no row; null = no line is a comment. */
  readonly comment: string | null;
  readonly quote: '"' | "'";
  /** How a quote inside a quoted cell is written. */
  readonly escape: 'double' | 'backslash';
}

/**
 * Synthetic rows as delimited text in the source's own manner: headers, delimiter, line ends, quotes and spelling. Text
 * that a spreadsheet would take for a formula is left as it is: guarding it would change values.
 */
export class CsvWriter {
  private readonly mustQuote: RegExp;
  private readonly quote: (cell: string) => string;

  constructor(
    private readonly columns: readonly OutputColumn[],
    private readonly style: LineStyle,
    private readonly notation: NumberNotation,
  ) {
    const marks = style.delimiter + style.quote + (style.escape === 'backslash' ? '\\' : '');
    this.mustQuote = new RegExp(`[\\r\\n${marks.replace(/[\\\]^-]/g, '\\$&')}]`);
    this.quote = makeQuote(style);
  }

  /** The header line, or nothing when the source had none. */
  header(): string {
    if (!this.style.header) return '';
    const quoteAll = this.style.quoting !== 'needed';
    return this.line(
      this.columns.map(({ header }) => (quoteAll ? this.quote(header) : this.quoteIfNeeded(header))),
    );
  }

  /** Lines of the next rows. Surrogates go on where the last call ended. */
  rows(modelled: Table): string {
    const cells = readCells(this.columns, modelled);
    const spell = this.columns.map(({ schema }) => this.makeQuoter(schema.missingToken));
    const lines: string[] = [];
    const line = new Array<string>(cells.length);
    for (let row = 0; row < modelled.nRows; row++) {
      for (let i = 0; i < cells.length; i++) line[i] = spell[i]?.(cells[i]?.text(row) ?? '') ?? '';
      lines.push(this.line(line));
    }
    return lines.join('');
  }

  /** A row without anything in it, and one that starts like a comment, would be no row when read back. */
  private line(cells: readonly string[]): string {
    const { delimiter, newline, comment } = this.style;
    const joined = cells.join(delimiter);
    if (cells.length === 1 && joined === '') return this.quote('') + newline;
    if (comment === null || !joined.trimStart().startsWith(comment)) return joined + newline;
    const [first = '', ...rest] = cells;
    return [this.quote(first), ...rest].join(delimiter) + newline;
  }

  private makeQuoter(missing: string): (cell: string) => string {
    if (this.style.quoting === 'all') return this.quote;
    if (this.style.quoting === 'needed') return (cell) => this.quoteIfNeeded(cell);
    const isBare = (cell: string) => cell === missing || isNumberText(cell.trim(), this.notation);
    return (cell) => (isBare(cell) ? this.quoteIfNeeded(cell) : this.quote(cell));
  }

  private quoteIfNeeded(cell: string): string {
    return this.mustQuote.test(cell) ? this.quote(cell) : cell;
  }
}

function makeQuote({ quote, escape }: LineStyle): (cell: string) => string {
  if (escape === 'double') return (cell) => quote + cell.replaceAll(quote, quote + quote) + quote;
  return (cell) => quote + cell.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`) + quote;
}
