import { refuse } from '../../data/failure';
import { choosePartNames, writeProjectFile } from './file/export';
import { readProjectFile } from './file/import';
import { sealFile } from './file/sealed-file';
import type { Ground } from './operations';
import { readPlain, sealProject } from './protection';
import { makeEnvelope } from './sealed/envelope';
import type { ExportOptions, ImportOptions } from './store.types';
import type { ProjectRecord } from './types';

/** A project as one file, under a passphrase where one is given. */
export async function exportProject(
  ground: Ground,
  id: string,
  { withSource, passphrase = null }: ExportOptions,
): Promise<Blob> {
  const { plain } = await readPlain(ground, id, (record, names) =>
    choosePartNames(record, names, withSource),
  );
  const file = await writeProjectFile(plain.record, plain.parts, withSource);
  return passphrase === null ? file : sealFile(file, passphrase);
}

/**
 * Everything is read and checked before anything is written; then record and parts are added together. What was in a
 * file under a passphrase is kept under the same passphrase here, and unlocked.
 */
export async function importProject(
  { connection, claims, keys }: Ground,
  file: Blob,
  { id, now, passphrase = null }: ImportOptions,
): Promise<ProjectRecord> {
  claims.checkWritable(id);
  const read = await readProjectFile(file, id, now, { passphrase }).catch(refuseUnreadable);
  const opened = read.wasSealed && passphrase !== null ? await makeEnvelope(passphrase) : null;
  const { raw, parts } =
    opened === null ? { raw: read.record, parts: read.parts } : await sealProject(opened, read);
  await connection.transact('readwrite', async (transaction) => {
    const projects = transaction.objectStore('projects');
    if ((await projects.getKey(id)) !== undefined)
      refuse(
        'internal',
        'There is already a project under this identity; the file was not opened. Please try again.',
      );
    await projects.add(raw, id);
    for (const [name, part] of parts) await transaction.objectStore('parts').put(part, [id, name]);
  });
  if (opened !== null) keys.set(id, opened);
  return read.record;
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
