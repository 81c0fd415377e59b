/**
 * The only inhabitant of a network namespace beside the browser: makes its interfaces, then answers names, keeps sinks
 * and servers and writes down every packet. Takes orders from the parent over Node's own channel, which is no network.
 * Usage (inside `unshare -n -m`): host.mjs PCAP_FILE.
 */
import { dirname } from 'node:path';
import { serve } from '../../../../src/headless/serve.mjs';
import { startCapture } from './capture.mjs';
import { openDns } from './dns.mjs';
import { makeInterfaces } from './interfaces.mjs';
import { openSink } from './sinks.mjs';

const packetFile = process.argv[2] ?? '';
/** @type {string[]} */
const names = [];
/** @type {Map<string, { port: number, arrivals: import('./sinks.mjs').Arrivals }>} */
const sinks = new Map();
/** @type {Map<number, { close: () => Promise<void>, requests: import('./orders').OwnRequest[] }>} */
const servers = new Map();
/** @type {(() => Promise<{ nBytes: number, nDropped: number }>) | null} */
let capture = null;

/** @type {import('./orders').Orders} */
const orders = {
  async start(isolated) {
    if (!isolated) return;
    makeInterfaces(dirname(packetFile));
    capture = await startCapture(packetFile);
    await openDns((name) => names.push(name));
  },
  async serve(options) {
    /** @type {import('./orders').OwnRequest[]} */
    const requests = [];
    const server = await serve({
      ...options,
      onRequest: ({ method, url, headers }) =>
        requests.push({ line: `${method ?? ''} ${url ?? ''}`, cookie: headers.cookie ?? null }),
    });
    servers.set(server.port, { close: server.close, requests });
    return { url: server.url, port: server.port };
  },
  async stopServer(port) {
    await servers.get(port)?.close();
  },
  async openSinks(wanted) {
    for (const name of wanted) sinks.set(name, await openSink());
    return Object.fromEntries([...sinks].map(([name, { port }]) => [name, port]));
  },
  async look() {
    const { nBytes, nDropped } = (await capture?.()) ?? { nBytes: 0, nDropped: 0 };
    return {
      names: [...names],
      sinks: Object.fromEntries([...sinks].map(([name, { arrivals }]) => [name, { ...arrivals }])),
      requests: Object.fromEntries([...servers].map(([port, { requests }]) => [port, [...requests]])),
      nBytes,
      nDropped,
    };
  },
};

process.on('message', (/** @type {import('./orders').Order} */ { id, name, parameter }) => {
  const run = /** @type {(parameter: unknown) => Promise<unknown>} */ (orders[name]);
  run(parameter).then(
    (value) => process.send?.({ id, value }),
    (error) => process.send?.({ id, error: String(error) }),
  );
});
process.on('disconnect', () => process.exit(0));
