import type { PackedValue } from '../../api/packed-value';
import type { Claims } from './claims';
import type { Connection, ProjectsTransaction } from './database';
import { eraseScope } from './erase';
import type { EraseReport } from './erase';
import { refuse } from '../../data/failure';
import { checkNotNewer } from './migrations';
import { checkPartName, partSize, unwrapPart, wrapPart } from './parts';
import type { PlainPart, StoredPart } from './parts';
import { readRecord, summarise } from './record';
import type { OpenedEnvelope } from './sealed/envelope';
import { checkSameProtection, keyFor } from './sealed/keyring';
import type { Keyring } from './sealed/keyring';
import { isSealed, openRecord, sealRecord } from './sealed/sealed-record';
import { openPart, sealPart } from './sealed/sealed-part';
import type { Turns } from './turns';
import type { PartChanges, PartName, ProjectRecord, ProjectSummary } from './types';

/** Where the operations of a store work: one scope, one connection, the claims of this page. */
export interface Ground {
  readonly scope: string;
  readonly connection: Connection;
  readonly claims: Claims;
  /** Keys of what was unlocked here. */
  readonly keys: Keyring;
  /** Everything that writes a project: its protection must not change between the reading of the key and the write. */
  readonly turns: Turns;
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

/** Throws `passphrase-needed` for a protected project that was not unlocked here. */
export async function getProject({ connection, keys }: Ground, id: string): Promise<ProjectRecord> {
  const raw = await connection.transact('readonly', (transaction) =>
    transaction.objectStore('projects').get(id),
  );
  return openStored(keys, id, raw);
}

/** The record that is stored, opened, checked and migrated. Throws `project-missing` for none. */
export async function openStored(keys: Keyring, id: string, raw: unknown): Promise<ProjectRecord> {
  if (raw === undefined) return refuse('project-missing', MISSING);
  const opened = keyFor(keys, id, raw);
  if (opened === null || !isSealed(raw)) return readRecord(raw);
  const inside = await openRecord(opened.key, id, raw);
  return readRecord(inside);
}

/**
 * Writes record and parts in one transaction. Refuses to replace what a later version wrote, and to bring back a
 * project that was erased while this page had it open.
 */
export function putProject(ground: Ground, record: ProjectRecord, parts: PartChanges = {}): Promise<null> {
  return ground.turns.take(() => putNow(ground, record, parts));
}

async function putNow(
  { connection, claims, keys }: Ground,
  record: ProjectRecord,
  parts: PartChanges,
): Promise<null> {
  const { id } = record;
  const opened = keys.get(id) ?? null;
  const changes = await listChanges(opened, id, parts);
  const stored = opened === null ? record : await sealRecord(opened, record);
  return connection.transact('readwrite', async (transaction) => {
    claims.checkWritable(id);
    const projects = transaction.objectStore('projects');
    const present: unknown = await projects.get(id);
    if (present === undefined && claims.holds(id)) refuse('project-missing', MISSING);
    checkNotNewer(present);
    if (present !== undefined) checkSameProtection(present, opened);
    // A record is long: it is read in one task of the page's thread and written in another, which a question opens.
    await projects.getKey(id);
    const store = transaction.objectStore('parts');
    await Promise.all([
      ...changes.map(([name, part]) =>
        part === null ? store.delete([id, name]) : store.put(part, [id, name]),
      ),
      projects.put(stored, id),
    ]);
    return null;
  });
}

async function listChanges(
  opened: OpenedEnvelope | null,
  id: string,
  parts: PartChanges,
): Promise<readonly (readonly [PartName, StoredPart | null])[]> {
  const changes: (readonly [PartName, StoredPart | null])[] = [];
  for (const [name, value] of Object.entries(parts)) {
    checkPartName(name);
    if (value === undefined) continue;
    const plain = value === null ? null : wrapPart(value);
    changes.push([name, plain && opened ? await sealPart(opened.key, id, name, plain) : plain]);
  }
  return changes;
}

export async function getPart(
  { connection, keys }: Ground,
  id: string,
  name: PartName,
): Promise<Blob | PackedValue | null> {
  checkPartName(name);
  const [part, raw] = await connection.transact('readonly', async (transaction) => [
    await transaction.objectStore('parts').get([id, name]),
    await transaction.objectStore('projects').get(id),
  ]);
  if (part === undefined) return null;
  return unwrapPart(await openStoredPart(keyFor(keys, id, raw), id, name, part));
}

/**
 * A part as it was given. Throws `project-altered` for one in clear in a protected project: it is not from this program.
 */
export async function openStoredPart(
  opened: OpenedEnvelope | null,
  id: string,
  name: PartName,
  part: StoredPart,
): Promise<PlainPart> {
  if (part.kind === 'sealed')
    return opened === null
      ? refuse('project-altered', STRAY, 'sealed part of a plain project')
      : openPart(opened.key, id, name, part);
  return opened === null ? part : refuse('project-altered', STRAY, 'plain part of a sealed project');
}

/** Takes the project from every tab first, so that none can save it again, and looks afterwards whether it is gone. */
export async function eraseProject({ connection, claims, keys }: Ground, id: string): Promise<null> {
  keys.delete(id);
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
export function partsOf(id: string): IDBKeyRange {
  return IDBKeyRange.bound([id], [id, []]);
}

export async function eraseEverything({ scope, connection, claims, keys }: Ground): Promise<EraseReport> {
  keys.clear();
  for (const id of await claims.listHeld()) await claims.retire(id, () => Promise.resolve());
  connection.close();
  return eraseScope(scope);
}

const STRAY =
  'A stored part of this project is not as this project was protected, so it is not used: something else has written to this browser’s storage. Open the project from a project file, or make the part anew.';
export const MISSING =
  'This project is no longer on this device: it was erased, or the browser cleared its storage. If you saved a project ' +
  'file, open that.';
