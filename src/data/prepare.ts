import { Rng } from '../math/rng';
import { handleColumn } from './apply-handling';
import { cutRows } from './cut-rows';
import { FailureError } from './failure';
import { CAP_ROWS_PER_K } from './find-caps';
import type { Handling, HandlingEntry, SplitChoice } from './handling';
import type { RawTable } from './raw-column';
import { findCountedKey, nameCounted } from './row-groups';
import { isModelled, SCHEMA_VERSION, type ColumnSchema, type Schema } from './schema';
import { takeColumnRows, type Column, type Table } from './table';
import type { ReadingRules } from './tally';
import { findRaw, toColumn } from './to-table';

/** Fewest rows of train with which a generator can learn anything. */
export const MIN_TRAIN_ROWS = 50;

export interface PrepareInput {
  readonly schema: Schema;
  readonly handling: Handling;
  readonly split: SplitChoice;
}

export interface PreparedTables {
  readonly train: Table;
  readonly trainGroups: Uint32Array | null;
  readonly holdout: Table | null;
  readonly trainAsRead: Table;
  readonly schema: Schema;
  readonly handlingLog: readonly HandlingEntry[];
  readonly holdoutRows: Uint32Array;
  readonly split: SplitChoice;
}

/**
 * Cuts the holdout off, then fits handling on train. Columns are read, cut and handled one after the other, so that no
 * more than one stands in memory twice; `keep` says where a finished one is put. Throws FailureError:
 * `option-invalid`, `schema-invalid`, `value-invalid`, `nothing-to-model`, `too-few-rows`.
 */
export function prepareTables(
  raw: RawTable,
  rules: ReadingRules,
  input: PrepareInput,
  keep: (column: Column) => Column = (column) => column,
): PreparedTables {
  checkOptions(input);
  const modelled = input.schema.columns.filter(isModelled);
  if (modelled.length === 0) {
    throw new FailureError({
      code: 'nothing-to-model',
      message:
        'No column is left to learn from: identifiers, texts and constants are not learnt. Include a column of numbers, categories or dates.',
    });
  }
  const { train, holdout, groups } = cutRows(raw, rules, input.schema, input.split);
  if (train.length < MIN_TRAIN_ROWS) throw tooFewRows(raw.nRows, train.length);
  const rng = Rng.fromSeed(input.split.seed).fork('handling');
  const parts = modelled.map((column) => {
    const whole = toColumn(findRaw(raw, column.name), column, rules);
    const asRead = takeColumnRows(whole, train);
    const handled = handleColumn(asRead, column, input.handling, rng, groups);
    return {
      ...handled,
      asRead: keep(asRead),
      column: handled.column === null ? null : keep(handled.column),
      heldOut: holdout.length === 0 ? null : keep(takeColumnRows(whole, holdout)),
    };
  });
  return { ...gatherParts(parts, train.length, holdout, input), trainGroups: groups?.groupOf ?? null };
}

type PreparedColumn = ReturnType<typeof handleColumn> & {
  readonly asRead: Column;
  readonly heldOut: Column | null;
};

function gatherParts(
  parts: readonly PreparedColumn[],
  nTrain: number,
  holdoutRows: Uint32Array,
  { schema, handling, split }: PrepareInput,
): Omit<PreparedTables, 'trainGroups'> {
  const learnt = parts.flatMap(({ column, schema: entry }) => (column === null ? [] : [{ column, entry }]));
  if (learnt.length === 0) {
    throw new FailureError({
      code: 'nothing-to-model',
      message: `No column has values in enough ${nameCounted(findCountedKey(schema, split))}: at least ${handling.k} are needed, ${CAP_ROWS_PER_K} times as many for numbers. There is nothing to learn from this table.`,
    });
  }
  const heldOut = parts.flatMap(({ heldOut: column }) => (column === null ? [] : [column]));
  return {
    train: { nRows: nTrain, columns: learnt.map(({ column }) => column) },
    holdout: holdoutRows.length === 0 ? null : { nRows: holdoutRows.length, columns: heldOut },
    trainAsRead: { nRows: nTrain, columns: parts.map(({ asRead }) => asRead) },
    schema: { version: SCHEMA_VERSION, columns: learnt.map(({ entry }) => entry) },
    handlingLog: [...parts.flatMap(({ log }) => log), ...logUnlearnt(schema, nTrain)],
    holdoutRows,
    split,
  };
}

function checkOptions({ handling, split }: PrepareInput): void {
  const problems: string[] = [];
  if (!(split.fraction >= 0 && split.fraction <= 0.5))
    problems.push('the holdout share must lie between 0 and 0.5');
  if (!(Number.isInteger(handling.k) && handling.k >= 1))
    problems.push('k must be a whole number of at least 1');
  if (handling.pooledAs !== 'redistribute' && handling.pooledLabel.trim() === '') {
    problems.push('the label for pooled levels must not be empty');
  }
  if (problems.length === 0) return;
  throw new FailureError({
    code: 'option-invalid',
    message: `These settings cannot be used: ${problems.join('; ')}.`,
  });
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
