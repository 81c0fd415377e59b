import { findRange } from '../../math/statistics';
import { groupOf } from '../group-jackknife';
import { digitise, findBinEdges } from './bin-codes';
import type { CodedColumn } from './coded-column';

/**
 * Codes of a column on its own edges once a group of rows is left out, by group; only groups whose leaving moves the edges,
 * which are those with the smallest or the largest value.
 */
export type MovedCodes = ReadonlyMap<number, Int32Array>;

export function recodeMoved(column: CodedColumn): MovedCodes {
  const moved = new Map<number, Int32Array>();
  if (column.kind === 'level') return moved;
  const { values } = column;
  for (const group of findMoving(values)) {
    const rest = findBinEdges(values.filter((_, row) => groupOf(row) !== group));
    moved.set(group, digitise(values, rest));
  }
  return moved;
}

/** Groups without which the smallest or the largest value would be another. */
function findMoving(values: Float64Array): ReadonlySet<number> {
  const { min, max } = findRange(values) ?? { min: NaN, max: NaN };
  const moving = new Set<number>();
  for (const end of [min, max]) {
    const holders = new Set<number>();
    for (let row = 0; row < values.length && holders.size < 2; row++)
      if (values[row] === end) holders.add(groupOf(row));
    if (holders.size === 1) for (const group of holders) moving.add(group);
  }
  return moving;
}
