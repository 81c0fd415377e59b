import type { SplitChoice } from './handling';
import type { RawTable } from './raw-column';
import { findCountedKey, gatherGroups, type RowGroups } from './row-groups';
import type { Schema } from './schema';
import { splitRows, type Split } from './split';
import { tallyColumn, type ReadingRules } from './tally';
import { findRaw } from './to-table';

/** Rows cut apart, and who the rows of train are of. */
export interface CutRows extends Split {
  /** Groups of the rows of train, where an identifier says who is who; null where rows are counted. */
  readonly groups: RowGroups | null;
}

/** Cuts the holdout off a table as read. Throws FailureError `schema-invalid` for a key that the table lacks. */
export function cutRows(raw: RawTable, rules: ReadingRules, schema: Schema, choice: SplitChoice): CutRows {
  const group = readKey(raw, rules, choice.groupBy);
  const stratum = readKey(raw, rules, choice.stratifyBy);
  const split = splitRows(raw.nRows, choice, { stratum, group });
  const countedKey = findCountedKey(schema, choice);
  const groups =
    group === null || countedKey === null
      ? null
      : gatherGroups(
          countedKey,
          Int32Array.from(split.train, (row) => group[row] ?? -1),
        );
  return { ...split, groups };
}

/** The values of a column as codes of equal texts, −1 = missing; null without a name. */
export function readKey(raw: RawTable, rules: ReadingRules, name: string | null): Int32Array | null {
  if (name === null) return null;
  const column = findRaw(raw, name);
  const { textOfLevel } = tallyColumn(column, rules);
  return Int32Array.from(column.codes, (code) => textOfLevel[code] ?? -1);
}
