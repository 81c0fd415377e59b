import { takeRows, type Table } from '../data/table';
import { Rng } from '../math/rng';
import { canonicalTables, type CanonicalTable } from './canonical-tables';
import type { ColumnKind } from './fidelity/column-kinds';
import { shuffleColumns } from './fidelity/shuffle-columns';

/** Tables to evaluate: train and holdout as read, before any pooling or capping. */
export interface EvaluationInput {
  readonly train: Table;
  readonly holdout: Table | null;
  readonly synthetic: Table;
  readonly kinds: readonly ColumnKind[];
  readonly options: EvaluationOptions;
}

export interface EvaluationOptions {
  readonly seed: number;
  /** Column that models are taught to predict; chosen by its measure where left out. */
  readonly target?: string;
  /** Columns whose levels are looked at one by one; the categorical ones with the most rows in levels where left out. */
  readonly subgroups?: readonly string[];
}

/** What every measure is given. Tables are canonical: their order of rows says nothing, and any run of rows is a sample. */
export interface EvaluationContext {
  readonly kinds: readonly ColumnKind[];
  readonly options: EvaluationOptions;
  readonly train: CanonicalTable;
  readonly holdout: CanonicalTable | null;
  readonly synthetic: CanonicalTable;
  /** Train's columns, each shuffled on its own: the floor. */
  readonly shuffled: Table;
  /** As many rows of each as the smallest table has, for measures that depend on the number of rows. */
  readonly equal: {
    readonly nRows: number;
    readonly train: Table;
    readonly holdout: Table | null;
    readonly synthetic: Table;
    readonly shuffled: Table;
  };
}

/** Lays the tables out for measures. Throws `schema-invalid` where a column is missing or of another kind. */
export function openContext({
  train,
  holdout,
  synthetic,
  kinds,
  options,
}: EvaluationInput): EvaluationContext {
  const empty: Table = { nRows: 0, columns: synthetic.columns.map((column) => clear(column)) };
  const [own, made, held] = canonicalTables(
    kinds,
    options.seed,
    ['train', train],
    ['synthetic', synthetic],
    ['holdout', holdout ?? empty],
  );
  const shuffled = shuffleColumns(own, Rng.fromSeed(options.seed).fork('measure/floor'));
  const nRows = Math.min(own.nRows, made.nRows, holdout === null ? Infinity : held.nRows);
  return {
    kinds,
    options,
    train: own,
    holdout: holdout === null ? null : held,
    synthetic: made,
    shuffled,
    equal: {
      nRows,
      train: takeFirst(own, nRows),
      holdout: holdout === null ? null : takeFirst(held, nRows),
      synthetic: takeFirst(made, nRows),
      shuffled: takeFirst(shuffled, nRows),
    },
  };
}

function clear(column: Table['columns'][number]): Table['columns'][number] {
  return column.kind === 'number'
    ? { ...column, values: new Float64Array() }
    : { ...column, codes: new Int32Array() };
}

/** The first `nRows` rows: of a canonical table, a random sample. */
export function takeFirst(table: Table, nRows: number): Table {
  return nRows >= table.nRows
    ? table
    : takeRows(
        table,
        Uint32Array.from({ length: nRows }, (_, row) => row),
      );
}
