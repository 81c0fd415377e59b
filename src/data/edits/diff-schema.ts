import { isSameValue } from '../same-value';
import type { Bounds, Schema } from '../schema';
import { applySchemaEdit } from './apply-schema';
import type { Edit, SchemaEdit } from './edit';

/**
 * The edits that lead from one schema to another of the same columns, as a person could have made them: types first, then
 * what the type left to choose. Reasons, levels and counts are not edits.
 */
export function diffSchema(from: Schema, wanted: Schema): readonly Edit[] {
  const names = wanted.columns.map((column) => column.name);
  const types = names.flatMap((name) => diffColumn(from, wanted, name, ['type']));
  const typed = types.reduce(applySchemaEdit, from);
  const rest = names.flatMap((name) =>
    diffColumn(typed, wanted, name, ['role', 'included', 'format', 'decimals', 'bounds']),
  );
  return [...types, ...rest].map((edit) => ({ of: 'schema', ...edit }));
}

function diffColumn(
  from: Schema,
  to: Schema,
  name: string,
  keys: readonly SchemaEdit['set'][],
): readonly SchemaEdit[] {
  const before = from.columns.find((column) => column.name === name);
  const after = to.columns.find((column) => column.name === name);
  if (before === undefined || after === undefined) return [];
  return keys.flatMap((set): readonly SchemaEdit[] => {
    if (set === 'bounds') {
      const [from, to] = [declaredRange(before.bounds), declaredRange(after.bounds)];
      return isSameValue(from, to) ? [] : [{ column: name, set, value: to }];
    }
    const value = after[set];
    if (value === null || value === before[set]) return [];
    return [{ column: name, set, value } as SchemaEdit];
  });
}

function declaredRange(bounds: Bounds | null): { readonly min: number; readonly max: number } | null {
  return bounds?.declared === true ? { min: bounds.min, max: bounds.max } : null;
}
