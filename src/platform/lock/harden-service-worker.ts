import { removeGlobals, removeMembers, type Members } from './harden-remove';

/** What asks a server by a global name; `importScripts` would be refused after the install anyway. */
const removedGlobals = [
  'fetch',
  'importScripts',
  'WebSocket',
  'WebSocketStream',
  'WebTransport',
  'EventSource',
  'FontFace',
  'cookieStore',
] as const;

/** What asks a server, leads a page to one or has the browser ask later. */
const removedMembers: Members = {
  Cache: ['add', 'addAll'],
  Clients: ['openWindow'],
  WindowClient: ['navigate'],
  ServiceWorkerRegistration: ['showNotification', 'unregister'],
  NavigationPreloadManager: ['enable', 'setHeaderValue'],
  BackgroundFetchManager: ['fetch'],
  SyncManager: ['register'],
  PeriodicSyncManager: ['register'],
  PushManager: ['subscribe'],
  CookieStoreManager: ['subscribe'],
};

/**
 * Takes the ways to a server out of the service worker, which no policy covers on a host that sends no headers. To be
 * called before anything else in it; a second line, since nothing but sw.js runs there.
 *
 * @returns the one `fetch` that is left, for the install
 */
export function hardenServiceWorker(): typeof fetch {
  const kept = fetch;
  removeMembers(removedMembers);
  removeGlobals(removedGlobals);
  return (input, init) => kept(input, init);
}
