import type { Profile } from '../../api/ingest';
import { formatItems, formatShare } from '../parts/NumberText';

export interface MissingnessRow {
  readonly mask: readonly number[];
  readonly count: number;
  /** Share of all rows, 0–1. */
  readonly share: number;
  /** The pattern in words. */
  readonly words: string;
}

/** What of a profile the picture is made from. */
export type MissingnessFacts = Pick<Profile, 'missingness' | 'nRows' | 'columns'>;

/** Most columns drawn; those that are missing most often when there are more. */
export const MAX_COLUMNS = 60;
const MAX_NAMES = 4;

export interface MissingnessPicture {
  readonly columns: readonly string[];
  readonly rows: readonly MissingnessRow[];
  /** Columns with missing values that are not drawn. */
  readonly nHidden: number;
}

/** The patterns of missing values as rows of a small matrix, the most frequent first. */
export function layOutMissingness(profile: MissingnessFacts): MissingnessPicture {
  const { columns, patterns } = profile.missingness;
  const partly = partlyMissing(profile);
  const weight = columns.map((_, i) =>
    patterns.reduce((sum, { mask, count }) => sum + (mask[i] ?? 0) * count, 0),
  );
  const kept = [...partly]
    .sort((a, b) => (weight[b] ?? 0) - (weight[a] ?? 0))
    .slice(0, MAX_COLUMNS)
    .sort((a, b) => a - b);
  return {
    columns: kept.map((i) => columns[i] ?? ''),
    rows: patterns.map(({ mask, count }) => ({
      mask: kept.map((i) => mask[i] ?? 0),
      count,
      share: profile.nRows === 0 ? 0 : count / profile.nRows,
      words: describePattern(partly.flatMap((i) => (mask[i] === 1 ? [columns[i] ?? ''] : []))),
    })),
    nHidden: partly.length - kept.length,
  };
}

function describePattern(missing: readonly string[]): string {
  if (missing.length === 0) return 'nothing missing';
  const named = missing.slice(0, MAX_NAMES).join(', ');
  return missing.length > MAX_NAMES ? `${named} and ${missing.length - MAX_NAMES} more` : named;
}

/** The finding as a sentence. Columns without any value are not counted: they would make every row incomplete. */
export function describeMissingness(profile: MissingnessFacts): string {
  const { missingness, nRows } = profile;
  if (missingness.columns.length === 0) return 'No value is missing.';
  const kept = partlyMissing(profile);
  const nEmpty = missingness.columns.length - kept.length;
  const empty = nEmpty === 0 ? '' : ` ${formatItems(nEmpty, 'column has', 'columns have')} no value at all.`;
  if (kept.length === 0) return `No value is missing elsewhere.${empty}`;
  const complete = missingness.patterns.find(({ mask }) => kept.every((i) => mask[i] === 0))?.count;
  const none =
    missingness.nPatterns <= missingness.patterns.length
      ? 'No row is complete'
      : 'Hardly any row is complete';
  const rows =
    complete === undefined
      ? none
      : `${formatShare(complete / Math.max(1, nRows), 0)} of the rows are complete`;
  return `Values are missing in ${formatItems(kept.length, 'column')}, in ${formatItems(missingness.nPatterns, 'pattern')}. ${rows}.${empty}`;
}

/** Places in `missingness.columns` of the columns that have some values and lack others. */
function partlyMissing({ missingness, columns, nRows }: MissingnessFacts): readonly number[] {
  const empty = new Set(columns.filter((column) => column.nMissing >= nRows).map((column) => column.name));
  return missingness.columns.flatMap((name, i) => (empty.has(name) ? [] : [i]));
}
