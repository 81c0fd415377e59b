import type { Alert } from './alerts';
import { correlateLevels, separateByNumber } from './association';
import { isModelled, type ColumnSchema, type Schema } from './schema';
import type { Column, LevelColumn } from './table';

/** Strength of one column from which the target is as good as given away. */
export const LEAK_LIMIT = 0.95;
/** Area under the ROC curve from which a number gives the target away. */
const AREA_LIMIT = 0.9;
/** A level this frequent that goes with one outcome gives it away for its rows, unless nearly all rows have that outcome. */
const LEVEL_SHARE = 0.1;
const LEVEL_ROWS = 50;
const PURE = 0.995;
const USUAL = 0.9;
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
 * An alert when a column alone almost decides the target: by Cramér's V (categories), by a frequent level with one outcome,
 * by area under the ROC curve (numbers, two-level targets), or by whether it is missing at all.
 */
export function findLeak(column: Column, target: LevelColumn): Alert[] {
  if (column.name === target.name) return [];
  const how = describeLeak(column, target);
  if (how === null) return [];
  const message = `${how} of "${column.name}" almost decides "${target.name}": leave it out if it is known only afterwards.`;
  return [{ kind: 'target-leak', column: column.name, severity: 'warning', message }];
}

function describeLeak(column: Column, target: LevelColumn): string | null {
  if (measureStrength(column, target) >= (column.kind === 'number' ? AREA_LIMIT : LEAK_LIMIT))
    return 'The value';
  if (column.kind === 'level' && hasPureLevel(column, target)) return 'One frequent level';
  const gaps = findGaps(column);
  const nTarget = target.levels.length;
  return correlateLevels(gaps, 2, target.codes, nTarget) >= LEAK_LIMIT ? 'The presence' : null;
}

function hasPureLevel(column: LevelColumn, target: LevelColumn): boolean {
  const nTarget = target.levels.length;
  if (column.levels.length > MAX_LEVELS) return false;
  const joint = new Uint32Array(column.levels.length * nTarget);
  const ofLevel = new Uint32Array(column.levels.length);
  const ofTarget = new Uint32Array(nTarget);
  let n = 0;
  for (let row = 0; row < column.codes.length; row++) {
    const level = column.codes[row] ?? -1;
    const outcome = target.codes[row] ?? -1;
    if (level < 0 || outcome < 0) continue;
    joint[level * nTarget + outcome] = (joint[level * nTarget + outcome] ?? 0) + 1;
    ofLevel[level] = (ofLevel[level] ?? 0) + 1;
    ofTarget[outcome] = (ofTarget[outcome] ?? 0) + 1;
    n++;
  }
  return joint.some((both, at) => {
    const nLevel = ofLevel[Math.floor(at / nTarget)] ?? 0;
    const isFrequent = nLevel >= LEVEL_ROWS && nLevel >= LEVEL_SHARE * n;
    return isFrequent && both >= PURE * nLevel && (ofTarget[at % nTarget] ?? 0) <= USUAL * n;
  });
}

function measureStrength(column: Column, target: LevelColumn): number {
  if (column.kind === 'number') return target.levels.length === 2 ? separateByNumber(column, target) : NaN;
  if (column.levels.length > MAX_LEVELS) return NaN;
  return correlateLevels(column.codes, column.levels.length, target.codes, target.levels.length);
}

/** 1 where a value is missing, else 0. */
function findGaps(column: Column): Uint8Array {
  if (column.kind === 'number') {
    const { values } = column;
    const gaps = new Uint8Array(values.length);
    for (let row = 0; row < gaps.length; row++) gaps[row] = Number.isNaN(values[row]) ? 1 : 0;
    return gaps;
  }
  const { codes } = column;
  const gaps = new Uint8Array(codes.length);
  for (let row = 0; row < gaps.length; row++) gaps[row] = (codes[row] ?? -1) < 0 ? 1 : 0;
  return gaps;
}
