import type { Column } from '../../data/table';
import type { ValueCodes } from './value-codes';

/**
 * The column with its levels as the model numbers them; levels that it does not know become −2. Throws TypeError for a column
 * of another kind.
 */
export function alignLevels(column: Column, codes: ValueCodes): Column {
  if (column.kind !== codes.kind)
    throw new TypeError(`column "${column.name}" is of another kind than in train`);
  if (column.kind === 'number' || codes.kind === 'number') return column;
  const { levels } = codes;
  const places = new Map(levels.map((level, i) => [level, i]));
  const own = column.levels.map((level) => places.get(level) ?? -2);
  return { ...column, codes: column.codes.map((code) => (code < 0 ? -1 : (own[code] ?? -2))), levels };
}
