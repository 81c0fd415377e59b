import type { HandlingEntry } from './handling';
import { compileDatetimeFormat } from './datetime-format';
import { formatNumber, MAX_DECIMALS, POINT } from './number-text';
import { findOutputType, isWritten, type OutputType } from './output-type';
import { isModelled, isTimeOfDay, type ColumnSchema, type Role, type Schema } from './schema';

/** How the values of a column came about. */
export type Origin = 'learnt' | 'surrogate' | 'repeated' | 'missing' | 'left out';

/** One column of a source in the dictionary of a synthetic file. Holds nothing that handling took out of train. */
export interface DictionaryEntry {
  /** Place in the file, from 1; null for a column that is left out. */
  readonly place: number | null;
  readonly name: string;
  /** The header as it stands in the source. */
  readonly header: string;
  /** What the values are, in a word or two. */
  readonly kind: string;
  readonly role: Role;
  /** What a file with types holds the column as; null for a column that is left out. */
  readonly type: OutputType | null;
  /** Pattern of dates; null for other columns. */
  readonly format: string | null;
  /** Digits after the decimal mark; null for columns that are no numbers. */
  readonly decimals: number | null;
  /** Ends of the range that values keep to, in the column's own spelling with a decimal point; null where there is none. */
  readonly min: string | null;
  readonly max: string | null;
  /** What values may be, the most frequent first; null where they are not listed. */
  readonly levels: readonly string[] | null;
  /** Text that stands for a missing value in a CSV file; null where none is missing. */
  readonly missingCode: string | null;
  /** Share of the source without a value, 0–1, to two decimals; null for a column that is left out. */
  readonly missingShare: number | null;
  readonly origin: Origin;
  readonly notes: readonly string[];
}

export interface DictionaryInput {
  /** Schema of the run, all columns of the source. */
  readonly schema: Schema;
  /** Modelled columns only, with levels and bounds that handling left. */
  readonly handled: Schema;
  readonly handlingLog: readonly HandlingEntry[];
  /** Headers as written in the source, aligned with the columns of `schema`. */
  readonly headers: readonly string[];
  /** Rows of the source. */
  readonly nRows: number;
}

/** Every column of the source: those of the synthetic file in its order, then those that were left out. */
export function describeDictionary(input: DictionaryInput): readonly DictionaryEntry[] {
  const handled = new Map(input.handled.columns.map((column) => [column.name, column]));
  let place = 0;
  const entries = input.schema.columns.map((column, i) => {
    const header = input.headers[i] ?? column.name;
    const notes = input.handlingLog.filter((entry) => entry.column === column.name).map(({ note }) => note);
    const given = { header, notes, nRows: input.nRows };
    if (!isWritten(column)) return describeLeftOut(column, given);
    return describeWritten(column, handled.get(column.name) ?? null, ++place, given);
  });
  return [
    ...entries.filter(({ place: at }) => at !== null),
    ...entries.filter(({ place: at }) => at === null),
  ];
}

interface Given {
  readonly header: string;
  readonly notes: readonly string[];
  readonly nRows: number;
}

function describeLeftOut(column: ColumnSchema, { header, notes }: Given): DictionaryEntry {
  return {
    place: null,
    name: column.name,
    header,
    kind: nameKind(column),
    role: column.role,
    type: null,
    format: null,
    decimals: null,
    min: null,
    max: null,
    levels: null,
    missingCode: null,
    missingShare: null,
    origin: 'left out',
    notes,
  };
}

function describeWritten(
  column: ColumnSchema,
  handled: ColumnSchema | null,
  place: number,
  { header, notes, nRows }: Given,
): DictionaryEntry {
  const origin = findOrigin(column, handled);
  const isLearnt = origin === 'learnt';
  const shareMissing = origin === 'missing' ? 1 : nRows === 0 ? 0 : column.nMissing / nRows;
  return {
    place,
    name: column.name,
    header,
    kind: nameKind(column),
    role: column.role,
    type: findOutputType(column),
    format: isLearnt ? column.format : null,
    decimals: isLearnt ? column.decimals : null,
    min: handled && spellBound(handled, 'min'),
    max: handled && spellBound(handled, 'max'),
    levels: column.type === 'constant' ? [column.constant ?? ''] : (handled?.levels ?? null),
    missingCode: shareMissing > 0 ? column.missingToken : null,
    missingShare: Math.round(shareMissing * 100) / 100,
    origin,
    notes,
  };
}

function findOrigin(column: ColumnSchema, handled: ColumnSchema | null): Origin {
  if (column.type === 'constant') return 'repeated';
  if (column.type === 'empty') return 'missing';
  if (!isModelled(column)) return 'surrogate';
  return handled === null ? 'missing' : 'learnt';
}

const KIND: Readonly<Record<ColumnSchema['type'], string>> = {
  integer: 'whole number',
  continuous: 'number',
  categorical: 'category',
  boolean: 'yes or no',
  datetime: 'date',
  identifier: 'identifier',
  text: 'free text',
  constant: 'one value',
  empty: 'empty',
};

function nameKind(column: ColumnSchema): string {
  if (column.role === 'identifier') return KIND.identifier;
  if (column.type !== 'datetime') return KIND[column.type];
  if (isTimeOfDay(column)) return 'time of day';
  return /[Hh]/.test((column.format ?? '').replace(/'[^']*'/g, '')) ? 'date and time' : KIND.datetime;
}

function spellBound(column: ColumnSchema, end: 'min' | 'max'): string | null {
  const value = column.bounds?.[end];
  if (value === undefined) return null;
  if (column.type === 'datetime') return compileDatetimeFormat(column.format ?? '')?.format(value) ?? null;
  const decimals = Math.min(column.decimals ?? 0, MAX_DECIMALS);
  return formatNumber(value, { ...POINT, decimals, minDecimals: 0 });
}
