import type { HandlingEntry } from '../../handling';
import { describeGeneralisation, type GeneralisedCount } from './generalisation';

/** The line of the handling account for a coarsened column; its rows are those of the whole table. */
export function logGeneralised(count: GeneralisedCount): HandlingEntry {
  const { column, nRows } = count;
  return { column, action: 'generalised', nRows, nItems: 1, note: describeGeneralisation(count) };
}
