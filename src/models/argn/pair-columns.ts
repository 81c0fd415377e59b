import type { Table } from '../../data/table';
import { pairGroups, type GroupPair } from '../trees/pair-groups';
import type { EarlierNumbers } from '../trees/relations';
import type { ColumnClasses } from './column-classes';

interface ClassedColumn {
  readonly classes: ColumnClasses;
  readonly classed: Uint16Array;
}

/** For each class of each number, the number drawn before it that orders the values within the class best; none for levels. */
export function pairColumns(
  table: Table,
  columns: readonly ClassedColumn[],
  order: Int32Array,
): readonly (readonly GroupPair[])[] {
  const pairs: (readonly GroupPair[])[] = columns.map(() => []);
  const earlier: EarlierNumbers[] = [];
  for (const index of order) {
    const [column, own] = [table.columns[index], columns[index]];
    if (column?.kind !== 'number' || own === undefined) continue;
    const { nGroups } = own.classes.groups;
    // Ranks have a byte; missing stays 0.
    const scale = Math.min(1, 255 / nGroups);
    const ranks = Uint8Array.from(own.classed, (c) => Math.ceil(c * scale));
    pairs[index] = pairGroups(column.values, ranks, Int32Array.from(own.classed), nGroups, earlier);
    earlier.push({ index, values: column.values, ranks });
  }
  return pairs;
}
