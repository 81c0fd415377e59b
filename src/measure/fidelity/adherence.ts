import type { Column, LevelColumn, NumberColumn, Table } from '../../data/table';
import { estimateRate } from '../../math/proportions';
import { findRange } from '../../math/statistics';
import type { MeasurePart } from '../measure';
import { type Estimate, type FidelitySpec, type Reason } from './hold-against-train';
import { isOne, nameWorst } from './name-worst';
import { show } from '../tell';

/**
 * Share of values within train's smallest and largest, by number column; the mean over columns. A missing value counts as
 * outside where train misses none. Source: SDMetrics' BoundaryAdherence.
 */
export const RANGE_ADHERENCE: FidelitySpec = {
  titles: [
    {
      id: 'range-adherence',
      direction: 'higher-is-better',
      sentence: (estimate) =>
        `${show(estimate.value)} of the values of number columns lie within train's range, on average` +
        `${nameWorst(estimate.parts ?? [], isOne)}.`,
    },
  ],
  sizes: 'whole',
  minRows: 1,
  prepare: (train) => (other) => [
    averageShares(
      train,
      other,
      (own, column) => (own.kind === 'number' && column.kind === 'number' ? countWithin(own, column) : null),
      'there is no number column with values in train',
    ),
  ],
};

/**
 * Share of values that are levels of train, by column of levels; the mean over columns. A missing value counts as foreign
 * where train misses none. Source: SDMetrics' CategoryAdherence.
 */
export const CATEGORY_ADHERENCE: FidelitySpec = {
  titles: [
    {
      id: 'category-adherence',
      direction: 'higher-is-better',
      sentence: (estimate) =>
        `${show(estimate.value)} of the values of columns of categories occur in train, on average` +
        `${nameWorst(estimate.parts ?? [], isOne)}.`,
    },
  ],
  sizes: 'whole',
  minRows: 1,
  prepare: (train) => (other) => [
    averageShares(
      train,
      other,
      (own, column) => (own.kind === 'level' && column.kind === 'level' ? countKnown(own, column) : null),
      'there is no column of categories with values in train',
    ),
  ],
};

interface Share {
  readonly nHeld: number;
  readonly nJudged: number;
}

/** Wilson's interval of one share over all rows: no mean of shares over columns is less certain. */
function averageShares(
  train: Table,
  other: Table,
  count: (own: Column, column: Column) => Share | null,
  whenNone: string,
): Estimate | Reason {
  const parts: MeasurePart[] = [];
  other.columns.forEach((column, at) => {
    const own = train.columns[at];
    if (own === undefined || own.kind !== column.kind) return;
    const share = count(own, column);
    if (share === null) return;
    const { nHeld, nJudged } = share;
    parts.push(
      nJudged === 0
        ? { columns: [column.name], value: null, note: 'a table has no value' }
        : { columns: [column.name], value: nHeld / nJudged, note: null },
    );
  });
  const shares = parts.flatMap(({ value }) => (value === null ? [] : [value]));
  if (shares.length === 0) return { reason: whenNone };
  const value = shares.reduce((sum, share) => sum + share, 0) / shares.length;
  const { rate, error } = estimateRate(value * other.nRows, other.nRows);
  const interval = { low: Math.max(0, rate - error), high: Math.min(1, rate + error) };
  return { value, interval, n: shares.length, parts };
}

function countWithin(own: NumberColumn, { values }: NumberColumn): Share {
  const range = findRange(own.values);
  if (range === null) return { nHeld: 0, nJudged: 0 };
  const countsMissing = !own.values.some((value) => Number.isNaN(value));
  let [nHeld, nJudged] = [0, 0];
  for (const value of values) {
    if (Number.isNaN(value) && !countsMissing) continue;
    nJudged++;
    if (value >= range.min && value <= range.max) nHeld++;
  }
  return { nHeld, nJudged };
}

function countKnown(own: LevelColumn, { codes }: LevelColumn): Share {
  const known = new Uint8Array(own.levels.length);
  let misses = false;
  for (const code of own.codes)
    if (code >= 0) known[code] = 1;
    else misses = true;
  if (!known.includes(1)) return { nHeld: 0, nJudged: 0 };
  let [nHeld, nJudged] = [0, 0];
  for (const code of codes) {
    if (code < 0 && misses) continue;
    nJudged++;
    if (code >= 0 && known[code] === 1) nHeld++;
  }
  return { nHeld, nJudged };
}
