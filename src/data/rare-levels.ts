import { countText } from './count-text';
import type { CutRows } from './cut-rows';
import { formatShare } from './format-share';
import type { Handling } from './handling';
import type { RawColumn } from './raw-column';
import { nameCounted } from './row-groups';
import type { Tally } from './tally';

/** Levels of a column as pooling will find them: over train, counted as k counts. */
export interface RareLevels {
  /** Levels below k, of those that train has. */
  readonly nRare: number;
  readonly nKept: number;
  /** Rows of train with such a level, and what k counts of them. */
  readonly nRows: number;
  readonly nCounted: number;
  /** Rows of train with a value. */
  readonly nPresent: number;
}

/** What `k` of the handling will make of a column's levels. */
export function countRareLevels(raw: RawColumn, tally: Tally, cut: CutRows, k: number): RareLevels {
  const { train, groups } = cut;
  const levelOf = (i: number) => tally.textOfLevel[raw.codes[train[i] ?? 0] ?? 0] ?? -1;
  const rows = new Uint32Array(tally.texts.length);
  for (let i = 0; i < train.length; i++) {
    const level = levelOf(i);
    if (level >= 0) rows[level] = (rows[level] ?? 0) + 1;
  }
  const counted = groups === null ? rows : new Uint32Array(rows.length);
  const last = new Int32Array(rows.length).fill(-1);
  for (const i of groups?.order ?? []) {
    const level = levelOf(i);
    const group = groups?.groupOf[i] ?? 0;
    if (level < 0 || last[level] === group) continue;
    last[level] = group;
    counted[level] = (counted[level] ?? 0) + 1;
  }
  const isRare = (level: number) => (rows[level] ?? 0) > 0 && (counted[level] ?? 0) < k;
  const present = [...rows.keys()].filter((level) => (rows[level] ?? 0) > 0);
  const rare = present.filter(isRare);
  const seen = new Set<number>();
  if (groups !== null)
    for (let i = 0; i < train.length; i++) {
      const level = levelOf(i);
      if (level >= 0 && isRare(level)) seen.add(groups.groupOf[i] ?? 0);
    }
  const sum = (levels: readonly number[]) => levels.reduce((n, level) => n + (rows[level] ?? 0), 0);
  return {
    nRare: rare.length,
    nKept: present.length - rare.length,
    nRows: sum(rare),
    nCounted: groups === null ? sum(rare) : seen.size,
    nPresent: sum(present),
  };
}

/** Share of a column's rows from which pooling asks for a decision. */
const MANY_ROWS_POOLED = 0.1;

/** What a person should know of a column's rare levels, in the figures that pooling will put on record. */
export function describeRareLevels(
  { nRare, nKept, nRows, nCounted, nPresent }: RareLevels,
  { k, poolRareLevels }: Pick<Handling, 'k' | 'poolRareLevels'>,
  countedKey: string | null,
): { readonly severity: 'info' | 'warning'; readonly message: string } {
  const levels = nRare === 1 ? '1 level has' : `${countText(nRare)} levels have`;
  const share = formatShare(nRows / nPresent);
  const found = `${levels} fewer than ${k} ${nameCounted(countedKey)} (${share} of the rows with a value)`;
  if (!poolRareLevels)
    return {
      severity: 'warning',
      message: `${found}; they are not pooled, by your choice, and can be learnt.`,
    };
  if (nKept > 1) {
    if (nRows <= MANY_ROWS_POOLED * nPresent)
      return { severity: 'info', message: `${found}; they are pooled.` };
    const message = `${found}; pooled, these rows lose their value. Choose another type, a smaller k, or leave the column out.`;
    return { severity: 'warning', message };
  }
  const fate =
    nKept === 1
      ? 'pooled, they leave one level, which all rows with a value will get'
      : 'pooled, all rows with a value will get one level';
  const ownLevel = nKept === 1 && nCounted >= k ? ', or pool rare levels into one level of their own' : '';
  return { severity: 'warning', message: `${found}; ${fate}. Choose a smaller k${ownLevel}.` };
}
