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
  if (isModelled(column)) return LEARNT;
  if (column.type === 'constant') return REPEATED;
  if (column.type === 'empty') return 'left empty';
  if (column.type === 'text') return 'left out: free text';
  return 'kept out of training and made anew';
}

const LEARNT = 'learnt from';
const REPEATED = 'written as it is in every row';
const APART = ['left out', 'left out: free text', 'left empty', 'kept out of training and made anew'];

/** Whether a column went in as it is; null where the account has words of its own for it, or lacks it. */
export function findLearntAsItIs(columns: readonly ColumnAccount[], name: string): boolean | null {
  const treatment = columns.find((column) => column.name === name)?.treatment;
  if (treatment === LEARNT || treatment === REPEATED) return true;
  return treatment !== undefined && APART.includes(treatment) ? false : null;
}
