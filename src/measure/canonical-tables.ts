import { takeRows, type Column, type LevelColumn, type Table } from '../data/table';
import { Rng } from '../math/rng';
import { alignTables, type NamedTable } from './align-tables';
import type { ColumnKind } from './fidelity/column-kinds';

/** A table whose rows lie in an order that depends on what they hold and on a seed, never on how they were given. */
export interface CanonicalTable extends Table {
  /** Row of the given table that each row is. */
  readonly rowsOf: Uint32Array;
}

/**
 * The tables under the same columns and levels, their rows in a random order that content and seed alone decide: measures
 * of them cannot depend on the order of rows or of levels, and any run of rows is a random sample. Levels are sorted, and
 * those that no row has are dropped. Throws `schema-invalid` where a column is missing or of another kind.
 */
export function canonicalTables<const Tables extends readonly NamedTable[]>(
  kinds: readonly ColumnKind[],
  seed: number,
  ...tables: Tables
): { readonly [Index in keyof Tables]: CanonicalTable } {
  const sorted = sortLevels(alignTables(kinds, ...tables));
  return sorted.map((table) => {
    const order = Rng.fromSeed(seed).fork('measure/order').permutation(table.nRows);
    const byContent = orderRows(table);
    const rowsOf = order.map((place) => byContent[place] ?? 0);
    return { ...takeRows(table, rowsOf), rowsOf };
  }) as unknown as { readonly [Index in keyof Tables]: CanonicalTable };
}

function sortLevels(tables: readonly Table[]): readonly Table[] {
  const first = tables[0]?.columns ?? [];
  const columns = first.map((_, at) => recodeSorted(tables.map((table) => table.columns[at])));
  return tables.map(({ nRows }, t) => ({ nRows, columns: columns.flatMap((column) => column[t] ?? []) }));
}

function recodeSorted(columns: readonly (Column | undefined)[]): readonly (Column | undefined)[] {
  const levelColumns = columns.filter((column): column is LevelColumn => column?.kind === 'level');
  const known = levelColumns[0]?.levels ?? [];
  const occurs = new Uint8Array(known.length);
  for (const { codes } of levelColumns) for (const code of codes) if (code >= 0) occurs[code] = 1;
  const levels = known.filter((_, code) => occurs[code] === 1).sort();
  const places = new Map(levels.map((level, i) => [level, i]));
  const map = Int32Array.from(known, (level) => places.get(level) ?? -1);
  return columns.map((column) =>
    column?.kind === 'level'
      ? { ...column, levels, codes: column.codes.map((code) => (code < 0 ? -1 : (map[code] ?? -1))) }
      : column,
  );
}

/** Rows by a hash of their cells; rows of equal hash by their cells, so that only equal rows can change places. */
function orderRows({ nRows, columns }: Table): Uint32Array {
  const keys = hashRows(columns, nRows);
  return Uint32Array.from({ length: nRows }, (_, row) => row).sort(
    (a, b) => (keys[a] ?? 0) - (keys[b] ?? 0) || compareCells(columns, a, b),
  );
}

function hashRows(columns: readonly Column[], nRows: number): Float64Array {
  const [high, low] = [new Uint32Array(nRows), new Uint32Array(nRows)];
  const number = new Float64Array(1);
  const halves = new Uint32Array(number.buffer);
  for (const column of columns) {
    const words = column.kind === 'level' ? column.levels.map(hashText) : [];
    for (let row = 0; row < nRows; row++) {
      let [a, b] = [0, 0];
      if (column.kind === 'level') a = words[column.codes[row] ?? -1] ?? 1;
      else {
        const value = column.values[row] ?? NaN;
        number[0] = value + 0;
        [a, b] = Number.isNaN(value) ? [1, 0] : [halves[0] ?? 0, halves[1] ?? 0];
      }
      high[row] = mix(mix(high[row] ?? 0, a), b);
      low[row] = mix(mix((low[row] ?? 0) + 0x9e3779b9, b), a);
    }
  }
  return Float64Array.from(high, (word, row) => word * 2 ** 21 + ((low[row] ?? 0) >>> 11));
}

function mix(hash: number, word: number): number {
  const a = Math.imul(hash ^ word ^ (word >>> 16), 0x21f0aaad);
  const b = Math.imul(a ^ (a >>> 15), 0x735a2d97);
  return (b ^ (b >>> 15)) >>> 0;
}

function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

function compareCells(columns: readonly Column[], a: number, b: number): number {
  for (const column of columns) {
    const cells = column.kind === 'level' ? column.codes : column.values;
    const [x, y] = [cells[a] ?? NaN, cells[b] ?? NaN];
    if (x < y || (Number.isNaN(y) && !Number.isNaN(x))) return -1;
    if (x > y || (Number.isNaN(x) && !Number.isNaN(y))) return 1;
  }
  return 0;
}
