import { findRange } from '../../math/statistics';
import type { Table } from '../../data/table';
import { MISSING, type Points } from '../neighbours/points';

/**
 * A space of mixed rows. The distance of two rows is the mean over columns of: numbers, |a − b| / range, at most 1; levels,
 * 0 or 1; a missing value against a present one, 1; missing against missing, 0. Ranges are those of the reference table,
 * and a constant column counts 0 or 1. Source: Gower 1971, as SDMetrics' calculate_dcr computes it.
 */
export interface GowerSpace {
  readonly nNumbers: number;
  readonly nLevels: number;
  /** Number columns of the space, those that set rows apart most first, so that far rows are given up early. */
  readonly numbers: readonly NumberAxis[];
}

interface NumberAxis {
  /** Place among the table's number columns. */
  readonly at: number;
  readonly low: number;
  /** 1 / range; in a constant column any other value lies beyond 1. */
  readonly scale: number;
}

/**
 * Rows of a table in a space. Numbers are (value − low) / range, and {@link MISSING} where there is no value; levels are codes,
 * −1 = missing.
 */
export type GowerRows = Points;

const CONSTANT_SCALE = 1e200;

/** The space that a reference table spans. */
export function spanSpace(reference: Table): GowerSpace {
  const columns = reference.columns.flatMap((column) => (column.kind === 'number' ? [column.values] : []));
  const axes = columns.map((values, at) => {
    const { min, max } = findRange(values) ?? { min: 0, max: 0 };
    const scale = max > min ? 1 / (max - min) : CONSTANT_SCALE;
    return { at, low: min, scale, spread: measureSpread(values, min, scale) };
  });
  const numbers = axes
    .sort((a, b) => b.spread - a.spread || a.at - b.at)
    .map(({ at, low, scale }) => ({ at, low, scale }));
  return { nNumbers: columns.length, nLevels: reference.columns.length - columns.length, numbers };
}

/** About how far two rows lie apart in a column: gaps against values, and values among themselves. */
function measureSpread(values: Float64Array, low: number, scale: number): number {
  let [n, sum, squares] = [0, 0, 0];
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    const x = (value - low) * scale;
    n++;
    sum += x;
    squares += x * x;
  }
  const share = n / Math.max(1, values.length);
  const variance = n === 0 ? 0 : Math.max(0, squares / n - (sum / n) ** 2);
  return 2 * share * (1 - share) + share * share * Math.sqrt(variance);
}

/** A table, aligned with the space's reference, as rows of the space. */
export function placeRows(space: GowerSpace, table: Table): GowerRows {
  const { nNumbers, nLevels } = space;
  const numbers = new Float64Array(table.nRows * nNumbers);
  const levels = new Int32Array(table.nRows * nLevels);
  const values = table.columns.flatMap((column) => (column.kind === 'number' ? [column.values] : []));
  space.numbers.forEach(({ at, low, scale }, n) => {
    const column = values[at] ?? new Float64Array();
    for (let row = 0; row < table.nRows; row++) {
      const value = column[row] ?? NaN;
      numbers[row * nNumbers + n] = Number.isNaN(value) ? MISSING : (value - low) * scale;
    }
  });
  const codes = table.columns.flatMap((column) => (column.kind === 'level' ? [column.codes] : []));
  codes.forEach((column, l) => {
    for (let row = 0; row < table.nRows; row++) levels[row * nLevels + l] = column[row] ?? -1;
  });
  return { nRows: table.nRows, nNumbers, nLevels, numbers, levels };
}
