import { isSameValue } from '../same-value';
import type { ColumnSchema, Schema } from '../schema';
import type { Edit } from './edit';

/** Why an edit that counts has no effect: the table has no such column, or its values do not admit it. */
export type IdleReason = 'no-column' | 'not-admitted';

type ColumnEdit = Extract<Edit, { of: 'schema' }>;

/** For each of the edits that count, why it has no effect on this schema; null where it has, or a later one replaced it. */
export function findIdle(edits: readonly Edit[], schema: Schema): readonly (IdleReason | null)[] {
  const columns = new Map(schema.columns.map((column) => [column.name, column]));
  return edits.map((edit, i) => {
    if (edit.of === 'split') {
      const { stratifyBy = null, groupBy = null } = edit.value;
      return [stratifyBy, groupBy].some((name) => name !== null && !columns.has(name)) ? 'no-column' : null;
    }
    if (edit.of === 'generalise' || edit.of === 'no-identifiers')
      return edit.value.some(({ column }) => !columns.has(column)) ? 'no-column' : null;
    if (edit.of !== 'schema') return null;
    const column = columns.get(edit.column);
    if (column === undefined) return 'no-column';
    const isReplaced = edits.slice(i + 1).some((later) => later.of === 'schema' && replaces(later, edit));
    return isReplaced || holds(column, edit) ? null : 'not-admitted';
  });
}

function replaces(later: ColumnEdit, earlier: ColumnEdit): boolean {
  const takesTarget =
    later.set === 'role' && later.value === 'target' && earlier.set === 'role' && earlier.value === 'target';
  return (
    takesTarget || (later.column === earlier.column && (later.set === earlier.set || later.set === 'type'))
  );
}

function holds(column: ColumnSchema, edit: ColumnEdit): boolean {
  if (edit.set !== 'bounds') return column[edit.set] === edit.value;
  if (edit.value === null) return column.bounds?.declared !== true;
  return isSameValue(column.bounds, { ...edit.value, declared: true });
}
