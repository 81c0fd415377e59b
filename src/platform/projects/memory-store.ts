import { fail, succeed, type Outcome } from '../../data/failure';
import type { PackedValue } from '../../api/packed-value';
import type { ProjectStore } from './store.types';
import type { ProjectRecord, ProjectSummary } from './types';

const NOT_KEPT = 'Projects cannot be kept or exported here: this page is open without its lock.';

/** Projects that live as long as the page: for the sample cohort when the lock is not on, and for development. */
export function createMemoryStore(): ProjectStore {
  const records = new Map<string, ProjectRecord>();
  const parts = new Map<string, Blob | PackedValue>();
  const partKey = (id: string, part: string): string => `${id}\n${part}`;
  const erase = (id: string): void => {
    records.delete(id);
    for (const key of [...parts.keys()]) if (key.startsWith(`${id}\n`)) parts.delete(key);
  };
  return {
    list: () => Promise.resolve(succeed([...records.values()].map(summarise))),
    get: (id) => Promise.resolve(found(records.get(id))),
    put: (record, changes = {}) => {
      records.set(record.id, record);
      for (const [part, value] of Object.entries(changes)) {
        if (value === null) parts.delete(partKey(record.id, part));
        else if (value !== undefined) parts.set(partKey(record.id, part), value);
      }
      return Promise.resolve(succeed(null));
    },
    getPart: (id, part) => Promise.resolve(succeed(parts.get(partKey(id, part)) ?? null)),
    sweep: () => Promise.resolve(succeed({ nParts: 0, nOutputs: 0 })),
    erase: (id) => Promise.resolve(succeed((erase(id), null))),
    eraseEverything: () =>
      Promise.resolve(succeed((records.clear(), parts.clear(), { found: [], left: [] }))),
    claim: () =>
      Promise.resolve(succeed({ release: () => undefined, lost: new Promise<never>(() => undefined) })),
    storage: () =>
      Promise.resolve({ usageBytes: null, quotaBytes: null, persisted: false, warning: NOT_KEPT }),
    persist: () => Promise.resolve(false),
    exportProject: () => Promise.resolve(fail('not-locked', NOT_KEPT)),
    importProject: () => Promise.resolve(fail('not-locked', NOT_KEPT)),
    unlock: () => Promise.resolve(succeed(null)),
    lock: () => Promise.resolve(succeed(null)),
    isUnlocked: () => false,
    protect: () => Promise.resolve(fail('not-locked', NOT_KEPT)),
    unprotect: () => Promise.resolve(fail('not-locked', NOT_KEPT)),
    changePassphrase: () => Promise.resolve(fail('not-locked', NOT_KEPT)),
  };
}

function found(record: ProjectRecord | undefined): Outcome<ProjectRecord> {
  return record === undefined
    ? fail('project-missing', 'This project is no longer in memory.')
    : succeed(record);
}

function summarise(record: ProjectRecord): ProjectSummary {
  return {
    id: record.id,
    name: record.name,
    origin: record.origin,
    fileName: record.source?.name ?? null,
    updatedAt: record.updatedAt,
    step: record.step,
    nRows: record.source?.nRows ?? null,
    nRuns: record.runs.length,
    nBytes: record.source?.nBytes ?? 0,
    sealed: false,
  };
}
