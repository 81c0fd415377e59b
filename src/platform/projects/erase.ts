import { deleteDB } from 'idb';
import { databaseName, isScopedName } from './names';
import { listFolder, removeFolder } from './opfs';

/**
 * Removes everything this app keeps under that scope: databases, files of the origin's private file system,
 * localStorage and sessionStorage keys. Not the service worker's cache: it holds the program, never records.
 * Answers what is still there afterwards, by listing again.
 */
export async function eraseScope(scope: string): Promise<readonly string[]> {
  for (const name of await listDatabases(scope)) await eraseDatabase(name);
  await removeFolder(scope);
  for (const area of listAreas()) for (const key of listKeys(area, scope)) area.removeItem(key);
  return listLeft(scope);
}

/** Everything of ours in this browser under that scope, one line each. */
export async function listLeft(scope: string): Promise<readonly string[]> {
  const files = await listFolder(scope);
  return [
    ...(await listDatabases(scope)).map((name) => `database ${name}`),
    ...(files === null ? [] : ['output folder', ...files.map((name) => `output file ${name}`)]),
    ...listAreas().flatMap((area) => listKeys(area, scope).map((key) => `setting ${key}`)),
  ];
}

async function listDatabases(scope: string): Promise<readonly string[]> {
  if (typeof (indexedDB as Partial<IDBFactory>).databases !== 'function') return [databaseName(scope)];
  const all = await indexedDB.databases();
  return all.flatMap(({ name }) => (name !== undefined && isScopedName(scope, name) ? [name] : []));
}

/** How long a tab may take to let go of the database before we go on and report it as left. */
const GRACE_MS = 5000;

/** Connections of other tabs close when asked; one that stays open belongs to a tab that hangs. */
function eraseDatabase(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    deleteDB(name, { blocked: () => void setTimeout(resolve, GRACE_MS) }).then(resolve, reject);
  });
}

function listAreas(): readonly Storage[] {
  return [localStorage, sessionStorage];
}

function listKeys(area: Storage, scope: string): readonly string[] {
  return Object.keys(area).filter((key) => isScopedName(scope, key));
}
