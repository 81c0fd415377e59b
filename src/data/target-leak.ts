import type { Alert } from './alerts';
import { correlateLevels, separateByNumber } from './association';
import { isModelled, type Schema } from './schema';
import type { Column, LevelColumn, Table } from './table';

/** Strength of one column from which the target is as good as given away. */
export const LEAK_LIMIT = 0.95;
const MAX_TARGET_LEVELS = 20;
const MAX_LEVELS = 200;

/**
 * Columns that alone almost decide a target with few levels: by Cramér's V (categories), by area under the ROC curve
 * (numbers, two-level targets), or by whether they are missing at all.
 */
export function findLeaks(table: Table, schema: Schema): Alert[] {
  const name = schema.columns.find((column) => column.role === 'target' && isModelled(column))?.name;
  const target = table.columns.find((column) => column.name === name);
  if (target?.kind !== 'level' || target.levels.length < 2 || target.levels.length > MAX_TARGET_LEVELS)
    return [];
  return table.columns.flatMap((column) => {
    if (column === target) return [];
    const how = describeLeak(column, target);
    if (how === null) return [];
    const message = `${how} of "${column.name}" almost decides "${target.name}": leave it out if it is known only afterwards.`;
    return [{ kind: 'target-leak' as const, column: column.name, severity: 'warning' as const, message }];
  });
}

function describeLeak(column: Column, target: LevelColumn): string | null {
  if (measureStrength(column, target) >= LEAK_LIMIT) return 'The value';
  const gaps = Int32Array.from(target.codes, (_, row) => (isGap(column, row) ? 1 : 0));
  const nTarget = target.levels.length;
  return correlateLevels(gaps, 2, target.codes, nTarget) >= LEAK_LIMIT ? 'The presence' : null;
}

function measureStrength(column: Column, target: LevelColumn): number {
  if (column.kind === 'number') return target.levels.length === 2 ? separateByNumber(column, target) : NaN;
  if (column.levels.length > MAX_LEVELS) return NaN;
  return correlateLevels(column.codes, column.levels.length, target.codes, target.levels.length);
}

function isGap(column: Column, row: number): boolean {
  return column.kind === 'number' ? Number.isNaN(column.values[row]) : (column.codes[row] ?? -1) < 0;
}
