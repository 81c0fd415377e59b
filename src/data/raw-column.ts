/**
 * Cells as read, column by column: each distinct text once, and a code a row. A million rows of a few hundred levels
 * cost four bytes a cell.
 */
export interface RawColumn {
  /** The header as written, made unique. */
  readonly name: string;
  /** Index into `levels`, one a row. */
  readonly codes: Uint32Array;
  /** Distinct cell texts, untrimmed, in order of first appearance. */
  readonly levels: readonly string[];
}

export interface RawTable {
  readonly nRows: number;
  readonly columns: readonly RawColumn[];
  /** Headers as written, one a column, where names had to be made of them; absent where they are the names. */
  readonly writtenHeaders?: readonly string[];
}

/** The header of each column as it stands in the source. */
export function listWrittenHeaders({ columns, writtenHeaders }: RawTable): readonly string[] {
  return columns.map(({ name }, i) => writtenHeaders?.[i] ?? name);
}

/** Grows a {@link RawColumn} a cell at a time. */
export class RawColumnBuilder {
  private codes = new Uint32Array(1024);
  private nRows = 0;
  private readonly levels: string[] = [];
  private readonly codeOf = new Map<string, number>();

  push(cell: string): void {
    let code = this.codeOf.get(cell);
    if (code === undefined) {
      const own = detach(cell);
      code = this.levels.length;
      this.levels.push(own);
      this.codeOf.set(own, code);
    }
    if (this.nRows === this.codes.length) this.grow();
    this.codes[this.nRows++] = code;
  }

  finish(name: string): RawColumn {
    this.codeOf.clear();
    return { name, codes: this.codes.slice(0, this.nRows), levels: this.levels };
  }

  private grow(): void {
    const larger = new Uint32Array(this.codes.length * 2);
    larger.set(this.codes);
    this.codes = larger;
  }
}

/** The cell's text at a row. Throws RangeError outside the table: rows come from the program. */
export function cellAt(column: RawColumn, row: number): string {
  const text = column.levels[column.codes[row] ?? -1];
  if (text === undefined) throw new RangeError(`no row ${row} in column "${column.name}"`);
  return text;
}

/** A copy that does not keep the whole chunk of file alive: V8 holds longer substrings as views of their parent. */
function detach(text: string): string {
  return text.length < 13 ? text : (' ' + text).slice(1);
}
