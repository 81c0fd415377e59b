import type { Schema } from '../../data/schema';
import { isNumeric } from '../../data/schema';
import type { Column, Table } from '../../data/table';
import { FailureError } from '../../data/failure';

/** How a measure treats a column: integers, continuous values and datetimes are numerical; the rest categorical. */
export interface ColumnKind {
  readonly name: string;
  readonly kind: 'numerical' | 'categorical';
}

/** Kinds of a schema's columns, in its order. */
export function kindsOf(schema: Schema): readonly ColumnKind[] {
  return schema.columns.map((column) => ({
    name: column.name,
    kind: isNumeric(column) ? 'numerical' : 'categorical',
  }));
}

/** Columns of `table` in the order of `kinds`. Throws `schema-invalid` for a missing column or one of another kind. */
export function selectByKind(table: Table, kinds: readonly ColumnKind[], label: string): readonly Column[] {
  const byName = new Map(table.columns.map((column) => [column.name, column]));
  return kinds.map(({ name, kind }) => {
    const column = byName.get(name);
    const expected = kind === 'numerical' ? 'number' : 'level';
    if (column?.kind === expected) return column;
    const problem = column === undefined ? 'is missing' : `does not hold ${kind} values`;
    throw new FailureError({
      code: 'schema-invalid',
      message: `Column "${name}" of the ${label} table ${problem}; compare tables made under one schema.`,
    });
  });
}
