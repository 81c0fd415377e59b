import { refuse } from '../../data/failure';
import { MISSING, openStored, openStoredPart } from './operations';
import type { Ground } from './operations';
import type { PlainPart } from './parts';
import { changeEnvelope, makeEnvelope, openEnvelope } from './sealed/envelope';
import type { OpenedEnvelope } from './sealed/envelope';
import { checkSameProtection, keyFor } from './sealed/keyring';
import { isSealed, openRecord, sealRecord } from './sealed/sealed-record';
import type { SealedRecord } from './sealed/sealed-record';
import { sealPart } from './sealed/sealed-part';
import type { PartName, ProjectRecord } from './types';
import { readWhole, replaceWhole } from './whole';
import type { StoredProject } from './whole';

/** A project in clear, as it is read and written. */
export interface PlainProject {
  readonly record: ProjectRecord;
  readonly parts: ReadonlyMap<PartName, PlainPart>;
}

/**
 * Lets this page read a protected project. Throws `passphrase-wrong`, or `project-altered` where no passphrase can open
 * what is stored. A project that is not protected is as open afterwards as before.
 */
export async function unlockProject(ground: Ground, id: string, passphrase: string): Promise<null> {
  const raw = await readSealed(ground, id);
  if (raw === null) return null;
  const opened = await openEnvelope(raw.envelope, passphrase, 'project');
  await openRecord(opened.key, id, raw);
  ground.keys.set(id, opened);
  return null;
}

/** Forgets the key; what was being written is written first. */
export function lockProject({ keys, turns }: Ground, id: string): Promise<null> {
  return turns.take(() => Promise.resolve((keys.delete(id), null)));
}

/** Puts all of a project under a passphrase. */
export function protectProject(ground: Ground, id: string, passphrase: string): Promise<null> {
  return ground.turns.take(async () => {
    ground.claims.checkWritable(id);
    const { stored, plain } = await readPlain(ground, id);
    if (isSealed(stored.raw)) refuse('option-invalid', 'This project is protected already.');
    const opened = await makeEnvelope(passphrase);
    await replaceWhole(ground.connection, id, stored, await sealProject(opened, plain));
    ground.keys.set(id, opened);
    return null;
  });
}

/** Takes the passphrase away: the project is stored in clear again. */
export function unprotectProject(ground: Ground, id: string): Promise<null> {
  return ground.turns.take(async () => {
    ground.claims.checkWritable(id);
    const { stored, plain } = await readPlain(ground, id);
    await replaceWhole(ground.connection, id, stored, { raw: plain.record, parts: plain.parts });
    ground.keys.delete(id);
    return null;
  });
}

/** Puts the key of a project under another passphrase. Throws `passphrase-wrong` when `before` is not the present one. */
export function changePassphrase(ground: Ground, id: string, before: string, after: string): Promise<null> {
  return ground.turns.take(async () => {
    const raw = await readSealed(ground, id);
    if (raw === null) return refuse('option-invalid', 'This project has no passphrase yet.');
    const opened = await changeEnvelope(raw.envelope, before, after);
    await ground.connection.transact('readwrite', async (transaction) => {
      ground.claims.checkWritable(id);
      const projects = transaction.objectStore('projects');
      const present: unknown = await projects.get(id);
      checkSameProtection(present, { key: opened.key, envelope: raw.envelope });
      const next: SealedRecord = { ...(present as SealedRecord), envelope: opened.envelope };
      await projects.put(next, id);
    });
    ground.keys.set(id, opened);
    return null;
  });
}

/** A project as the database is to hold it under that key. */
export async function sealProject(
  opened: OpenedEnvelope,
  { record, parts }: PlainProject,
): Promise<StoredProject> {
  const sealed = new Map<PartName, Awaited<ReturnType<typeof sealPart>>>();
  for (const [name, part] of parts) sealed.set(name, await sealPart(opened.key, record.id, name, part));
  return { raw: await sealRecord(opened, record), parts: sealed };
}

/**
 * What is stored of a project and what it says.
 *
 * @param choose names of the parts to open, for a record; all where it is left out
 */
export async function readPlain(
  { connection, keys }: Ground,
  id: string,
  choose?: (record: ProjectRecord, names: readonly PartName[]) => readonly PartName[],
): Promise<{ stored: StoredProject; plain: PlainProject }> {
  const stored = await readWhole(connection, id);
  const record = await openStored(keys, id, stored.raw);
  const opened = keyFor(keys, id, stored.raw);
  const all = [...stored.parts.keys()];
  const names = choose === undefined ? all : choose(record, all);
  const parts = new Map<PartName, PlainPart>();
  for (const [name, part] of stored.parts)
    if (names.includes(name)) parts.set(name, await openStoredPart(opened, id, name, part));
  return { stored, plain: { record, parts } };
}

/** The stored record of a protected project, null for a plain one. */
async function readSealed({ connection }: Ground, id: string): Promise<SealedRecord | null> {
  const raw: unknown = await connection.transact('readonly', (transaction) =>
    transaction.objectStore('projects').get(id),
  );
  if (raw === undefined) return refuse('project-missing', MISSING);
  return isSealed(raw) ? raw : null;
}
