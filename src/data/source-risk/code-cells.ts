import { makeValueReader } from '../describe-column';
import type { RawColumn } from '../raw-column';
import type { ColumnSchema } from '../schema';
import { tallyColumn, type ReadingRules } from '../tally';
import type { CodedCells } from './classes';

/** The cells of a column as codes of equal values, with what the codes stand for. */
export interface CodedColumn extends CodedCells {
  readonly name: string;
  /** Numbers and dates in ascending order, by code: code 0 is the least. Null for categories. */
  readonly values: readonly number[] | null;
}

/**
 * Equal values are one code however they are written (`1` and `1.0` of a column of numbers); codes of numbers and dates
 * follow their order, and a missing cell has the last code. What cannot be read counts as missing.
 */
export function codeCells(
  raw: RawColumn,
  column: Pick<ColumnSchema, 'name' | 'type' | 'format'>,
  rules: ReadingRules,
): CodedColumn {
  const tally = tallyColumn(raw, rules);
  const reader = makeValueReader(column.type, column.format, rules);
  const keys: readonly (string | number)[] =
    reader === null ? tally.texts : tally.texts.map((text) => reader(text));
  const isThere = (key: string | number) => typeof key === 'string' || !Number.isNaN(key);
  const distinct = [...new Set(keys.filter(isThere))];
  const values =
    reader === null ? null : distinct.filter((key) => typeof key === 'number').sort((a, b) => a - b);
  const codeOf = new Map((values ?? distinct).map((key, code) => [key, code] as const));
  const last = codeOf.size;
  const codeOfLevel = Uint32Array.from(tally.textOfLevel, (text) => codeOf.get(keys[text] ?? NaN) ?? last);
  const codes = new Uint32Array(raw.codes.length);
  for (let row = 0; row < codes.length; row++) codes[row] = codeOfLevel[raw.codes[row] ?? 0] ?? last;
  return { name: column.name, codes, nCodes: last + 1, values };
}
