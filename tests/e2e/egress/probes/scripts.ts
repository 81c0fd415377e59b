import { quiet, toOwnServer, type Probe } from './probe';

/** Programmed requests that every kind of script environment has. */
const requests = {
  fetch: `await fetch(url, { mode: 'no-cors' })`,
  'fetch with a body': `await fetch(url, { mode: 'no-cors', method: 'POST', body: canary, keepalive: true })`,
  websocket: `new WebSocket('ws://' + host + '/?q=' + canary)`,
  'websocket stream': `await new WebSocketStream('ws://' + host + '/?q=' + canary).opened`,
  'event source': `new EventSource(url)`,
  webtransport: `await new WebTransport('https://' + host + '/').ready`,
  'cache add': `await (await caches.open('probe')).add(new Request(url, { mode: 'no-cors' }))`,
};

const beyondServiceWorkers = {
  xhr: `const x = new XMLHttpRequest(); k.call(x, 'open', 'GET', url); k.call(x, 'send')`,
  import: `await import(url)`,
  'font face': `await k.call(new FontFace('probe', 'url(' + url + ')'), 'load')`,
};

const imports = { 'import scripts': `importScripts(k.script(url))` };

/** Workers that a page or a worker may start, each of which then asks for the sink. */
const workers = {
  'worker from the own server': `new Worker(k.script(own('probe-worker.js'))).postMessage("fetch('" + url + "', { mode: 'no-cors' })")`,
  'worker from a blob': `new Worker(k.script(k.blob("fetch('" + url + "', { mode: 'no-cors' })")))`,
  'worker from a blob that imports': `new Worker(k.script(k.blob("importScripts('" + url + "')")))`,
  'worker from a blob with a worker from the own server': `new Worker(k.script(k.blob("new Worker('" + own('probe-worker.js') + "').postMessage(\\"fetch('" + url + "', { mode: 'no-cors' })\\")")))`,
};

const early = `(kept?.earlyWorker ?? new Worker(k.script(k.blob("onmessage = ({ data }) => fetch(data, { mode: 'no-cors' })"))))`;
const earlyFrame = `(kept?.earlyFrame ?? k.make('iframe', {}))`;

const pageOnly = {
  'worker from before the lock': `${early}.postMessage(url)`,
  'frame from before the lock': `await ${earlyFrame}.contentWindow.fetch(url, { mode: 'no-cors' })`,
  beacon: `k.call(navigator, 'sendBeacon', url, canary)`,
  'worker from data': `new Worker(k.script("data:text/javascript,fetch('" + url + "', { mode: 'no-cors' })"))`,
  'shared worker from the own server': `const w = new SharedWorker(k.script(own('probe-worker.js?shared=' + port))); w.port.postMessage("fetch('" + url + "', { mode: 'no-cors' })")`,
  'shared worker from a blob': `new SharedWorker(k.script(k.blob("fetch('" + url + "', { mode: 'no-cors' })")))`,
  'audio worklet': `await k.call(new AudioContext().audioWorklet, 'addModule', k.script(url))`,
  'paint worklet': `await k.call(CSS.paintWorklet, 'addModule', k.script(url))`,
  'fetch later': `fetchLater(url, { activateAfter: 0 })`,
  'payment manifest': `await new PaymentRequest([{ supportedMethods: url }], { total: { label: 'x', amount: { currency: 'EUR', value: '1' } } }).canMakePayment()`,
  'federated log-in': `await k.call(navigator.credentials, 'get', { identity: { providers: [{ configURL: url, clientId: 'x' }] } })`,
};

const toOwn = toOwnServer(
  quiet({
    'own address by a worker from before the lock': `${early}.postMessage(url)`,
    'own address by a frame from before the lock': `await ${earlyFrame}.contentWindow.fetch(url)`,
  }),
);

export const pageScripts: readonly Probe[] = [
  ...quiet({ ...requests, ...beyondServiceWorkers, ...workers, ...pageOnly }),
  ...toOwn,
];
export const workerScripts: readonly Probe[] = quiet({
  ...requests,
  ...beyondServiceWorkers,
  ...imports,
  ...workers,
});
export const nestedScripts: readonly Probe[] = quiet({ ...requests, ...beyondServiceWorkers, ...imports });
export const serviceWorkerScripts: readonly Probe[] = quiet({
  ...requests,
  'lead a page away': `const [page] = await clients.matchAll(); await page.navigate(url)`,
  'open a window': `await clients.openWindow(url)`,
  'picture of a notification': `await registration.showNotification('x', { icon: url })`,
  'background fetch': `await registration.backgroundFetch.fetch('x', url)`,
});
