import { MAX_COMPARED_ROWS } from '../data/compared-rows';
import { takeRows, type Table } from '../data/table';
import { Rng } from '../math/rng';
import { canonicalTables, type CanonicalTable } from './canonical-tables';
import type { ColumnKind } from './fidelity/column-kinds';
import { shuffleColumns } from './fidelity/shuffle-columns';
import type { Watched } from './watch';

/** Tables to evaluate: train and holdout as read, before any pooling or capping. */
export interface EvaluationInput {
  readonly train: Table;
  readonly holdout: Table | null;
  readonly synthetic: Table;
  /** Rows drawn in all, where `synthetic` is already a sample of them. */
  readonly nSynthetic?: number;
  readonly kinds: readonly ColumnKind[];
  readonly options: EvaluationOptions;
  /** What the model itself says of the rows, for the attack on it; left out where no model is at hand. */
  readonly likelihood?: Likelihoods;
}

/** Log-likelihood of each row under the model, in the order of the tables given. */
export interface Likelihoods {
  readonly train: Float64Array;
  readonly holdout: Float64Array;
}

export interface EvaluationOptions {
  readonly seed: number;
  /** Column that models are taught to predict; chosen by its measure where left out. */
  readonly target?: string;
  /** Columns whose levels are looked at one by one; the categorical ones with the most rows in levels where left out. */
  readonly subgroups?: readonly string[];
  /** Columns that an attacker would want to know, beside the target; ten at most, drawn at random, where left out. */
  readonly sensitive?: readonly string[];
  /** Columns that an attacker may know of a person; random choices of four where left out. */
  readonly quasiIdentifiers?: readonly string[];
}

/** Tables of one source and a synthetic one, side by side. */
export interface ComparedTables {
  readonly train: Table;
  readonly holdout: Table | null;
  readonly synthetic: Table;
  /** Train's columns, each shuffled on its own: the floor. */
  readonly shuffled: Table;
}

/** What every measure is given. Tables are canonical: their order of rows says nothing, and any run of rows is a sample. */
export interface EvaluationContext extends Watched {
  readonly kinds: readonly ColumnKind[];
  readonly options: EvaluationOptions;
  readonly train: CanonicalTable;
  readonly holdout: CanonicalTable | null;
  readonly synthetic: CanonicalTable;
  /** The same tables, but for those of too many rows, of which a sample stands in. */
  readonly compared: ComparedTables;
  /**
   * As many rows of each as the smallest table has, for measures that depend on the number of rows. A holdout of fewer than
   * {@link MIN_EQUAL_ROWS} rows does not count where the others have as many, and is then the only table that has fewer.
   */
  readonly equal: ComparedTables;
  /** In the order of these tables, and of `compared`; null where no model is at hand. */
  readonly likelihood: Likelihoods | null;
}

/**
 * Lays the tables out for measures; of a table of more than `nMost` rows, that many are compared. Throws `schema-invalid`
 * where a column is missing or of another kind, and RangeError where likelihoods are not one a row.
 */
export function openContext(
  { train, holdout, synthetic, kinds, options, likelihood }: EvaluationInput,
  nMost = MAX_COMPARED_ROWS,
): EvaluationContext {
  const empty: Table = { nRows: 0, columns: synthetic.columns.map((column) => clear(column)) };
  const [own, made, held] = canonicalTables(
    kinds,
    options.seed,
    ['train', train],
    ['synthetic', synthetic],
    ['holdout', holdout ?? empty],
  );
  const compared: ComparedTables = {
    train: takeFirst(own, nMost),
    holdout: holdout === null ? null : takeFirst(held, nMost),
    synthetic: takeFirst(made, nMost),
    shuffled: shuffleColumns(takeFirst(own, nMost), Rng.fromSeed(options.seed).fork('measure/floor')),
  };
  return {
    kinds,
    options,
    train: own,
    holdout: holdout === null ? null : held,
    synthetic: made,
    compared,
    equal: takeEqual(compared),
    likelihood:
      likelihood === undefined
        ? null
        : {
            train: follow(own, likelihood.train, compared.train.nRows),
            holdout: follow(held, likelihood.holdout, compared.holdout?.nRows ?? 0),
          },
  };
}

/** One value a row of the given table, in the order of the canonical one; of its first `nRows` rows. */
function follow({ rowsOf }: CanonicalTable, values: Float64Array, nRows: number): Float64Array {
  if (values.length !== rowsOf.length)
    throw new RangeError(`${values.length} likelihoods were given for ${rowsOf.length} rows`);
  return Float64Array.from(rowsOf.subarray(0, nRows), (row) => values[row] ?? NaN);
}

/** Rows from which a holdout decides how many rows are compared: a handful of people would make every figure chance. */
export const MIN_EQUAL_ROWS = 50;

function takeEqual({ train, holdout, synthetic, shuffled }: ComparedTables): ComparedTables {
  const nOthers = Math.min(train.nRows, synthetic.nRows);
  const nHoldout = holdout?.nRows ?? nOthers;
  const nRows =
    nHoldout < MIN_EQUAL_ROWS && nOthers >= MIN_EQUAL_ROWS ? nOthers : Math.min(nOthers, nHoldout);
  return {
    train: takeFirst(train, nRows),
    holdout: holdout === null ? null : takeFirst(holdout, nRows),
    synthetic: takeFirst(synthetic, nRows),
    shuffled: takeFirst(shuffled, nRows),
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
