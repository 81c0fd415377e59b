import type { ColumnKind } from './fidelity/column-kinds';

/** Sizes of the tables that are to be compared. */
export interface Sizes {
  readonly train: number;
  /** Null where no rows were held out. */
  readonly holdout: number | null;
  readonly synthetic: number;
  readonly nColumns: number;
}

/** What is known of an evaluation before it begins. */
export interface Ground {
  /** Rows that are compared. */
  readonly sizes: Sizes;
  readonly kinds: readonly ColumnKind[];
  /** Levels of each categorical column by name; a column that is not named has an unknown number. */
  readonly nLevels: Readonly<Record<string, number>>;
  /** Column that a person chose to be predicted; null leaves the choice to the measures. */
  readonly target: string | null;
  /** Whether the model says how likely it finds a row. */
  readonly hasLikelihood: boolean;
}

/** What is wanting, so that a page can say where it is mended. */
export type Wanting = 'holdout' | 'rows' | 'columns' | 'target' | 'model';

/** Why a measure cannot be computed: the words that its result is skipped with. */
export interface Lack {
  readonly reason: string;
  readonly wanting: Wanting;
}

/** A measure that will be skipped, known before it is computed. */
export interface Foreseen extends Lack {
  readonly id: string;
}

/** What tables have to hold for a measure that sets train beside a holdout. */
export interface Needs {
  /** Said where there is no holdout; null where something is left to say without one. */
  readonly noHoldout: string | null;
  /** Rows that every table needs. */
  readonly minRows: number;
  readonly minColumns?: number;
  /** Said where there are fewer columns. */
  readonly tooNarrow?: string;
}

/** The first thing that is wanting; null where a measure can be tried. */
export function findLack(
  { train, holdout, synthetic, nColumns }: Sizes,
  { noHoldout, minRows, minColumns = 0, tooNarrow = '' }: Needs,
): Lack | null {
  if (holdout === null && noHoldout !== null) return { reason: noHoldout, wanting: 'holdout' };
  const few = minRows === 1 ? 'no rows' : `fewer than ${minRows} rows`;
  const tables = [
    ['train', train],
    ['the holdout', holdout],
    ['the synthetic table', synthetic],
  ] as const;
  for (const [name, nRows] of tables)
    if (nRows !== null && nRows < minRows) return { reason: `${name} has ${few}`, wanting: 'rows' };
  return nColumns < minColumns ? { reason: tooNarrow, wanting: 'columns' } : null;
}

interface Rows {
  readonly nRows: number;
}

/** {@link Sizes} of tables at hand. */
export function sizesOf(
  train: Rows,
  holdout: Rows | null,
  synthetic: Rows,
  kinds: readonly ColumnKind[],
): Sizes {
  return {
    train: train.nRows,
    holdout: holdout?.nRows ?? null,
    synthetic: synthetic.nRows,
    nColumns: kinds.length,
  };
}

/** One lack, said of each id; none where nothing is wanting. */
export function foreseeAll(ids: readonly string[], lack: Lack | null): readonly Foreseen[] {
  return lack === null ? [] : ids.map((id) => ({ id, ...lack }));
}
