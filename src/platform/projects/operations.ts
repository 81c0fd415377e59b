import type { PackedValue } from '../../api/packed-value';
import type { Claims } from './claims';
import type { Connection, ProjectsTransaction } from './database';
import { eraseScope } from './erase';
import { refuse } from '../../data/failure';
import { writeProjectFile } from './file/export';
import { readProjectFile } from './file/import';
import { checkNotNewer } from './migrations';
import { checkPartName, partSize, unwrapPart, wrapPart } from './parts';
import type { StoredPart } from './parts';
import { readRecord, summarise } from './record';
import type { PartChanges, PartName, ProjectRecord, ProjectSummary } from './types';

/** Where the operations of a store work: one scope, one connection, the claims of this page. */
export interface Ground {
  readonly scope: string;
  readonly connection: Connection;
  readonly claims: Claims;
}

/** Newest first. */
export async function listProjects({ connection }: Ground): Promise<readonly ProjectSummary[]> {
  return connection.transact('readonly', async (transaction) => {
    const projects = transaction.objectStore('projects');
    const [ids, records] = await Promise.all([projects.getAllKeys(), projects.getAll()]);
    const sizes = await sumSizes(transaction);
    return ids
      .map((id, index) => summarise(id, records[index], sizes.get(id) ?? 0))
      .sort((a, b) => b.updatedAt - a.updatedAt);
  });
}

async function sumSizes(transaction: ProjectsTransaction<'readonly'>): Promise<ReadonlyMap<string, number>> {
  const parts = transaction.objectStore('parts');
  const [keys, values] = await Promise.all([parts.getAllKeys(), parts.getAll()]);
  const sizes = new Map<string, number>();
  values.forEach((part, index) => {
    const id = keys[index]?.[0] ?? '';
    sizes.set(id, (sizes.get(id) ?? 0) + partSize(part));
  });
  return sizes;
}

export async function getProject({ connection }: Ground, id: string): Promise<ProjectRecord> {
  const raw = await connection.transact('readonly', (transaction) =>
    transaction.objectStore('projects').get(id),
  );
  return raw === undefined ? refuse('project-missing', MISSING) : readRecord(raw);
}

/**
 * Writes record and parts in one transaction. Refuses to replace what a later version wrote, and to bring back a
 * project that was erased while this page had it open.
 */
export async function putProject(
  { connection, claims }: Ground,
  record: ProjectRecord,
  parts: PartChanges = {},
): Promise<null> {
  const { id } = record;
  claims.checkWritable(id);
  const changes = listChanges(parts);
  return connection.transact('readwrite', async (transaction) => {
    const projects = transaction.objectStore('projects');
    const present: unknown = await projects.get(id);
    if (present === undefined && claims.holds(id)) refuse('project-missing', MISSING);
    checkNotNewer(present);
    const store = transaction.objectStore('parts');
    await Promise.all([
      ...changes.map(([name, part]) =>
        part === null ? store.delete([id, name]) : store.put(part, [id, name]),
      ),
      projects.put(record, id),
    ]);
    return null;
  });
}

function listChanges(parts: PartChanges): readonly (readonly [PartName, StoredPart | null])[] {
  return Object.entries(parts).flatMap(([name, value]): (readonly [PartName, StoredPart | null])[] => {
    checkPartName(name);
    return value === undefined ? [] : [[name, value === null ? null : wrapPart(value)]];
  });
}

export async function getPart(
  { connection }: Ground,
  id: string,
  name: PartName,
): Promise<Blob | PackedValue | null> {
  checkPartName(name);
  const part = await connection.transact('readonly', (transaction) =>
    transaction.objectStore('parts').get([id, name]),
  );
  return part === undefined ? null : unwrapPart(part);
}

/** Takes the project from every tab first, so that none can save it again, and looks afterwards whether it is gone. */
export async function eraseProject({ connection, claims }: Ground, id: string): Promise<null> {
  await claims.retire(id, () =>
    connection.transact('readwrite', async (transaction) => {
      await transaction.objectStore('projects').delete(id);
      await transaction.objectStore('parts').delete(partsOf(id));
    }),
  );
  const nLeft = await connection.transact('readonly', async (transaction) => {
    const record = await transaction.objectStore('projects').getKey(id);
    return (record === undefined ? 0 : 1) + (await transaction.objectStore('parts').count(partsOf(id)));
  });
  if (nLeft > 0)
    refuse(
      'storage-unavailable',
      'The browser did not erase this project completely. Close other tabs of this page and try again.',
    );
  return null;
}

/** Keys of all parts of a project: in IndexedDB's order a list comes after every text. */
function partsOf(id: string): IDBKeyRange {
  return IDBKeyRange.bound([id], [id, []]);
}

export async function eraseEverything({
  scope,
  connection,
  claims,
}: Ground): Promise<{ left: readonly string[] }> {
  for (const id of await claims.listHeld()) await claims.retire(id, () => Promise.resolve());
  connection.close();
  return { left: await eraseScope(scope) };
}

export async function exportProject({ connection }: Ground, id: string, withSource: boolean): Promise<Blob> {
  const [raw, parts] = await connection.transact('readonly', async (transaction) => {
    const store = transaction.objectStore('parts');
    const [keys, values] = await Promise.all([store.getAllKeys(partsOf(id)), store.getAll(partsOf(id))]);
    const named = keys.flatMap(([, name], index): [PartName, StoredPart][] => {
      const part = values[index];
      return part === undefined ? [] : [[name as PartName, part]];
    });
    return [await transaction.objectStore('projects').get(id), new Map(named)] as const;
  });
  if (raw === undefined) return refuse('project-missing', MISSING);
  return writeProjectFile(readRecord(raw), parts, withSource);
}

/** Everything is read and checked before anything is written; then record and parts are added together. */
export async function importProject(
  { connection, claims }: Ground,
  file: Blob,
  id: string,
  now: number,
): Promise<ProjectRecord> {
  claims.checkWritable(id);
  const { record, parts } = await readProjectFile(file, id, now).catch(refuseUnreadable);
  return connection.transact('readwrite', async (transaction) => {
    const projects = transaction.objectStore('projects');
    if ((await projects.getKey(id)) !== undefined)
      refuse(
        'internal',
        'There is already a project under this identity; the file was not opened. Please try again.',
      );
    await projects.add(record, id);
    for (const [name, part] of parts) await transaction.objectStore('parts').put(part, [id, name]);
    return record;
  });
}

/** Here the file that cannot be read is the one just chosen, not one of ours. */
function refuseUnreadable(error: unknown): never {
  if (!(error instanceof DOMException)) throw error;
  return refuse(
    'file-unreadable',
    'This file could not be read to its end. It may have been moved or changed since it was chosen; choose it again.',
    `${error.name}: ${error.message}`,
  );
}

const MISSING =
  'This project is no longer on this device: it was erased, or the browser cleared its storage. If you saved a project ' +
  'file, open that.';
