import type { Column, Table } from '../../data/table';

/** Cells of aligned tables as codes, so that equal codes of a column are equal cells; missing has a code of its own. */
export interface CellCodes {
  /** For each table, one array a column. */
  readonly tables: readonly (readonly Float64Array[])[];
  /** Codes of each column lie below this. */
  readonly sizes: readonly number[];
}

/** Codes of the cells of aligned tables, numbers as they are written. */
export function codeCells(tables: readonly Table[]): CellCodes {
  const first = tables[0]?.columns ?? [];
  const coded = first.map((_, at) => codeColumn(tables.flatMap(({ columns }) => columns[at] ?? [])));
  return {
    tables: tables.map((_, t) => coded.map(({ codes }) => codes[t] ?? new Float64Array())),
    sizes: coded.map(({ size }) => size),
  };
}

function codeColumn(columns: readonly Column[]): { codes: readonly Float64Array[]; size: number } {
  const [first] = columns;
  if (first?.kind === 'level') {
    const codes = columns.map((column) =>
      Float64Array.from(column.kind === 'level' ? column.codes : [], (c) => c + 1),
    );
    return { codes, size: first.levels.length + 1 };
  }
  const places = new Map<number, number>();
  const codes = columns.map((column) =>
    Float64Array.from(column.kind === 'number' ? column.values : [], (value) => placeOf(places, value)),
  );
  return { codes, size: places.size };
}

/** Place of a value in order of appearance. A Map holds NaN equal to itself, and 0 to −0. */
function placeOf(places: Map<number, number>, value: number): number {
  const known = places.get(value);
  if (known !== undefined) return known;
  places.set(value, places.size);
  return places.size - 1;
}

/** For each table one key a row: rows have equal keys when they agree in every column of `set`. */
export function joinCells({ tables, sizes }: CellCodes, set: readonly number[]): readonly Float64Array[] {
  let keys = tables.map((columns) => new Float64Array(columns[0]?.length ?? 0));
  let range = 1;
  for (const at of set) {
    const size = Math.max(1, sizes[at] ?? 1);
    if (range * size > Number.MAX_SAFE_INTEGER) {
      const places = new Map<number, number>();
      keys = keys.map((own) => own.map((key) => placeOf(places, key)));
      range = places.size;
    }
    keys = keys.map((own, t) => own.map((key, row) => key * size + (tables[t]?.[at]?.[row] ?? 0)));
    range *= size;
  }
  return keys;
}

/** How many rows have each key. */
export function countKeys(keys: Float64Array): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}
