import type { ColumnSchema, ColumnType, Schema } from '../schema';
import type { SchemaEdit } from './edit';

/**
 * A schema with one edit applied; one of an unknown column leaves it as it is. A new target takes the role from the old
 * one. Counts and bounds are stale until the schema is revised.
 */
export function applySchemaEdit(schema: Schema, edit: SchemaEdit): Schema {
  if (!schema.columns.some((column) => column.name === edit.column)) return schema;
  const takesTarget = edit.set === 'role' && edit.value === 'target';
  const columns = schema.columns.map((column) => {
    if (column.name === edit.column) return editColumn(column, edit);
    return takesTarget && column.role === 'target' ? { ...column, role: 'none' as const } : column;
  });
  return { ...schema, columns };
}

/** The reason of a column whose type a person chose. */
export const CHOSEN = 'Type chosen by you.';

function editColumn(column: ColumnSchema, edit: SchemaEdit): ColumnSchema {
  switch (edit.set) {
    case 'type':
      return changeType(column, edit.value);
    case 'role':
      return { ...column, role: edit.value };
    case 'included':
      return { ...column, included: edit.value };
    case 'format':
      return { ...column, format: edit.value };
    case 'decimals':
      return { ...column, decimals: edit.value };
    case 'bounds':
      return { ...column, bounds: edit.value === null ? null : { ...edit.value, declared: true } };
  }
}

/** What belonged to the old type goes; a role that only identifiers have follows the type. */
function changeType(column: ColumnSchema, type: ColumnType): ColumnSchema {
  if (type === column.type) return column;
  const wasIdentifier = column.type === 'identifier' && column.role === 'identifier';
  const role = type === 'identifier' ? 'identifier' : wasIdentifier ? 'none' : column.role;
  const included = type !== 'text' && (column.included || column.type === 'text');
  const cleared = { decimals: null, bounds: null, levels: null, format: null, constant: null };
  return { ...column, ...cleared, type, role, included, reason: CHOSEN };
}
