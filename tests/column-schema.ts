import type { ColumnSchema, ColumnType } from '../src/data/schema';

/** A column of a schema as it is when nothing special is said of it. */
export function makeColumnSchema(
  name: string,
  type: ColumnType,
  patch: Partial<ColumnSchema> = {},
): ColumnSchema {
  return {
    name,
    type,
    role: 'none',
    reason: 'fixture',
    included: true,
    decimals: null,
    bounds: null,
    levels: null,
    format: null,
    constant: null,
    missingToken: '',
    nMissing: 0,
    ...patch,
  };
}
