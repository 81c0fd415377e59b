import type { Rng } from '../math/rng';
import { CAP_ROWS_PER_K, findCaps, findGrid } from './find-caps';
import type { Handling, HandlingEntry } from './handling';
import { isNumeric, type ColumnSchema } from './schema';
import type { Column, LevelColumn, NumberColumn, Table } from './table';

/** Train after handling, with the schema and the account that go with it. */
export interface Handled {
  readonly table: Table;
  readonly columns: readonly ColumnSchema[];
  readonly log: readonly HandlingEntry[];
}

/** One column of train after handling. */
export interface HandledColumn {
  /** Null when nothing is left that could be learnt. */
  readonly column: Column | null;
  readonly schema: ColumnSchema;
  readonly log: readonly HandlingEntry[];
}

/**
 * Pools rare levels and caps extremes of train, by rules fitted on train alone. What comes out is an ordinary table:
 * its levels are the ones kept, its bounds those of the values that are left (declared bounds stay).
 */
export function applyHandling(
  train: Table,
  columns: readonly ColumnSchema[],
  handling: Handling,
  rng: Rng,
): Handled {
  const done = train.columns.map((column, i) => {
    const schema = columns[i];
    if (schema?.name !== column.name) throw new RangeError(`no schema for column "${column.name}"`);
    return handleColumn(column, schema, handling, rng);
  });
  const kept = done.flatMap(({ column, schema }) => (column === null ? [] : [{ column, schema }]));
  return {
    table: { nRows: train.nRows, columns: kept.map(({ column }) => column) },
    columns: kept.map(({ schema }) => schema),
    log: done.flatMap(({ log }) => log),
  };
}

/** {@link applyHandling} for a single column; the others do not change what becomes of it. */
export function handleColumn(
  column: Column,
  schema: ColumnSchema,
  handling: Handling,
  rng: Rng,
): HandledColumn {
  return column.kind === 'number'
    ? capColumn(column, schema, handling)
    : poolColumn(column, schema, handling, rng.fork(`pool/${column.name}`));
}

function capColumn(column: NumberColumn, schema: ColumnSchema, handling: Handling): HandledColumn {
  const present = column.values.filter((value) => !Number.isNaN(value)).sort();
  const fewest = handling.capExtremes ? CAP_ROWS_PER_K * handling.k : 1;
  if (present.length < fewest) return dropColumn(schema, present.length, fewest);
  const lowest = present[0] ?? 0;
  const highest = present[present.length - 1] ?? 0;
  const declared = schema.bounds?.declared === true ? schema.bounds : null;
  const caps = handling.capExtremes
    ? findCaps(present, handling.k, findGrid(present, schema))
    : [lowest, highest];
  const [min = lowest, max = highest] = caps.map((cap) =>
    declared === null ? cap : clamp(cap, declared.min, declared.max),
  );
  let nRows = 0;
  for (const value of present) if (value < min || value > max) nRows++;
  const values = nRows === 0 ? column.values : column.values.map((value) => clamp(value, min, max));
  const nItems = (min > lowest ? 1 : 0) + (max < highest ? 1 : 0);
  const note = handling.capExtremes
    ? `Extreme values were set to an end that stands for at least ${handling.k} rows${declared === null ? '' : ', and none leaves the declared range'}.`
    : 'Values outside the declared range were set to its ends.';
  const bounds = declared ?? { min, max, declared: false };
  return {
    column: { ...column, values },
    schema: { ...schema, bounds },
    log: nRows === 0 ? [] : [{ column: schema.name, action: 'capped', nRows, nItems, note }],
  };
}

/** NaN stays NaN: missing has no bounds. */
function clamp(value: number, min: number, max: number): number {
  return Math.min(max, Math.max(min, value));
}

function poolColumn(column: LevelColumn, schema: ColumnSchema, handling: Handling, rng: Rng): HandledColumn {
  const counts = new Uint32Array(column.levels.length);
  for (const code of column.codes) if (code >= 0) counts[code] = (counts[code] ?? 0) + 1;
  const nPresent = counts.reduce((sum, n) => sum + n, 0);
  const floor = handling.poolRareLevels ? handling.k : 1;
  if (nPresent < floor || nPresent === 0) return dropColumn(schema, nPresent, floor);
  const order = [...counts.keys()].filter((code) => (counts[code] ?? 0) > 0);
  order.sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0) || a - b);
  const kept = order.filter((code) => (counts[code] ?? 0) >= floor);
  const pooled = order.slice(kept.length);
  const nPooled = pooled.reduce((sum, code) => sum + (counts[code] ?? 0), 0);
  const isLabelled = kept.length === 0 || (handling.pooledAs === 'label' && nPooled >= handling.k);
  const levels = kept.map((code) => column.levels[code] ?? '');
  const label = isLabelled && nPooled > 0 ? findOrAdd(levels, handling.pooledLabel) : -1;
  const cumulative = accumulate(kept.map((code) => counts[code] ?? 0));
  const isAsItWas = pooled.length === 0 && kept.every((code, i) => code === i);
  const codes = isAsItWas
    ? column.codes
    : recode(column, kept, () => (label >= 0 ? label : rng.pick(cumulative)));
  const log =
    pooled.length === 0 ? [] : [describePooling(schema.name, nPooled, pooled.length, label >= 0, handling)];
  return { column: { ...column, codes, levels }, schema: { ...schema, levels }, log };
}

/** Codes by the order of `kept`; the rows of other levels get what `replace` says, one after the other. */
function recode({ codes, levels }: LevelColumn, kept: readonly number[], replace: () => number): Int32Array {
  const newCode = new Int32Array(levels.length).fill(-1);
  kept.forEach((code, i) => (newCode[code] = i));
  const recoded = new Int32Array(codes.length);
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row] ?? -1;
    const moved = newCode[code] ?? -1;
    recoded[row] = code < 0 || moved >= 0 ? moved : replace();
  }
  return recoded;
}

function describePooling(
  column: string,
  nRows: number,
  nItems: number,
  isLabelled: boolean,
  handling: Handling,
): HandlingEntry {
  const which = nItems === 1 ? 'One level' : `${nItems} levels`;
  const what = isLabelled
    ? `became "${handling.pooledLabel}"`
    : `${nItems === 1 ? 'was' : 'were'} replaced by more frequent ones, drawn by frequency`;
  const note = `${which} with fewer than ${handling.k} rows of train ${what}.`;
  return { column, action: 'pooled', nRows, nItems, note };
}

function dropColumn(schema: ColumnSchema, nPresent: number, fewest: number): HandledColumn {
  const note =
    nPresent === 0
      ? 'No value in train; the column is written as missing.'
      : `Fewer than ${fewest} rows of train have a value; the column is written as missing.`;
  const kind = isNumeric(schema) ? 1 : (schema.levels?.length ?? 0);
  const entry: HandlingEntry = {
    column: schema.name,
    action: 'dropped',
    nRows: nPresent,
    nItems: kind,
    note,
  };
  return { column: null, schema, log: [entry] };
}

function findOrAdd(levels: string[], label: string): number {
  const at = levels.indexOf(label);
  return at >= 0 ? at : levels.push(label) - 1;
}

function accumulate(weights: readonly number[]): Float64Array {
  const cumulative = new Float64Array(weights.length);
  let sum = 0;
  weights.forEach((weight, i) => (cumulative[i] = sum += weight));
  return cumulative;
}
