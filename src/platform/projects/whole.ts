import { refuse } from '../../data/failure';
import type { Connection } from './database';
import { partsOf } from './operations';
import type { StoredPart } from './parts';
import { isObject } from './shape';
import type { PartName } from './types';

/** Everything that is stored of a project, as it is stored. */
export interface StoredProject {
  /** Undefined where there is none. */
  readonly raw: unknown;
  readonly parts: ReadonlyMap<PartName, StoredPart>;
}

/** Record and parts as they were at one moment. */
export function readWhole(connection: Connection, id: string): Promise<StoredProject> {
  return connection.transact('readonly', async (transaction) => {
    const store = transaction.objectStore('parts');
    const [keys, values] = await Promise.all([store.getAllKeys(partsOf(id)), store.getAll(partsOf(id))]);
    const named = keys.flatMap(([, name], index): [PartName, StoredPart][] => {
      const part = values[index];
      return part === undefined ? [] : [[name as PartName, part]];
    });
    return { raw: await transaction.objectStore('projects').get(id), parts: new Map(named) };
  });
}

/**
 * Puts another form of a project in place of `before`, record and parts in one transaction: a page that dies leaves one
 * or the other, whole. Throws `project-locked` when something was written since `before` was read.
 */
export function replaceWhole(
  connection: Connection,
  id: string,
  before: StoredProject,
  after: StoredProject,
): Promise<void> {
  return connection.transact('readwrite', async (transaction) => {
    const projects = transaction.objectStore('projects');
    const store = transaction.objectStore('parts');
    const names = (await store.getAllKeys(partsOf(id))).map(([, name]) => name);
    const isSame = timeOf(await projects.get(id)) === timeOf(before.raw);
    if (!isSame || names.join() !== [...before.parts.keys()].join()) refuse('project-locked', CHANGED);
    for (const [name, part] of after.parts) await store.put(part, [id, name]);
    await projects.put(after.raw, id);
  });
}

/** When a stored record was last changed; undefined for what does not say. */
function timeOf(raw: unknown): unknown {
  return isObject(raw) ? raw['updatedAt'] : undefined;
}

const CHANGED =
  'The project was changed while its protection was being changed, so everything was left as it is. Try again.';
