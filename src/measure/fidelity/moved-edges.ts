import { groupOf, N_GROUPS } from '../group-jackknife';
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
  const edges = findBinEdges(values);
  for (let group = 0; group < N_GROUPS; group++) {
    const rest = findBinEdges(values.filter((_, row) => groupOf(row) !== group));
    if (rest.some((edge, i) => edge !== edges[i])) moved.set(group, digitise(values, rest));
  }
  return moved;
}
