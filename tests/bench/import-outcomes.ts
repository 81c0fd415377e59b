import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, normalize } from 'node:path';
import type { IngestService, OpenedSource, ReadNotice } from '../../src/api/ingest';
import { toFailure, type Outcome } from '../../src/data/failure';
import { createIngestService } from '../../workers/ingest-service';

/** What became of one file: a table, or a failure with its sentence. */
export interface ImportOutcome {
  /** Path below the folder of fixtures. */
  readonly file: string;
  readonly nBytes: number;
  readonly ms: number;
  readonly opened: Outcome<OpenedSource>;
  /** Set when `open` threw instead of answering: always a defect of the program. */
  readonly crash: string | null;
  /** The service that holds the table; null after a failure. */
  readonly service: IngestService | null;
}

/** Folder of the fixtures that these outcomes are about; not part of the repository. */
export const fixtures = normalize(join(import.meta.dirname, '../../../shared/fixtures'));

export const importFolders = ['csv_spectrum/csvs', 'duckdb_csv', 'parquet_testing'] as const;
export type ImportFolder = (typeof importFolders)[number];

const NO_TABLE = /(?:^|\/)(?:SOURCE\.md|README\.md|LICENSE\.txt|[^/]*\.md)$/;

/** Paths of a folder's files in byte order, notes about them left out; empty where the fixtures are absent. */
export function listImportFiles(folder: ImportFolder): readonly string[] {
  const root = join(fixtures, folder);
  if (!existsSync(root)) return [];
  return listBelow(root, '')
    .filter((path) => !NO_TABLE.test(path))
    .sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
    .map((path) => `${folder}/${path}`);
}

function listBelow(root: string, below: string): string[] {
  return readdirSync(join(root, below), { withFileTypes: true }).flatMap((entry) => {
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    return entry.isDirectory() ? listBelow(root, path) : [path];
  });
}

/** Opens one file as the page would, every guess left to the program. */
export async function importFile(file: string): Promise<ImportOutcome> {
  const bytes = readFileSync(join(fixtures, file));
  const service = createIngestService();
  const startedMs = performance.now();
  const done = (opened: Outcome<OpenedSource>, crash: string | null): ImportOutcome => ({
    file,
    nBytes: bytes.length,
    ms: performance.now() - startedMs,
    opened,
    crash,
    service: opened.ok ? service : null,
  });
  try {
    return done(await service.open(new Blob([bytes]), {}, () => undefined), null);
  } catch (thrown) {
    const crash = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
    return done({ ok: false, failure: toFailure(thrown) }, crash);
  }
}

/** `rows × columns`, or the failure's code and sentence. */
export function describeOutcome({ opened, crash }: ImportOutcome): string {
  if (crash !== null) return `CRASH ${crash}`;
  if (opened.ok) return `${opened.value.nRows} × ${opened.value.headers.length}`;
  const { code, message, detail } = opened.failure;
  return `${code}: ${message}${detail === undefined ? '' : ` [${detail}]`}`;
}

/** Kinds of notices with their counts, `ragged 3, blank-lines 1`. */
export function describeNotices(notices: readonly ReadNotice[]): string {
  return notices.map(({ kind, count }) => `${kind} ${count}`).join(', ');
}

/** True when a file ended neither in a table nor in a failure with a cause that lies outside the program. */
export function isDefect({ opened, crash }: ImportOutcome): boolean {
  return crash !== null || (!opened.ok && opened.failure.code === 'internal');
}
