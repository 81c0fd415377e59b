import type { DBSchema, IDBPDatabase, IDBPTransaction, StoreNames } from 'idb';
import { refuse } from '../../data/failure';
import { gatherEdits } from './migrate-edits';
import { beginGovernance } from './migrate-governance';
import { keepPooling } from './migrate-pooling';
import { addTournaments } from './migrate-tournaments';
import { beginRelease } from './migrate-release';
import { beginWishes } from './migrate-wishes';
import type { StoredPart } from './parts';
import { isObject } from './shape';
import { PROJECT_VERSION } from './types';

/** What the database holds. Records may be of any version, so they are unknown until read. */
export interface ProjectsSchema extends DBSchema {
  /** Key: the project's id. */
  projects: { key: string; value: unknown };
  /** Key: project id, part name. */
  parts: { key: [string, string]; value: StoredPart };
}

export type DatabaseStep = (
  database: IDBPDatabase<ProjectsSchema>,
  transaction: IDBPTransaction<ProjectsSchema, StoreNames<ProjectsSchema>[], 'versionchange'>,
) => void;

/** Step i brings a database from version i to version i + 1. Never edited once released; only appended to. */
export const DATABASE_STEPS: readonly DatabaseStep[] = [
  (database) => {
    database.createObjectStore('projects');
    database.createObjectStore('parts');
  },
  // Records and parts may be sealed from here on: a page that knows none of it is to refuse all, and to erase nothing.
  () => undefined,
];

export type OldRecord = Readonly<Record<string, unknown>>;
export type RecordStep = (record: OldRecord) => OldRecord;

/** Step i brings a project record from version i + 1 to version i + 2. Never edited once released; only appended to. */
export const RECORD_STEPS: readonly RecordStep[] = [
  gatherEdits,
  keepPooling,
  addTournaments,
  beginWishes,
  beginGovernance,
  beginRelease,
];

/**
 * A record brought to the present version; its fields are not checked yet.
 * Throws `project-newer` for one written by a later version, `project-corrupt` for one without a version.
 */
export function migrateRecord(
  raw: unknown,
  steps: readonly RecordStep[] = RECORD_STEPS,
  present: number = PROJECT_VERSION,
): OldRecord {
  const version = versionOf(raw);
  if (!isObject(raw) || version === null)
    return refuse('project-corrupt', 'This project is damaged: it does not say which version wrote it.');
  checkNotNewer(raw, present);
  return steps
    .slice(version - 1, present - 1)
    .reduce<OldRecord>((record, step, index) => ({ ...step(record), version: version + index + 1 }), raw);
}

/** Throws `project-newer` for a record of a later version; anything else passes. */
export function checkNotNewer(raw: unknown, present: number = PROJECT_VERSION): void {
  const version = versionOf(raw) ?? 0;
  if (version > present)
    refuse('project-newer', NEWER, `project version ${version}, this page reads ${present}`);
}

/** The version a record claims; null when it claims none. */
function versionOf(raw: unknown): number | null {
  const version = isObject(raw) ? raw['version'] : null;
  return Number.isSafeInteger(version) && Number(version) >= 1 ? Number(version) : null;
}

const NEWER =
  'This project was written by a newer version of Understudy. Reload the page to get that version; the project was ' +
  'not changed.';
