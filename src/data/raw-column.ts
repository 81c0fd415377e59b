import { CodeBuffer, mapCodes, type Codes } from './code-buffer';
import type { TableSize } from './memory-need';

/**
 * Cells as read, column by column: each distinct text once, and a code a row. A million rows cost one byte a cell up to
 * 256 levels, two up to 65,536, and four beyond.
 */
export interface RawColumn {
  /** The header as written, made unique. */
  readonly name: string;
  /** Index into `levels`, one a row. */
  readonly codes: Codes;
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
  private readonly codes = new CodeBuffer();
  private readonly levels: string[] = [];
  private readonly codeOf = new Map<string, number>();
  private nUnits = 0;

  /** Distinct cells so far. */
  get nLevels(): number {
    return this.levels.length;
  }

  /** Bytes of their texts: one a character, as most are written. */
  get nTextBytes(): number {
    return this.nUnits;
  }

  push(cell: string): void {
    let code = this.codeOf.get(cell);
    if (code === undefined) {
      const own = detach(cell);
      code = this.levels.length;
      this.levels.push(own);
      this.nUnits += own.length;
      this.codeOf.set(own, code);
    }
    this.codes.push(code);
  }

  finish(name: string): RawColumn {
    this.codeOf.clear();
    return { name, codes: this.codes.finish(), levels: this.levels };
  }
}

/** Size of a table of these columns so far. */
export function sizeOf(columns: readonly RawColumnBuilder[], nRows: number): TableSize {
  let nDistinct = 0;
  let nTextBytes = 0;
  for (const column of columns) {
    nDistinct += column.nLevels;
    nTextBytes += column.nTextBytes;
  }
  return { nRows, nColumns: columns.length, nDistinct, nTextBytes };
}

/** The column without levels that no row has. */
export function dropUnusedLevels(column: RawColumn): RawColumn {
  const isUsed = new Uint8Array(column.levels.length);
  for (const code of column.codes) isUsed[code] = 1;
  if (!isUsed.includes(0)) return column;
  const levels = column.levels.filter((_, code) => isUsed[code] === 1);
  const newCode = new Uint32Array(isUsed.length);
  for (let code = 0, next = 0; code < isUsed.length; code++) if (isUsed[code] === 1) newCode[code] = next++;
  return { name: column.name, codes: mapCodes(column.codes, newCode, levels.length), levels };
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
