import type { Alert } from './alerts';
import { correlateLevels, separateByNumber } from './association';
import { isModelled, type ColumnSchema, type Schema } from './schema';
import { isMissing, type Column, type LevelColumn } from './table';

/** Strength of one column from which the target is as good as given away. */
export const LEAK_LIMIT = 0.95;
const MAX_TARGET_LEVELS = 20;
const MAX_LEVELS = 200;

/** The target of a schema when it has few levels; null when there is none. `read` answers a column of the schema. */
export function openTarget(
  schema: Schema,
  read: (column: ColumnSchema, i: number) => Column | null,
): LevelColumn | null {
  const at = schema.columns.findIndex((column) => column.role === 'target' && isModelled(column));
  const column = schema.columns[at];
  const target = column === undefined ? null : read(column, at);
  if (target?.kind !== 'level') return null;
  return target.levels.length < 2 || target.levels.length > MAX_TARGET_LEVELS ? null : target;
}

/**
 * An alert when a column alone almost decides the target: by Cramér's V (categories), by area under the ROC curve
 * (numbers, two-level targets), or by whether it is missing at all.
 */
export function findLeak(column: Column, target: LevelColumn): Alert[] {
  if (column.name === target.name) return [];
  const how = describeLeak(column, target);
  if (how === null) return [];
  const message = `${how} of "${column.name}" almost decides "${target.name}": leave it out if it is known only afterwards.`;
  return [{ kind: 'target-leak', column: column.name, severity: 'warning', message }];
}

function describeLeak(column: Column, target: LevelColumn): string | null {
  if (measureStrength(column, target) >= LEAK_LIMIT) return 'The value';
  const gaps = findGaps(column);
  const nTarget = target.levels.length;
  return correlateLevels(gaps, 2, target.codes, nTarget) >= LEAK_LIMIT ? 'The presence' : null;
}

function measureStrength(column: Column, target: LevelColumn): number {
  if (column.kind === 'number') return target.levels.length === 2 ? separateByNumber(column, target) : NaN;
  if (column.levels.length > MAX_LEVELS) return NaN;
  return correlateLevels(column.codes, column.levels.length, target.codes, target.levels.length);
}

/** 1 where a value is missing, else 0. */
function findGaps(column: Column): Uint8Array {
  const nRows = column.kind === 'number' ? column.values.length : column.codes.length;
  const gaps = new Uint8Array(nRows);
  for (let row = 0; row < nRows; row++) gaps[row] = isMissing(column, row) ? 1 : 0;
  return gaps;
}
