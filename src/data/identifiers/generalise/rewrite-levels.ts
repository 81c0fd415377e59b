import { mapLevels } from '../../map-levels';
import type { RawColumn } from '../../raw-column';

/** A column rewritten, with the rows that changed and those that could not be read. */
export interface Rewritten {
  readonly column: RawColumn;
  readonly nRows: number;
  readonly nUnread: number;
}

/**
 * The column with each text rewritten; null = cannot be read, which leaves the cell empty. Missing values stay as they are
 * written.
 */
export function rewriteLevels(
  raw: RawColumn,
  missingTokens: readonly string[],
  rewrite: (text: string) => string | null,
): Rewritten {
  const missing = new Set(['', ...missingTokens]);
  const write = (level: string): string => {
    const text = level.trim();
    return missing.has(text) ? level : (rewrite(text) ?? '');
  };
  const column = mapLevels(raw, write);
  const isChanged = raw.levels.map((level) => write(level) !== level);
  const isUnread = raw.levels.map((level, i) => isChanged[i] === true && write(level) === '');
  return { column, ...countRows(raw, isChanged, isUnread) };
}

function countRows(
  { codes }: RawColumn,
  isChanged: readonly boolean[],
  isUnread: readonly boolean[],
): Pick<Rewritten, 'nRows' | 'nUnread'> {
  let nRows = 0;
  let nUnread = 0;
  for (const code of codes) {
    if (isChanged[code] === true) nRows++;
    if (isUnread[code] === true) nUnread++;
  }
  return { nRows, nUnread };
}
