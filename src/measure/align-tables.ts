import type { Column, LevelColumn, Table } from '../data/table';
import type { ColumnKind } from './fidelity/column-kinds';
import { selectByKind } from './fidelity/column-kinds';

/** A table and what to call it in a message. */
export type NamedTable = readonly [name: string, table: Table];

/**
 * The tables with the columns of `kinds` in that order and one list of levels a column, so that equal codes mean equal
 * levels in all of them. Throws `schema-invalid` where a column is missing or of another kind.
 */
export function alignTables<const Tables extends readonly NamedTable[]>(
  kinds: readonly ColumnKind[],
  ...tables: Tables
): { readonly [Index in keyof Tables]: Table } {
  const selected = tables.map(([name, table]) => selectByKind(table, kinds, name));
  const aligned = kinds.map((_, at) => alignColumn(selected.map((columns) => columns[at])));
  return tables.map(([, { nRows }], t) => ({
    nRows,
    columns: aligned.flatMap((columns) => columns[t] ?? []),
  })) as unknown as { readonly [Index in keyof Tables]: Table };
}

function alignColumn(columns: readonly (Column | undefined)[]): readonly (Column | undefined)[] {
  const places = new Map<string, number>();
  for (const column of columns)
    if (column?.kind === 'level')
      for (const level of column.levels) if (!places.has(level)) places.set(level, places.size);
  const levels = [...places.keys()];
  return columns.map((column) => (column?.kind === 'level' ? recode(column, places, levels) : column));
}

function recode(
  column: LevelColumn,
  places: ReadonlyMap<string, number>,
  levels: readonly string[],
): LevelColumn {
  const map = Int32Array.from(column.levels, (level) => places.get(level) ?? -1);
  return { ...column, levels, codes: column.codes.map((code) => (code < 0 ? -1 : (map[code] ?? -1))) };
}

/** Rows of aligned tables below each other. Throws RangeError where the tables are not aligned. */
export function stackTables(first: Table, second: Table): Table {
  const nRows = first.nRows + second.nRows;
  const columns = first.columns.map((column, i): Column => {
    const other = second.columns[i];
    if (column.kind === 'number' && other?.kind === 'number') {
      const values = new Float64Array(nRows);
      values.set(column.values);
      values.set(other.values, first.nRows);
      return { ...column, values };
    }
    if (column.kind === 'level' && other?.kind === 'level' && other.levels === column.levels) {
      const codes = new Int32Array(nRows);
      codes.set(column.codes);
      codes.set(other.codes, first.nRows);
      return { ...column, codes };
    }
    throw new RangeError(`column "${column.name}" differs between the tables: align them first`);
  });
  return { nRows, columns };
}
