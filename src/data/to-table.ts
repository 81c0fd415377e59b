import { makeValueReader } from './describe-column';
import { FailureError } from './failure';
import { isModelled, type ColumnSchema, type Schema } from './schema';
import type { RawColumn, RawTable } from './raw-column';
import type { Column, Table } from './table';
import { tallyColumn, type ReadingRules, type Tally } from './tally';

/** The modelled columns of a schema as typed arrays, in schema order. Throws FailureError when a value cannot be read. */
export function toTable(raw: RawTable, schema: Schema, rules: ReadingRules): Table {
  const columns = schema.columns
    .filter(isModelled)
    .map((column) => toColumn(findRaw(raw, column.name), column, rules));
  return { nRows: raw.nRows, columns };
}

/** The raw column of that name. Throws FailureError `schema-invalid` when the file has none. */
export function findRaw(raw: RawTable, name: string): RawColumn {
  const column = raw.columns.find((candidate) => candidate.name === name);
  if (column !== undefined) return column;
  throw new FailureError({
    code: 'schema-invalid',
    message: `The schema names a column "${name}" that the file does not have; open the file that belongs to this schema.`,
  });
}

/** One column under its schema. Throws FailureError `value-invalid` naming the first unreadable row. */
export function toColumn(
  raw: RawColumn,
  column: ColumnSchema,
  rules: ReadingRules,
  tally: Tally = tallyColumn(raw, rules),
): Column {
  const problem = findUnreadable(raw, tally, column, rules);
  if (problem !== null) throw new FailureError({ code: 'value-invalid', message: problem });
  const reader = makeValueReader(column.type, column.format, rules);
  if (reader !== null) {
    const valueOfText = Float64Array.from(tally.texts, reader);
    const valueOf = Float64Array.from(tally.textOfLevel, (text) => valueOfText[text] ?? NaN);
    return {
      kind: 'number',
      name: column.name,
      values: lookUp(raw.codes, valueOf, new Float64Array(raw.codes.length)),
    };
  }
  const levels = column.levels ?? [];
  const indexOf = new Map(levels.map((level, i) => [level, i]));
  const levelOfText = Int32Array.from(tally.texts, (text) => indexOf.get(text) ?? -1);
  const levelOf = Int32Array.from(tally.textOfLevel, (text) => levelOfText[text] ?? -1);
  return {
    kind: 'level',
    name: column.name,
    codes: lookUp(raw.codes, levelOf, new Int32Array(raw.codes.length)),
    levels,
  };
}

/** Writes what each code stands for, row by row; every code has a meaning. */
function lookUp<T extends Float64Array | Int32Array>(codes: RawColumn['codes'], meanings: T, out: T): T {
  for (let row = 0; row < codes.length; row++) out[row] = meanings[codes[row] ?? 0] ?? 0;
  return out;
}

const KIND: Readonly<Partial<Record<ColumnSchema['type'], string>>> = {
  integer: 'a whole number',
  continuous: 'a number',
};

/**
 * The first cell a column's type cannot read, as a sentence, or null. Rows are counted from 1 after the header. The
 * sentence holds the cell's text: it is for the person whose file it is, and never for a report that leaves.
 */
export function findUnreadable(
  raw: RawColumn,
  tally: Tally,
  column: ColumnSchema,
  rules: ReadingRules,
): string | null {
  const reader = makeValueReader(column.type, column.format, rules);
  if (reader === null) return null;
  const bad = tally.texts.map((text) => Number.isNaN(reader(text)));
  const nBad = bad.reduce((sum, isBad, i) => sum + (isBad ? (tally.counts[i] ?? 0) : 0), 0);
  if (nBad === 0) return null;
  const isBadLevel = Uint8Array.from(tally.textOfLevel, (text) => (text >= 0 && bad[text] === true ? 1 : 0));
  const row = raw.codes.findIndex((code) => isBadLevel[code] === 1);
  const text = (raw.levels[raw.codes[row] ?? 0] ?? '').trim();
  const kind = KIND[column.type] ?? `a date of the form ${column.format ?? '(none given)'}`;
  const more = nBad > 1 ? ` (and ${nBad - 1} more)` : '';
  const instead = column.type === 'integer' ? ' or decimals' : '';
  return `column "${column.name}", row ${row + 1}${more}: "${shorten(text)}" is not ${kind}; exclude the row or read the column as text${instead}, or name it as a missing value`;
}

function shorten(text: string): string {
  return text.length <= 40 ? text : `${text.slice(0, 37)}…`;
}
