import type { ColumnSchema, ColumnType, Role, Schema } from './schema';

/** One change a person made to a schema; plain JSON, kept in order, replayable. Persisted: changes need a migration. */
export type SchemaEdit = { readonly column: string } & (
  | { readonly set: 'type'; readonly value: ColumnType }
  | { readonly set: 'role'; readonly value: Role }
  | { readonly set: 'included'; readonly value: boolean }
  | { readonly set: 'format'; readonly value: string }
  | { readonly set: 'decimals'; readonly value: number }
  /** Null = read the range off the data again. */
  | { readonly set: 'bounds'; readonly value: { readonly min: number; readonly max: number } | null }
);

/** Edits made so far and how many of them count; those beyond the cursor can be redone. */
export interface EditHistory {
  readonly edits: readonly SchemaEdit[];
  readonly cursor: number;
}

export const EMPTY_HISTORY: EditHistory = { edits: [], cursor: 0 };

/** Adds an edit after the cursor; what had been undone is forgotten. */
export function recordEdit(history: EditHistory, edit: SchemaEdit): EditHistory {
  const edits = [...history.edits.slice(0, history.cursor), edit];
  return { edits, cursor: edits.length };
}

/** One step back; at the beginning nothing changes. */
export function undoEdit(history: EditHistory): EditHistory {
  return { ...history, cursor: Math.max(0, history.cursor - 1) };
}

/** One step forward; at the end nothing changes. */
export function redoEdit(history: EditHistory): EditHistory {
  return { ...history, cursor: Math.min(history.edits.length, history.cursor + 1) };
}

/** The inferred schema with the edits before the cursor applied. Counts and bounds are stale until revised. */
export function replayEdits(inferred: Schema, history: EditHistory): Schema {
  return history.edits.slice(0, history.cursor).reduce(applyEdit, inferred);
}

/** A schema with one edit applied; unknown columns leave it as it is. A new target takes the role from the old one. */
export function applyEdit(schema: Schema, edit: SchemaEdit): Schema {
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
