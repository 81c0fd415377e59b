/** What a column means and how its values are read and written back. Persisted: changes need a migration. */
export const SCHEMA_VERSION = 1;

export type ColumnType =
  | 'integer'
  | 'continuous'
  | 'categorical'
  | 'boolean'
  | 'datetime'
  | 'identifier'
  | 'text'
  | 'constant'
  | 'empty';

export type Role = 'none' | 'identifier' | 'quasi-identifier' | 'sensitive' | 'target';

export interface Bounds {
  readonly min: number;
  readonly max: number;
  /** True when a person declared the range public; false when it was read off the data. */
  readonly declared: boolean;
}

export interface ColumnSchema {
  /** The header as written in the file, made unique. */
  readonly name: string;
  readonly type: ColumnType;
  readonly role: Role;
  /** One sentence: why this type was inferred, or that a person chose it. Holds no cell values. */
  readonly reason: string;
  /** False = the column is left out of the synthetic table. */
  readonly included: boolean;
  /** Digits after the decimal mark when written (integer 0, continuous ≥ 0); null for other types. */
  readonly decimals: number | null;
  /** Allowed range of numbers and datetimes (datetimes in ms); null for other types. */
  readonly bounds: Bounds | null;
  /** Levels of categorical and boolean columns, the most frequent first; null for other types. */
  readonly levels: readonly string[] | null;
  /** Pattern by which datetimes are read and written, e.g. `yyyy-MM-dd HH:mm`; null for other types. */
  readonly format: string | null;
  /** The one value of a constant column. */
  readonly constant: string | null;
  /** Text written for a missing value, as found most often in the source (`''`, `NA`, `?`). */
  readonly missingToken: string;
  /** Rows of the source with a missing value. */
  readonly nMissing: number;
}

export interface Schema {
  readonly version: typeof SCHEMA_VERSION;
  readonly columns: readonly ColumnSchema[];
}

/** True for a datetime column of times without a date, which are kept on the first day of 1970. */
export function isTimeOfDay({ format }: Pick<ColumnSchema, 'format'>): boolean {
  return format !== null && !format.includes('yy');
}

/** Types whose values a generator learns. Identifiers are regenerated, text is dropped, constants are repeated. */
export const MODELLED_TYPES: readonly ColumnType[] = [
  'integer',
  'continuous',
  'categorical',
  'boolean',
  'datetime',
];

/** True when a generator sees this column. Identifiers by type or by role never are. */
export function isModelled(column: ColumnSchema): boolean {
  return column.included && column.role !== 'identifier' && MODELLED_TYPES.includes(column.type);
}

/** True for columns held as numbers (integers, continuous values, datetimes). */
export function isNumeric(column: ColumnSchema): boolean {
  return column.type === 'integer' || column.type === 'continuous' || column.type === 'datetime';
}
