import type { Ground } from './operations';
import { removeLeftovers } from './outputs';
import { isObject } from './shape';
import { PROJECT_VERSION, type RunStatus } from './types';

/** What was removed. */
export interface Swept {
  readonly nParts: number;
  readonly nOutputs: number;
}

/**
 * Removes what pages that died have left. A record and its parts are written together, so a part that no record speaks
 * of is of no use to anyone; it can come from an older version of the program or from a run that was thrown away.
 * Projects that a tab holds, and those that this version cannot read, keep everything.
 */
export async function sweepStorage({ scope, connection, claims }: Ground): Promise<Swept> {
  const held = new Set(await claims.listHeld());
  const nParts = await connection.transact('readwrite', async (transaction) => {
    const projects = transaction.objectStore('projects');
    const parts = transaction.objectStore('parts');
    let nRemoved = 0;
    for (const [id, name] of await parts.getAllKeys()) {
      if (held.has(id) || isNeeded(await projects.get(id), name)) continue;
      await parts.delete([id, name]);
      nRemoved++;
    }
    return nRemoved;
  });
  return { nParts, nOutputs: await removeLeftovers(scope) };
}

/** Whether a stored record (undefined = none) speaks of a part. One that cannot be understood needs all of them. */
export function isNeeded(raw: unknown, part: string): boolean {
  if (raw === undefined) return false;
  if (!isObject(raw) || raw['version'] !== PROJECT_VERSION) return true;
  const { source, runs } = raw;
  if (part === 'source') return source !== null;
  if (!Array.isArray(runs)) return true;
  const [kind, id] = part.split('/');
  const run: unknown = runs.find((one: unknown) => isObject(one) && one['id'] === id);
  if (run === undefined) return false;
  if (!isObject(run)) return true;
  if (kind === 'checkpoint') return RESUMABLE.includes(run['status'] as RunStatus);
  return true;
}

/** Runs that may still go on. */
const RESUMABLE: readonly RunStatus[] = ['training', 'paused', 'interrupted'];
