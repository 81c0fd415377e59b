import { refuse } from '../../../src/data/failure';
import type { Reasoned } from '../../../src/data/dialect';
import { listNames } from '../name-list';
import type { ZipEntry } from './read-directory';

/** What the files of an archive are, by their names. */
export type ArchiveKind = 'tables' | 'workbook' | 'open-document' | 'office-document';

/** Tells an archive of tables from the office formats that are zip archives themselves. */
export function tellArchive(entries: readonly ZipEntry[]): ArchiveKind {
  const has = (path: string) => entries.some((entry) => entry.path === path);
  if (has('[Content_Types].xml')) {
    const isWorkbook = entries.some(
      ({ path }) => /(?:^|\/)xl\//i.test(path) || /(?:^|\/)workbook\.xml$/i.test(path),
    );
    return isWorkbook ? 'workbook' : 'office-document';
  }
  return entries[0]?.path === 'mimetype' && has('content.xml') ? 'open-document' : 'tables';
}

const TABLE = /\.(?:csv|tsv|tab|psv|json|jsonl|ndjson|geojson|parquet|pq|xlsx)$/i;
const MAYBE_TABLE = /\.(?:txt|dat|asc|log)$|(?:^|\/)[^./]+$/i;
const ARCHIVE = /\.(?:zip|gz|tgz|bz2|xz|7z|rar|tar|zst)$/i;

export interface PickedEntry {
  readonly entry: ZipEntry;
  readonly part: Reasoned<string | null>;
  readonly parts: readonly string[];
}

/**
 * The file of an archive to read: the one chosen, else the first whose name says table. Folders, hidden files and what
 * macOS adds are no files. Throws FailureError when there is none, or the chosen one is not there.
 */
export function pickEntry(entries: readonly ZipEntry[], chosen: string | undefined): PickedEntry {
  const files = entries.filter(({ path }) => !isByTheWay(path));
  const named = files.filter(({ path }) => TABLE.test(path));
  const likely = files.filter(({ path }) => TABLE.test(path) || MAYBE_TABLE.test(path));
  const candidates = [likely, files].find((list) => list.length > 0) ?? [];
  const parts = candidates.map(({ path }) => path);
  const first = named[0] ?? candidates[0];
  if (first === undefined)
    return refuse('file-empty', 'The zip archive holds no file; choose one with a table in it.');
  if (ARCHIVE.test(first.path)) {
    return refuse(
      'format-unknown',
      `The zip archive holds an archive, "${first.path}"; unpack the outer one and open what is inside.`,
    );
  }
  if (chosen === undefined) return { entry: first, part: describe(first.path, parts), parts };
  const entry = candidates.find(({ path }) => path === chosen);
  if (entry === undefined)
    return refuse('option-invalid', `The zip archive has no table "${chosen}"; it has ${listNames(parts)}.`);
  return { entry, part: { value: chosen, reason: 'Chosen by you.' }, parts };
}

function isByTheWay(path: string): boolean {
  return path.endsWith('/') || /(?:^|\/)(?:__MACOSX\/|\.|Thumbs\.db$|desktop\.ini$)/i.test(path);
}

function describe(path: string, parts: readonly string[]): Reasoned<string | null> {
  const reason =
    parts.length === 1
      ? 'The only table of the archive.'
      : `The first of ${parts.length} tables of the archive.`;
  return { value: path, reason };
}
