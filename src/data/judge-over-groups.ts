import { FEW_VALUES, inferType } from './infer-type';
import type { RawColumn } from './raw-column';
import { tallyColumn, type ReadingRules, type Tally } from './tally';
import type { TypeGuess } from './type-guess';

/** A column whose values say which rows belong together. */
export interface GroupKey {
  readonly name: string;
  readonly raw: RawColumn;
  readonly tally: Tally;
}

/** Groups with a value below which nothing is said of them. */
const FEWEST_GROUPS = 20;
/** Mean rows a group from which the column's values are judged over groups. */
const LEAST_REPEATS = 1.5;
/** Share of rows that must have the value of their group's first row. */
const CONSTANT_SHARE = 0.95;
/** Share of groups with a value of their own from which a column looks like one entry a group. */
const MOSTLY_DISTINCT = 0.5;

/** True when values of an identifier gather enough rows in enough groups to judge other columns by. */
export function isGroupKey(tally: Tally): boolean {
  const nGroups = tally.texts.length;
  return nGroups >= FEWEST_GROUPS && tally.nPresent >= LEAST_REPEATS * nGroups;
}

/**
 * What a column of words or codes is by one value a group: identifier or text where it is (nearly) the same in all rows
 * of a group and most groups have a value of their own, by the rules that hold for rows; else null. Patients with eight
 * rows each have only one e-mail address in eight rows.
 */
export function judgeOverGroups(
  raw: RawColumn,
  tally: Tally,
  key: GroupKey,
  options: ReadingRules & { readonly dayFirst: boolean },
): TypeGuess | null {
  if (tally.texts.length < FEWEST_GROUPS) return null;
  const codes = takeGroupValues(raw, tally, key);
  if (codes === null) return null;
  const reduced = { name: raw.name, codes, levels: raw.levels };
  const ofGroups = dropUnused(tallyColumn(reduced, options));
  const { length: nDistinct } = ofGroups.texts;
  if (ofGroups.nPresent < FEWEST_GROUPS || nDistinct < MOSTLY_DISTINCT * ofGroups.nPresent) return null;
  const few = Math.min(FEW_VALUES, FEWEST_GROUPS - 1, Math.floor(MOSTLY_DISTINCT * ofGroups.nPresent) - 1);
  const { type } = inferType({
    raw: reduced,
    tally: ofGroups,
    rules: options,
    dayFirst: options.dayFirst,
    few,
  });
  if (type !== 'identifier' && type !== 'text') return null;
  const reason = `Most values of "${key.name}" have a value of their own here, the same in all or nearly all of their rows.`;
  return { type, reason, format: null };
}

/** The raw code of each group's first row with a value; null when rows of a group differ too often. */
function takeGroupValues(raw: RawColumn, tally: Tally, key: GroupKey): Uint32Array<ArrayBuffer> | null {
  const codes = new Uint32Array(key.tally.texts.length);
  const isSet = new Uint8Array(codes.length);
  let nRows = 0;
  let nSame = 0;
  for (let row = 0; row < raw.codes.length; row++) {
    const code = raw.codes[row] ?? 0;
    const group = key.tally.textOfLevel[key.raw.codes[row] ?? 0] ?? -1;
    const text = tally.textOfLevel[code] ?? -1;
    if (group < 0 || text < 0) continue;
    nRows++;
    if (isSet[group] === 0) [isSet[group], codes[group]] = [1, code];
    if (tally.textOfLevel[codes[group] ?? 0] === text) nSame++;
  }
  return nRows === 0 || nSame < CONSTANT_SHARE * nRows
    ? null
    : codes.filter((_, group) => isSet[group] === 1);
}

/** The tally without texts that no group has. */
function dropUnused(tally: Tally): Tally {
  const isUsed = [...tally.counts].map((count) => count > 0);
  return {
    ...tally,
    texts: tally.texts.filter((_, i) => isUsed[i] === true),
    counts: tally.counts.filter((count) => count > 0),
    textOfLevel: new Int32Array(0),
  };
}
