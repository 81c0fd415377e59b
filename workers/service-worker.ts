/**
 * Answers the page from a fixed, hashed list and never from the network: the offline mode, and the headers a static
 * host may not be able to send. It takes one message, the consent to a new build, and no data.
 */
import type { BuiltFile, Precache } from '../src/platform/lock/build-list';
import { typeOfPath } from '../src/platform/lock/content-type';
import { hardenServiceWorker } from '../src/platform/lock/harden-service-worker';
import { cachePrefix, nameCache, routeRequest } from '../src/platform/lock/route';

declare const self: ServiceWorkerGlobalScope;
declare const __PRECACHE__: Precache;

/** Used by the install only. */
const askHost = hardenServiceWorker();
const precache = __PRECACHE__;
const scope = self.registration.scope;
const cacheName = nameCache(scope, precache.hash);
const sums = new Map(precache.files.map((file) => [file.path, file.sha256]));
const paths = new Set(sums.keys());

/** A static host may know the page as a folder only, or as a file only. */
function listAddresses(path: string): string[] {
  return path === 'index.html' ? ['./', path] : [path];
}

async function hashHex(bytes: ArrayBuffer): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function fetchBytes(address: string, sha256: string): Promise<ArrayBuffer | null> {
  try {
    const response = await askHost(new URL(address, scope), {
      credentials: 'omit',
      redirect: 'error',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
    });
    const bytes = await response.arrayBuffer();
    return response.ok && (await hashHex(bytes)) === sha256 ? bytes : null;
  } catch {
    return null;
  }
}

async function storeFile(cache: Cache, file: BuiltFile): Promise<void> {
  for (const address of listAddresses(file.path)) {
    const bytes = await fetchBytes(address, file.sha256);
    if (bytes === null) continue;
    return cache.put(new URL(file.path, scope), new Response(bytes));
  }
  throw new Error(`${file.path} is not the file of build ${precache.hash}`);
}

async function install(): Promise<void> {
  const cache = await caches.open(cacheName);
  try {
    await Promise.all(precache.files.map((file) => storeFile(cache, file)));
  } catch (error) {
    await caches.delete(cacheName);
    throw error;
  }
}

async function removeOldCaches(): Promise<void> {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(cachePrefix(scope)) && name !== cacheName);
  await Promise.all(old.map((name) => caches.delete(name)));
}

const noSuchFile = 'Understudy has no such file and asks no server for it.\n';
const changedFile =
  'The copy of Understudy that this browser keeps was changed or is gone. Remove the data of this site in the settings of the browser, then load the page again.\n';

/** A made-up 404 and never an error: Firefox stops controlling a page whose navigation failed. */
function refuse(text: string): Response {
  const headers = { ...precache.headers, 'Content-Type': 'text/plain; charset=utf-8' };
  return new Response(text, { status: 404, headers });
}

/**
 * The stored bytes of a file with the headers of this script. Any script of this origin can write to the cache, a page
 * without policies into the place of ours for instance: what is not the build's own is not answered.
 */
async function readStored(path: string): Promise<Response> {
  const cache = await caches.open(cacheName);
  const stored = await cache.match(new URL(path, scope).href);
  const bytes = await stored?.arrayBuffer();
  if (bytes === undefined || (await hashHex(bytes)) !== sums.get(path)) return refuse(changedFile);
  return new Response(bytes, { headers: { ...precache.headers, 'Content-Type': typeOfPath(path) } });
}

async function answer(request: Request): Promise<Response> {
  if (request.method !== 'GET') return refuse(noSuchFile);
  const path = routeRequest(request.url, scope, paths);
  return path === null ? refuse(noSuchFile) : readStored(path);
}

self.addEventListener('install', (event) => event.waitUntil(install()));
self.addEventListener('activate', (event) => event.waitUntil(removeOldCaches()));
self.addEventListener('fetch', (event) => event.respondWith(answer(event.request)));
self.addEventListener('message', (event) => {
  if (event.data === 'skip-waiting') event.waitUntil(self.skipWaiting());
});
