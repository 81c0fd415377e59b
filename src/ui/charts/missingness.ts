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

/** Most columns drawn; the ones with most patterns missing come first when there are more. */
export const MAX_COLUMNS = 60;
const MAX_NAMES = 4;

export interface MissingnessPicture {
  readonly columns: readonly string[];
  readonly rows: readonly MissingnessRow[];
  /** Columns with missing values that are not drawn. */
  readonly nHidden: number;
}

/** The patterns of missing values as rows of a small matrix, the most frequent first. */
export function layOutMissingness(profile: Pick<Profile, 'missingness' | 'nRows'>): MissingnessPicture {
  const { columns, patterns } = profile.missingness;
  const weight = columns.map((_, i) =>
    patterns.reduce((sum, { mask, count }) => sum + (mask[i] ?? 0) * count, 0),
  );
  const kept = columns
    .map((_, i) => i)
    .sort((a, b) => (weight[b] ?? 0) - (weight[a] ?? 0))
    .slice(0, MAX_COLUMNS)
    .sort((a, b) => a - b);
  return {
    columns: kept.map((i) => columns[i] ?? ''),
    rows: patterns.map(({ mask, count }) => ({
      mask: kept.map((i) => mask[i] ?? 0),
      count,
      share: profile.nRows === 0 ? 0 : count / profile.nRows,
      words: describePattern(columns.filter((_, i) => mask[i] === 1)),
    })),
    nHidden: columns.length - kept.length,
  };
}

function describePattern(missing: readonly string[]): string {
  if (missing.length === 0) return 'nothing missing';
  const named = missing.slice(0, MAX_NAMES).join(', ');
  return missing.length > MAX_NAMES ? `${named} and ${missing.length - MAX_NAMES} more` : named;
}

/** The finding as a sentence. */
export function describeMissingness({ missingness, nRows }: Pick<Profile, 'missingness' | 'nRows'>): string {
  const { columns, patterns, nPatterns } = missingness;
  if (columns.length === 0) return 'No value is missing.';
  const complete = patterns.find(({ mask }) => mask.every((bit) => bit === 0))?.count;
  const share = complete === undefined ? null : formatShare(complete / Math.max(1, nRows), 0);
  const rows = share === null ? 'Few rows, if any, are complete' : `${share} of the rows are complete`;
  return `Values are missing in ${formatItems(columns.length, 'column')}, in ${formatItems(nPatterns, 'pattern')}. ${rows}.`;
}
