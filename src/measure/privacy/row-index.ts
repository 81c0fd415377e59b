import type { Column, Table } from '../../data/table';

/** Finds rows of a table that equal a row of an aligned one in every cell; missing equals missing. */
export class RowIndex {
  /** Rows of each hash, as chains. */
  private readonly head = new Map<number, number>();
  private readonly next: Int32Array;

  constructor(private readonly table: Table) {
    this.next = new Int32Array(table.nRows).fill(-1);
    for (let row = 0; row < table.nRows; row++) {
      const hash = hashRow(table, row);
      this.next[row] = this.head.get(hash) ?? -1;
      this.head.set(hash, row);
    }
  }

  /** Rows of the table that equal that row of `other`. */
  countEqual(other: Table, row: number): number {
    let n = 0;
    for (let at = this.head.get(hashRow(other, row)) ?? -1; at >= 0; at = this.next[at] ?? -1)
      if (isEqual(this.table, at, other, row)) n++;
    return n;
  }
}

const words = new Uint32Array(2);
const asNumber = new Float64Array(words.buffer);

/** FNV-1a over the words of the cells. */
function hashRow(table: Table, row: number): number {
  let hash = 0x811c9dc5;
  for (const column of table.columns) {
    if (column.kind === 'level') {
      hash = Math.imul(hash ^ (column.codes[row] ?? -1), 0x01000193);
      continue;
    }
    // + 0 makes −0 and 0 the same.
    asNumber[0] = (column.values[row] ?? NaN) + 0;
    hash = Math.imul(hash ^ (words[0] ?? 0), 0x01000193);
    hash = Math.imul(hash ^ (hash >>> 15) ^ (words[1] ?? 0), 0x01000193);
  }
  return hash;
}

function isEqual(table: Table, row: number, other: Table, otherRow: number): boolean {
  return table.columns.every((column, i) => isSameCell(column, row, other.columns[i], otherRow));
}

function isSameCell(column: Column, row: number, other: Column | undefined, otherRow: number): boolean {
  if (column.kind === 'number') {
    const [a, b] = [
      column.values[row] ?? NaN,
      other?.kind === 'number' ? (other.values[otherRow] ?? NaN) : NaN,
    ];
    return a === b || (Number.isNaN(a) && Number.isNaN(b));
  }
  return other?.kind === 'level' && column.codes[row] === other.codes[otherRow];
}
