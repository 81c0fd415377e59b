import type { ColumnSchema } from '../../data/schema';
import type { Column } from '../../data/table';
import { groupCodes, packGroups, type CodeGroups } from '../trees/code-groups';
import { describeCodes } from '../trees/describe-codes';
import { codeNumber, fitCodes, type CodeFloors } from '../trees/fit-codes';
import { countCodes, MISSING, type ValueCodes } from '../trees/value-codes';

/**
 * What a net tells apart in a column: class 0 = missing, then groups of neighbouring codes of a number, or levels, of which
 * the rarest share a class. Plain data; it holds nothing of fewer rows than the floors of its codes.
 */
export interface ColumnClasses {
  readonly codes: ValueCodes;
  readonly groups: CodeGroups;
  /** Rows of train of each class. */
  readonly counts: Float64Array;
}

/** Levels that have a class of their own; of the others, which one is drawn by their rows in train. */
const MAX_LEVELS = 400;
/** Where few rows make up much of a number's variance they have classes of their own, of as many rows as an order needs. */
const TAIL = { rows: 30, share: 0.05 };

/** Fits the classes of a column; answers them with the class of each row, the number of classes = not learnt. */
export function fitClasses(
  column: Column,
  schema: ColumnSchema,
  floors: CodeFloors,
  nGroups: number,
): { readonly classes: ColumnClasses; readonly classed: Uint16Array } {
  const { codes, coded } = fitCodes(column, schema, floors);
  const nCodes = countCodes(codes);
  const groups =
    column.kind === 'number'
      ? groupNumbers(coded, column.values, nCodes, nGroups)
      : groupLevels(coded, nCodes);
  const classed = classifyCodes(groups, coded);
  const counts = new Float64Array(groups.nGroups);
  for (const group of classed) if (group < groups.nGroups) counts[group] = (counts[group] ?? 0) + 1;
  return { classes: { codes, groups, counts }, classed };
}

function groupNumbers(coded: Int32Array, values: Float64Array, nCodes: number, nGroups: number): CodeGroups {
  const { counts, means } = describeCodes(coded, values, nCodes);
  return groupCodes(counts, means, nGroups, TAIL);
}

function groupLevels(coded: Int32Array, nCodes: number): CodeGroups {
  const counts = new Float64Array(nCodes);
  for (const code of coded) if (code >= 0) counts[code] = (counts[code] ?? 0) + 1;
  const present = [...counts.keys()].slice(1);
  const byRows = [...present].sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0) || a - b);
  const own = new Set(byRows.slice(0, MAX_LEVELS));
  const rest = present.filter((code) => !own.has(code));
  const groups = [[MISSING], ...present.filter((code) => own.has(code)).map((code) => [code])];
  return packGroups(rest.length > 0 ? [...groups, rest] : groups, counts);
}

/** Code of each row of a column of any table; −1 = a level that is not learnt. Throws TypeError for a column of another kind. */
export function codeColumn({ codes }: ColumnClasses, column: Column): Int32Array {
  if (codes.kind === 'number' && column.kind === 'number')
    return Int32Array.from(column.values, (value) => codeNumber(codes, value));
  if (codes.kind === 'level' && column.kind === 'level') {
    const codeOf = new Map(Array.from(codes.kept, (level, i) => [codes.levels[level] ?? '', i + 1]));
    const own = column.levels.map((level) => codeOf.get(level) ?? -1);
    return column.codes.map((code) => (code < 0 ? MISSING : (own[code] ?? -1)));
  }
  throw new TypeError(`column "${column.name}" is of another kind than in train`);
}

/** Class of each code; the number of classes for −1. */
export function classifyCodes({ groupOf, nGroups }: CodeGroups, coded: Int32Array): Uint16Array {
  return Uint16Array.from(coded, (code) => (code < 0 ? nGroups : (groupOf[code] ?? nGroups)));
}
