import { deleteDB } from 'idb';
import { cachePrefix } from '../lock/route';
import { databaseName, isScopedName } from './names';
import { listFolder, removeFolder } from './opfs';

export type KeptKind =
  'database' | 'output folder' | 'output file' | 'setting' | 'program cache' | 'service worker';

/** Something of ours in this browser. */
export interface KeptThing {
  readonly kind: KeptKind;
  readonly name: string;
}

/** What was there, and what a second look found. */
export interface EraseReport {
  readonly found: readonly KeptThing[];
  readonly left: readonly KeptThing[];
}

/** The lock takes it from the page, so that nobody removes the service worker unasked. */
const unregister = (globalThis as Partial<typeof globalThis>).ServiceWorkerRegistration?.prototype.unregister;

/**
 * Removes everything this app keeps under that scope: databases, files of the origin's private file system,
 * localStorage and sessionStorage keys, the program itself in its cache, and its service worker. The page that is open
 * goes on as it is.
 */
export async function eraseScope(scope: string): Promise<EraseReport> {
  const found = await listKept(scope);
  for (const name of await listDatabases(scope)) await eraseDatabase(name);
  await removeFolder(scope);
  for (const area of listAreas()) for (const key of listKeys(area, scope)) area.removeItem(key);
  for (const registration of await listRegistrations(scope))
    await unregister?.call(registration).catch(() => false);
  for (const name of await listCaches(scope)) await caches.delete(name).catch(() => false);
  return { found, left: await listKept(scope) };
}

/** Everything of ours in this browser under that scope. */
export async function listKept(scope: string): Promise<readonly KeptThing[]> {
  const files = await listFolder(scope);
  const names: readonly (readonly [KeptKind, readonly string[]])[] = [
    ['database', await listDatabases(scope)],
    ['output folder', files === null ? [] : [scope]],
    ['output file', files ?? []],
    ['setting', listAreas().flatMap((area) => listKeys(area, scope))],
    ['program cache', await listCaches(scope)],
    ['service worker', (await listRegistrations(scope)).map((registration) => registration.scope)],
  ];
  return names.flatMap(([kind, all]) => all.map((name) => ({ kind, name })));
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

/** Empty where the browser keeps no caches for this page. */
async function listCaches(scope: string): Promise<readonly string[]> {
  const { caches: storage } = globalThis as Partial<typeof globalThis>;
  const names = (await storage?.keys().catch(() => [])) ?? [];
  return names.filter((name) => name.startsWith(cachePrefix(addressOf(scope))));
}

async function listRegistrations(scope: string): Promise<readonly ServiceWorkerRegistration[]> {
  const { serviceWorker } = navigator as Partial<Navigator>;
  const all = (await serviceWorker?.getRegistrations().catch(() => [])) ?? [];
  return all.filter((registration) => registration.scope === addressOf(scope));
}

function addressOf(scope: string): string {
  return new URL(scope, location.href).href;
}
