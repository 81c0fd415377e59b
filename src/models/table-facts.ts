import { isModelled, isNumeric, type Schema } from '../data/schema';

/** What of a table decides which model suits it. Counts only, no names and no values. */
export interface TableFacts {
  /** Rows of train, about. */
  readonly nTrain: number;
  /** Columns to learn from. */
  readonly nColumns: number;
  /** Of these, numbers and dates. */
  readonly nNumeric: number;
  /** Of these, dates. */
  readonly nDates: number;
  /** Levels of the column that has most; 0 where no column has levels. */
  readonly mostLevels: number;
  /** Share of the cells that are missing, 0–1. */
  readonly missingShare: number;
  /** Whether a column is marked as the target. */
  readonly hasTarget: boolean;
}

/** Facts of the columns a generator would learn from. `nRows` counts the source, `nTrain` what is left to train on. */
export function describeTable(schema: Schema, nRows: number, nTrain: number): TableFacts {
  const columns = schema.columns.filter(isModelled);
  const nCells = nRows * columns.length;
  const nMissing = columns.reduce((sum, column) => sum + column.nMissing, 0);
  return {
    nTrain,
    nColumns: columns.length,
    nNumeric: columns.filter(isNumeric).length,
    nDates: columns.filter(({ type }) => type === 'datetime').length,
    mostLevels: columns.reduce((most, { levels }) => Math.max(most, levels?.length ?? 0), 0),
    missingShare: nCells === 0 ? 0 : nMissing / nCells,
    hasTarget: columns.some(({ role }) => role === 'target'),
  };
}
