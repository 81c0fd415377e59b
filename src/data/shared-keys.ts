import { countText } from './count-text';
import { hashText } from './hash-rows';
import { isKeyName, isPersonName } from './identifier-names';
import type { RawColumn } from './raw-column';
import type { Schema } from './schema';
import { tallyColumn, type ReadingRules } from './tally';

/** Values of a key column of a file, as hashes that do not show them. */
export interface KeyTally {
  readonly column: string;
  /** One for each different value that is there. */
  readonly hashes: Float64Array;
  /** Rows with each of them. */
  readonly counts: Uint32Array;
  /** Rows of the file, those without a value among them. */
  readonly nRows: number;
  /** True where the values are the whole numbers from one on, a row each: they number the rows of this file alone. */
  readonly isNumbering: boolean;
}

/** Mean rows a value above which a key that does not say that it is a person's stands for something else: a ward, a doctor. */
const MAX_ROWS_A_VALUE = 10;

/**
 * Key columns that are in every one of the files: those of persons, or where there are none, those of stays, records and
 * things.
 */
export function listKeys(schema: Schema, headers: readonly (readonly string[])[]): readonly string[] {
  const keys = schema.columns.flatMap(({ name, type, role }) =>
    (type === 'identifier' || role === 'identifier') &&
    (isKeyName(name) || isPersonName(name)) &&
    headers.every((names) => names.includes(name))
      ? [name]
      : [],
  );
  const ofPersons = keys.filter(isPersonName);
  return ofPersons.length > 0 ? ofPersons : keys;
}

/** The values of a key column with their rows; a whole number is the same with `.0` behind it. */
export function tallyKeys(raw: RawColumn, rules: ReadingRules): KeyTally {
  const { texts, counts } = tallyColumn(raw, rules);
  const rowsOf = new Map<string, number>();
  texts.forEach((text, i) => {
    const key = text.replace(/^(\d+)\.0+$/, '$1');
    rowsOf.set(key, (rowsOf.get(key) ?? 0) + (counts[i] ?? 0));
  });
  const keys = [...rowsOf.keys()];
  return {
    column: raw.name,
    hashes: Float64Array.from(keys, hashText),
    counts: Uint32Array.from(rowsOf.values()),
    nRows: raw.codes.length,
    isNumbering: isNumbering(keys, raw.codes.length),
  };
}

function isNumbering(keys: readonly string[], nRows: number): boolean {
  if (keys.length !== nRows || !keys.every((key) => /^\d{1,15}$/.test(key))) return false;
  const least = keys.reduce((min, key) => Math.min(min, Number(key)), Infinity);
  const most = keys.reduce((max, key) => Math.max(max, Number(key)), -Infinity);
  return least <= 1 && most - least === nRows - 1;
}

/** A sentence where rows of the holdout share a key with rows of train, so that it does not hold other people; null where none does. */
export function tellSharedKeys(train: KeyTally, holdout: KeyTally): string | null {
  if (train.isNumbering && holdout.isNumbering) return null;
  const isOfThings = train.nRows > MAX_ROWS_A_VALUE * train.hashes.length;
  if (isOfThings && !isPersonName(train.column)) return null;
  const known = new Set(train.hashes);
  let n = 0;
  holdout.hashes.forEach((hash, i) => {
    if (known.has(hash)) n += holdout.counts[i] ?? 0;
  });
  if (n === 0) return null;
  const share = ((100 * n) / holdout.nRows).toFixed(1);
  return (
    `${countText(n)} of the ${countText(holdout.nRows)} rows of the holdout (${share} %) have a value of "${train.column}" that ` +
    'train has too. As far as they are of the same patients or stays, the holdout is no control: it lies nearer to train ' +
    'than other people do, so ceilings and scores come out too high and attacks find too little. Split the records so that all ' +
    `rows of one "${train.column}" are in train or all in the holdout, and make the synthetic file again.`
  );
}
