import type { Column, Table } from '../../data/table';
import { isMissing } from '../../data/table';
import type { MeasurePart } from '../measure';
import type { ColumnKind } from './column-kinds';
import { selectByKind } from './column-kinds';

/**
 * 1 − |share missing in train − share missing in the other table| for each column, in [0, 1]; null when a table has
 * no rows. Source: SDMetrics' MissingValueSimilarity, which its quality report leaves out.
 */
export function compareMissingShares(
  train: Table,
  other: Table,
  kinds: readonly ColumnKind[],
): readonly MeasurePart[] {
  const others = selectByKind(other, kinds, 'compared');
  return selectByKind(train, kinds, 'train').map((column, i) => {
    const counterpart = others[i];
    const share = shareMissing(column, train.nRows);
    const otherShare = counterpart === undefined ? null : shareMissing(counterpart, other.nRows);
    const value = share === null || otherShare === null ? null : 1 - Math.abs(share - otherShare);
    return { columns: [column.name], value, note: value === null ? 'one side has no rows' : null };
  });
}

function shareMissing(column: Column, nRows: number): number | null {
  if (nRows === 0) return null;
  let nMissing = 0;
  for (let row = 0; row < nRows; row++) if (isMissing(column, row)) nMissing += 1;
  return nMissing / nRows;
}
