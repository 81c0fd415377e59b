import { Rng } from '../math/rng';
import { applyHandling } from './apply-handling';
import { FailureError } from './failure';
import type { Handling, HandlingEntry, SplitChoice } from './handling';
import type { RawTable } from './raw-column';
import { isModelled, SCHEMA_VERSION, type ColumnSchema, type Schema } from './schema';
import { splitRows } from './split';
import { takeRows, type Table } from './table';
import { tallyColumn, type ReadingRules } from './tally';
import { findRaw, toTable } from './to-table';

/** Fewest rows of train with which a generator can learn anything. */
export const MIN_TRAIN_ROWS = 50;

export interface PrepareInput {
  readonly schema: Schema;
  readonly handling: Handling;
  readonly split: SplitChoice;
}

export interface PreparedTables {
  readonly train: Table;
  readonly holdout: Table | null;
  readonly trainAsRead: Table;
  readonly schema: Schema;
  readonly handlingLog: readonly HandlingEntry[];
  readonly holdoutRows: Uint32Array;
  readonly split: SplitChoice;
}

/**
 * Cuts the holdout off, then fits handling on train. Throws FailureError: `option-invalid`, `schema-invalid`,
 * `value-invalid`, `nothing-to-model`, `too-few-rows`.
 */
export function prepareTables(raw: RawTable, rules: ReadingRules, input: PrepareInput): PreparedTables {
  checkOptions(input);
  const modelled = input.schema.columns.filter(isModelled);
  if (modelled.length === 0) {
    throw new FailureError({
      code: 'nothing-to-model',
      message:
        'No column is left to learn from: identifiers, texts and constants are not learnt. Include a column of numbers, categories or dates.',
    });
  }
  const table = toTable(raw, input.schema, rules);
  const { train, holdout } = splitRows(raw.nRows, input.split, {
    stratum: readKey(raw, rules, input.split.stratifyBy),
    group: readKey(raw, rules, input.split.groupBy),
  });
  if (train.length < MIN_TRAIN_ROWS) throw tooFewRows(raw.nRows, train.length);
  const trainAsRead = takeRows(table, train);
  const rng = Rng.fromSeed(input.split.seed).fork('handling');
  const handled = applyHandling(trainAsRead, modelled, input.handling, rng);
  if (handled.columns.length === 0) {
    throw new FailureError({
      code: 'nothing-to-model',
      message: `No column has ${input.handling.k} rows with a value; there is nothing to learn from this table.`,
    });
  }
  return {
    train: handled.table,
    holdout: holdout.length === 0 ? null : takeRows(table, holdout),
    trainAsRead,
    schema: { version: SCHEMA_VERSION, columns: handled.columns },
    handlingLog: [...handled.log, ...logUnlearnt(input.schema, train.length)],
    holdoutRows: holdout,
    split: input.split,
  };
}

function checkOptions({ handling, split }: PrepareInput): void {
  const problems: string[] = [];
  if (!(split.fraction >= 0 && split.fraction <= 0.5))
    problems.push('the holdout share must lie between 0 and 0.5');
  if (!(Number.isInteger(handling.k) && handling.k >= 1))
    problems.push('k must be a whole number of at least 1');
  if (handling.pooledAs === 'label' && handling.pooledLabel.trim() === '') {
    problems.push('the label for pooled levels must not be empty');
  }
  if (problems.length === 0) return;
  throw new FailureError({
    code: 'option-invalid',
    message: `These settings cannot be used: ${problems.join('; ')}.`,
  });
}

function readKey(raw: RawTable, rules: ReadingRules, name: string | null): Int32Array | null {
  if (name === null) return null;
  const column = findRaw(raw, name);
  const { textOfLevel } = tallyColumn(column, rules);
  return Int32Array.from(column.codes, (code) => textOfLevel[code] ?? -1);
}

function tooFewRows(nRows: number, nTrain: number): FailureError {
  return new FailureError({
    code: 'too-few-rows',
    message: `The file has ${nRows} rows, of which ${nTrain} would be trained on; at least ${MIN_TRAIN_ROWS} are needed. Use a larger file or a smaller holdout.`,
  });
}

/** The account of columns a generator never sees. */
function logUnlearnt(schema: Schema, nTrain: number): HandlingEntry[] {
  return schema.columns
    .filter((column) => !isModelled(column))
    .map((column) => describeUnlearnt(column, nTrain));
}

function describeUnlearnt(column: ColumnSchema, nTrain: number): HandlingEntry {
  const entry = { column: column.name, nRows: nTrain, nItems: 1 };
  if (column.type === 'text' || !column.included) {
    const note =
      column.type === 'text'
        ? 'Free text is never learnt from; the column is left out of the synthetic file.'
        : 'Left out by choice.';
    return { ...entry, action: 'dropped', note };
  }
  if (column.type === 'identifier' || column.role === 'identifier') {
    const note =
      'Never learnt from; each synthetic row gets a fresh surrogate that occurs in no row of the source, so rows of one person are not linked.';
    return { ...entry, action: 'regenerated', note };
  }
  const note =
    column.type === 'empty'
      ? 'Empty in the source and in the synthetic file.'
      : 'The one value is repeated in every row.';
  return { ...entry, action: 'repeated', note };
}
