import type { Column } from '../../data/table';
import { jackknifeInterval, meanReplicates, type Replicates } from '../group-jackknife';
import type { Interval, MeasurePart } from '../measure';
import type { Estimate, Reason } from './hold-against-train';

/** Mean of a figure over columns: null leaves a column out, a text says why it has none. */
export function averageColumns(
  columns: readonly Column[],
  measure: (column: Column, at: number) => Replicates | string | null,
  bounds: Interval,
  whenNone: string,
): Estimate | Reason {
  const all: Replicates[] = [];
  const parts: MeasurePart[] = [];
  columns.forEach((column, at) => {
    const result = measure(column, at);
    if (result === null) return;
    const value = typeof result === 'string' ? NaN : (result[0] ?? NaN);
    if (typeof result !== 'string') all.push(result);
    const isMissing = Number.isNaN(value);
    const note = typeof result === 'string' ? result : isMissing ? 'the other table has no value' : null;
    parts.push({ columns: [column.name], value: isMissing ? null : value, note });
  });
  const mean = meanReplicates(all);
  if (mean === null) return { reason: whenNone };
  const n = parts.filter(({ value }) => value !== null).length;
  return { value: mean[0] ?? NaN, interval: jackknifeInterval(mean, bounds), n, parts };
}
