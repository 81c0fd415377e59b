import { isModelled, type ColumnSchema, type Schema } from '../data/schema';
import type { ColumnAccount } from './dossier';

/** Each column with its role and what became of it; `treatments` holds words for columns handled in a way of their own. */
export function accountColumns(
  schema: Schema,
  treatments: Readonly<Record<string, string>> = {},
): readonly ColumnAccount[] {
  return schema.columns.map((column) => ({
    name: column.name,
    type: column.type,
    role: column.role,
    treatment: (Object.hasOwn(treatments, column.name) ? treatments[column.name] : null) ?? treat(column),
  }));
}

function treat(column: ColumnSchema): string {
  if (!column.included) return 'left out';
  if (isModelled(column)) return 'learnt from';
  if (column.type === 'constant') return 'written as it is in every row';
  if (column.type === 'empty') return 'left empty';
  if (column.type === 'text') return 'left out: free text';
  return 'kept out of training and made anew';
}
